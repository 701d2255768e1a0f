package trial

import (
	"context"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// server is a Redis in this process. It speaks what this program asks of one
// (scripts, streams, channels, WAIT, RESP2) on a port of this computer alone.
type server struct{ *miniredis.Miniredis }

// serve starts it on a free port of the loopback interface.
func serve(password string) (*server, error) {
	m := miniredis.NewMiniRedis()
	m.RequireAuth(password)
	if err := m.StartAddr("127.0.0.1:0"); err != nil {
		return nil, err
	}
	return &server{m}, nil
}

// tick is how finely keys of the server expire: by themselves they do not.
const tick = 100 * time.Millisecond

// run lets keys expire until ctx ends.
func (s *server) run(ctx context.Context) {
	t := time.NewTicker(tick)
	defer t.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			now := time.Now()
			s.FastForward(now.Sub(last))
			last = now
		}
	}
}
