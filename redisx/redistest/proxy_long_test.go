package redistest_test

import (
	"net"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx/redistest"
)

// In a long silence clients come and go, and the proxy does not see them go: it
// holds no more than the newest, and those go on when the silence ends.
//
// Seen red with every connection held: 18 stations that were cut off for 10 minutes
// used up the program's files, and no proxy of it took another connection.
func TestALongSilenceHoldsNoOldConnections(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	p.Blackhole(true)
	var all []net.Conn
	for range 300 {
		c, err := net.Dial("tcp", p.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := c.Write([]byte("PING\r\n")); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	first, last := all[0], all[len(all)-1]
	_ = first.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := first.Read(make([]byte, 10)); err == nil || isTimeout(err) {
		t.Errorf("the oldest connection is still held: %v", err)
	}
	p.Blackhole(false)
	_ = last.SetReadDeadline(time.Now().Add(10 * time.Second))
	answer := make([]byte, 10)
	if n, err := last.Read(answer); err != nil || string(answer[:n]) != "+PONG\r\n" {
		t.Errorf("the newest: %q %v", answer[:n], err)
	}
}

func isTimeout(err error) bool {
	e, is := err.(net.Error)
	return is && e.Timeout()
}
