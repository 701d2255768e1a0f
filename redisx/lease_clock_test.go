package redisx

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx/redistest"
)

// skewed is a clock whose wall time can be moved, as a sleep moves it: the
// monotonic clock of Linux stands still meanwhile.
type skewed struct {
	mu   sync.Mutex
	wall time.Duration
}

func (s *skewed) now() instant {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := readClock()
	t.wall = t.wall.Add(s.wall)
	return t
}

func (s *skewed) jump(d time.Duration) { s.mu.Lock(); s.wall += d; s.mu.Unlock() }

func sleepFixture(t *testing.T) (*redistest.TestServer, *skewed, *Lease) {
	t.Helper()
	s := redistest.Start(t, redistest.Options{})
	c, err := Open(Config{Addrs: []string{s.Addr()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	locks := NewLocks(c, LockOptions{TTL: 20 * time.Second})
	clock := &skewed{}
	locks.clock = clock.now
	locks.hearing = true // and no link: its first connection would confirm the lease, too
	lease, err := locks.Acquire(t.Context(), "p1", "notes", Holder{Session: "s1"})
	if err != nil {
		t.Fatal(err)
	}
	return s, clock, lease
}

// A computer that slept past its lease finds it lost, before it asks anybody.
// Red with instant.since looking at the monotonic clock alone.
func TestSleepPastTheLeaseLosesIt(t *testing.T) {
	t.Parallel()
	s, clock, lease := sleepFixture(t)
	s.Freeze()
	defer s.Thaw()
	clock.jump(8 * time.Hour)
	if err := lease.Err(); !errors.Is(err, ErrLost) {
		t.Errorf("right after waking: %v, want lost", err)
	}
	select {
	case <-lease.Done():
	case <-time.After(time.Second):
		t.Error("Done is open")
	}
}

// Done closes by itself, without anybody calling Err, when the server cannot
// confirm the lease after the sleep.
func TestSleepClosesDone(t *testing.T) {
	t.Parallel()
	s, clock, lease := sleepFixture(t)
	s.Freeze()
	defer s.Thaw()
	clock.jump(time.Hour)
	select {
	case <-lease.Done():
	case <-time.After(2 * time.Second):
		t.Error("Done is open")
	}
}

// A short sleep asks the server at once instead of guessing. Red with the drift
// check in keep removed: the next renewal is 6 s away.
func TestShortSleepConfirmsAtOnce(t *testing.T) {
	t.Parallel()
	for name, taken := range map[string]bool{"still held": false, "gone": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, clock, lease := sleepFixture(t)
			c := lease.locks.c
			if taken {
				c.coord.Del(t.Context(), c.keys.lock("p1", "notes"))
			}
			lease.mu.Lock()
			before := lease.confirmed
			lease.mu.Unlock()
			clock.jump(5 * time.Second)
			deadline := time.Now().Add(3 * time.Second)
			for {
				lease.mu.Lock()
				now, err := lease.confirmed, lease.err
				lease.mu.Unlock()
				if taken && errors.Is(err, ErrLost) || !taken && now != before && err == nil {
					return
				}
				if time.Now().After(deadline) {
					t.Fatalf("not asked: %v", err)
				}
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
}

// A wall clock set back must not make a lease look younger. Red with since
// taking the wall clock alone.
func TestWallClockSetBackChangesNothing(t *testing.T) {
	t.Parallel()
	s, clock, lease := sleepFixture(t)
	s.Freeze()
	defer s.Thaw()
	clock.jump(-24 * time.Hour)
	lease.mu.Lock()
	lease.confirmed.mono -= 19 * time.Second // as if confirmed 19 s ago
	lease.mu.Unlock()
	if err := lease.Err(); !errors.Is(err, ErrLost) {
		t.Errorf("%v, want lost", err)
	}
}
