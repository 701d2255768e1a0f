package station_test

import (
	"context"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/redisx"
)

// shadowed is a station's way to a record of which the rows cannot be read, while what
// changed is told as ever.
type shadowed struct {
	*records.Store
	unreadable atomic.Bool
}

func (s *shadowed) Readable(ctx context.Context) error {
	if s.unreadable.Load() {
		return records.ErrAway
	}
	return s.Store.Readable(ctx)
}

// A record that cannot be read is seen on each station, although its changes are told
// and Redis holds a copy of every patient; and it is seen when it can be read again.
func TestStatesRecordThatCannotBeReadIsSeen(t *testing.T) {
	if noticed := live.ReadsEvery + live.ReadsWithin; noticed > 5*time.Second {
		t.Errorf("noticed after %v", noticed)
	}
	h := build(t)
	path := &shadowed{Store: h.store()}
	one := h.connect("WS-1", redisx.Config{Addrs: []string{h.redis.Addr()}}, path, shows, nil)
	two := h.open("WS-2")
	well := func(p live.Picture) bool { return !p.Links.NoRecord() && len(p.Board.Rows) == 2 }
	unread := func(p live.Picture) bool { return p.Links.Unreadable && !p.Links.RecordAway && len(p.Board.Rows) == 2 }
	one.until(t, "all is well", well)
	two.until(t, "all is well", well)

	path.unreadable.Store(true)
	one.until(t, "it cannot be read", unread)
	if p := two.picture.Load(); p.Links.NoRecord() {
		t.Error("the other station's way is not touched")
	}
	path.unreadable.Store(false)
	one.until(t, "it is read again", well)

	moved := h.path + ".away"
	must(t, os.Rename(h.path, moved))
	one.until(t, "its file is gone", func(p live.Picture) bool { return p.Links.Unreadable })
	two.until(t, "its file is gone", func(p live.Picture) bool { return p.Links.Unreadable })
	must(t, os.Rename(moved, h.path))
	one.until(t, "its file is back", well)
	two.until(t, "its file is back", well)
}
