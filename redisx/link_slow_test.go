package redisx_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// A slow wire is no dead one: with 300 ms on each piece in each direction, and at
// 64 kbit/s under a storm that takes it seconds to carry, a link at the default
// settings stays up, and tells every event; at 64 kbit/s it can be made anew.
//
// Seen red with allowedProbes at 0 (delay: lost) and with messages of others not
// counted as life (64 kbit/s: lost).
func TestSlowLinkIsKept(t *testing.T) {
	t.Parallel()
	for name, slow := range map[string]func(p *redistest.Proxy){
		"300 ms":    func(p *redistest.Proxy) { p.Delay(300 * time.Millisecond) },
		"64 kbit/s": func(p *redistest.Proxy) { p.Throttle(8000) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.Start(t, redistest.Options{})
			proxy := redistest.NewProxy(t, s.Addr())
			l := follow(t, redisx.NewFeed(open(t, proxy.Addr()), "icu", redisx.FeedOptions{}), redisx.FromNow)
			within(t, 5*time.Second, "link", l.isUp)
			slow(proxy)
			began := time.Now()
			feed := redisx.NewFeed(open(t, s.Addr()), "icu", redisx.FeedOptions{})
			const events = 60
			for n := range events {
				if _, err := feed.Append(t.Context(), fmt.Sprint("e", n),
					[]byte(strings.Repeat("x", 700))); err != nil {
					t.Fatal(err)
				}
			}
			within(t, 15*time.Second, "all events", func() bool { return len(l.ids()) == events })
			t.Logf("the storm was there after %v", time.Since(began).Round(10*time.Millisecond))
			pause(t.Context(), scaled(3*time.Second, 60*time.Second)) // idle again, for as long as it is watched
			if _, err := feed.Append(t.Context(), "last", nil); err != nil {
				t.Fatal(err)
			}
			within(t, 5*time.Second, "the last event", func() bool { return len(l.ids()) == events+1 })
			l.mu.Lock()
			downs := l.downs
			l.mu.Unlock()
			if downs != 0 {
				t.Errorf("the link was given up %d times", downs)
			}
			if name == "300 ms" {
				// A call of 1 s has no time for a connection to be made over a round trip
				// of 600 ms or more: such a link is kept, and made anew when it is better.
				return
			}
			proxy.Cut()
			within(t, 5*time.Second, "the cut is noticed",
				func() bool { l.mu.Lock(); defer l.mu.Unlock(); return l.downs > 0 })
			within(t, 15*time.Second, "the link again", l.isUp)
		})
	}
}
