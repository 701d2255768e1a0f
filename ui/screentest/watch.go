package screentest

import (
	"runtime"
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/dispatch"
)

// Watch wraps what hands functions to the window's goroutine, and fails the test
// if one of them holds it for longer than [dispatch.HeldMost]. What the machine took is not
// counted: how long the thread stood in line for a processor, and three times as long as a
// goroutine beside it was kept from waking.
func Watch(t testing.TB, do func(func())) func(func()) {
	return watch(func(held, late time.Duration) {
		t.Errorf("the window's goroutine was held for %v; the machine's own part was %v", held.Round(time.Millisecond),
			late.Round(time.Millisecond))
	}, do)
}

func watch(fail func(held, late time.Duration), do func(func())) func(func()) {
	return func(f func()) {
		do(func() {
			end, lateness := make(chan struct{}), make(chan time.Duration, 1)
			go control(end, lateness)
			runtime.LockOSThread()
			began, lined := time.Now(), inLine()
			f()
			held := time.Since(began)
			lined = inLine() - lined
			runtime.UnlockOSThread()
			close(end)
			if late := <-lateness; held-lined > dispatch.HeldMost*slower+3*late {
				fail(held, late+lined)
			}
		})
	}
}

// control sleeps until end, and says by how much it woke too late in all.
func control(end <-chan struct{}, lateness chan<- time.Duration) {
	const nap, most = 10 * time.Millisecond, 20 * time.Millisecond // a little late is always
	tick := time.NewTimer(nap)
	defer tick.Stop()
	var late time.Duration
	for began := time.Now(); ; began = time.Now() {
		select {
		case <-end:
			lateness <- late
			return
		case <-tick.C:
			if d := time.Since(began) - nap; d > most {
				late += d
			}
			tick.Reset(nap)
		}
	}
}
