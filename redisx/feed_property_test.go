package redisx_test

import (
	"flag"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// Seeds are printed; no files are left in the tree.
func init() { _ = flag.Set("rapid.nofailfile", "true") }

// Whatever happens to a follower, in whatever order, it is handed every event
// that is in the log once and in order; and it reports a gap only when the log
// lost something. Red with the comparison of prev removed from live, and with
// the replay removed from catchUp: events never come.
func TestFeedOrderAndNoLoss(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	proxy := redistest.NewProxy(t, s.Addr())
	raw := admin(t, s.Addr())
	near, far := open(t, s.Addr()), open(t, proxy.Addr())
	var feeds atomic.Int64
	rapid.Check(t, func(r *rapid.T) {
		name := fmt.Sprint("f", feeds.Add(1))
		key := "t:f:{" + name + "}"
		f := redisx.NewFeed(near, name, quick)
		follower := redisx.NewFeed(far, name, quick)
		var want []string
		n := 0
		add := func(some int) {
			for range some {
				n++
				want = append(want, fmt.Sprint("e", n))
				if _, err := f.Append(t.Context(), want[len(want)-1], nil); err != nil {
					r.Fatal(err)
				}
			}
		}
		add(rapid.IntRange(0, 3).Draw(r, "before"))
		l := follow(t, follower, redisx.FromStart)
		defer l.stop()
		trimmed := false
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			switch rapid.SampledFrom([]string{"append", "append", "again", "silent", "kill", "cut", "trim",
				"restart"}).Draw(r, "step") {
			case "append":
				add(rapid.IntRange(1, 20).Draw(r, "events"))
			case "again": // a publisher that did not hear the reply
				if len(want) > 0 {
					id := rapid.SampledFrom(want).Draw(r, "id")
					if _, err := f.Append(t.Context(), id, nil); err != nil {
						r.Fatal(err)
					}
				}
			case "silent": // its message got lost on the way
				n++
				want = append(want, fmt.Sprint("e", n))
				pos := raw.Do(t.Context(), "XADD", key, "*", "id", want[len(want)-1], "p", "").Val()
				raw.Set(t.Context(), "t:fd:{"+name+"}:"+want[len(want)-1], pos, time.Hour)
			case "kill":
				raw.ClientKillByFilter(t.Context(), "TYPE", "pubsub")
			case "cut":
				proxy.Cut()
			case "trim": // what everybody has
				within(t, 10*time.Second, "all events so far", func() bool { return len(l.ids()) == len(want) })
				raw.XTrimMaxLen(t.Context(), key, int64(rapid.IntRange(0, 5).Draw(r, "left")))
				trimmed = true
			case "restart": // of the follower, where it stood
				if len(l.ids()) == 0 {
					continue
				}
				l.stop()
				before := l
				l = follow(t, follower, before.events[len(before.events)-1].Position)
				defer l.stop()
				l.mu.Lock()
				l.events = append(before.events, l.events...)
				l.mu.Unlock()
			}
		}
		within(t, 10*time.Second, "all events", func() bool { return len(l.ids()) >= len(want) && l.isUp() })
		if got := l.ids(); !slices.Equal(got, want) {
			r.Fatalf("%v\nwant %v", got, want)
		}
		if !trimmed && l.gapCount() > 0 {
			r.Fatalf("gaps %v", l.gaps)
		}
	})
}

// The order of positions is the order of both numbers, and reading is exact.
func TestPositionOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		number := rapid.Uint64Range(0, 1<<63)
		a, b := [2]uint64{number.Draw(r, "ms"), number.Draw(r, "seq")},
			[2]uint64{number.Draw(r, "ms"), number.Draw(r, "seq")}
		at := func(p [2]uint64) redisx.Position { return redisx.Position(fmt.Sprintf("%d-%d", p[0], p[1])) }
		want := slices.Compare(a[:], b[:])
		if got := at(a).Compare(at(b)); got != want || at(b).Compare(at(a)) != -want {
			r.Fatalf("%v %v: %d", a, b, got)
		}
	})
}
