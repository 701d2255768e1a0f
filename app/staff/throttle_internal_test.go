package staff

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// quarter is the time in which attacks are counted.
const quarter = 15 * time.Minute

// A quarter of an hour of guessing, of the length of a second: every wait is a
// thousandth. The account is looked at ten times at most, however many stations
// ask at once; the right password goes through at once at the station that knows the
// person, also when that station itself is made to wait for others' IDs. Red with
// the waits of before (first 1 s: 12 looks), and with known persons counted with
// all: the right password waits.
func TestAttackIsSlowAndLocksNobodyOut(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, redistest.Options{})
	const faster = 1000
	fast := redisx.ThrottleOptions{Free: guess.Free, First: guess.First / faster, Max: guess.Max / faster}
	throttle := func(station string) *SharedThrottle {
		c, err := redisx.Open(redisx.Config{Addrs: []string{server.Addr()}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		s := NewSharedThrottle(c, station)
		s.people, s.here = redisx.NewThrottle(c, "sign-in", fast), redisx.NewThrottle(c, "sign-in-here", fast)
		return s
	}
	home := throttle("ws-home")
	if err := home.Clear(t.Context(), "chen"); err != nil { // she has signed in there
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), quarter/faster)
	defer cancel()
	var looks, asked atomic.Int64
	var group sync.WaitGroup
	for _, name := range []string{"ws-1", "ws-2", "ws-3", "ws-4"} {
		s := throttle(name)
		group.Go(func() {
			for ctx.Err() == nil {
				wait, err := s.Try(context.WithoutCancel(ctx), "chen")
				asked.Add(1)
				if err == nil && wait == 0 {
					looks.Add(1)
				}
			}
		})
	}
	group.Go(func() { // at her own station, with other people's IDs
		for i := 0; ctx.Err() == nil; i++ {
			_, _ = home.Try(context.WithoutCancel(ctx), string(rune('a'+i%26)))
		}
	})
	for ctx.Err() == nil {
		if wait, err := home.Try(t.Context(), "chen"); err != nil || wait != 0 {
			t.Errorf("the right person at her own station waits %v %v", wait, err)
			break
		}
		_ = home.Clear(t.Context(), "chen")
		time.Sleep(20 * time.Millisecond)
	}
	group.Wait()
	t.Logf("%d tries, %d looks at the password", asked.Load(), looks.Load())
	if n := looks.Load(); n > 10 || n < 5 {
		t.Errorf("%d looks in a quarter of an hour, at most 10", n)
	}
}

func TestLocalAttackIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l LocalThrottle
		looks := 0
		for end := time.Now().Add(quarter); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			if wait, _ := l.Try(t.Context(), "chen"); wait == 0 {
				looks++
			}
		}
		if looks > 10 {
			t.Errorf("%d looks in a quarter of an hour, at most 10", looks)
		}
	})
}
