package staff_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/redisx"
)

func TestLocalSessionLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l staff.LocalSessions
		token, _, _ := l.Create(t.Context(), "chen", staff.Value{})
		for range 47 { // 11 h 45 min of work
			time.Sleep(staff.IdleLimit - time.Second)
			if _, err := l.Check(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(staff.IdleLimit + time.Minute)
		if _, err := l.Peek(t.Context(), token); !errors.Is(err, redisx.ErrNoSession) {
			t.Errorf("past the limits: %v", err)
		}
		idle, _, _ := l.Create(t.Context(), "chen", staff.Value{})
		time.Sleep(staff.IdleLimit / 2)
		_, _ = l.Peek(t.Context(), idle) // looking is not working
		time.Sleep(staff.IdleLimit/2 + time.Second)
		if _, err := l.Check(t.Context(), idle); !errors.Is(err, redisx.ErrNoSession) {
			t.Errorf("idle: %v", err)
		}
	})
}

// Seen red with the wait left at nothing.
func TestLocalThrottleGrowsAndClears(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l staff.LocalThrottle
		var last time.Duration
		for i := range 20 {
			wait, _ := l.Try(t.Context(), "chen")
			if wait != 0 {
				t.Fatalf("try %d after the wait: %v", i+1, wait)
			}
			wait, _ = l.Try(t.Context(), "chen") // at the same moment
			if i >= 2 && (wait == 0 || wait < last || wait > 5*time.Minute) {
				t.Fatalf("failure %d: wait %v after %v", i+1, wait, last)
			}
			if i < 1 {
				continue // that one was free, too
			}
			last = wait
			time.Sleep(wait)
		}
		if other, _ := l.Try(t.Context(), "khan"); other != 0 {
			t.Error("another person waits")
		}
		_ = l.Clear(t.Context(), "chen")
		if wait, _ := l.Try(t.Context(), "chen"); wait != 0 {
			t.Error("waits after a success")
		}
	})
}
