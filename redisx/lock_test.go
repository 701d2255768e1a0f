package redisx_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// inboxes waits until so many stations hear their take-overs.
func inboxes(tb testing.TB, s *redistest.TestServer, n int) {
	tb.Helper()
	raw := admin(tb, s.Addr())
	within(tb, 5*time.Second, "the stations' links", func() bool {
		return len(raw.PubSubChannels(context.Background(), "t:li:*").Val()) == n
	})
}

// inLine waits until so many wait for the notes of a group.
func inLine(tb testing.TB, l *redisx.Locks, group string, n int) {
	tb.Helper()
	within(tb, 5*time.Second, "the line", func() bool {
		line, err := l.Line(context.Background(), group, "notes")
		return err == nil && len(line) == n
	})
}

// Red with the "held" branch of lock_acquire.lua removed: several holders at once.
func TestLockExcludes(t *testing.T) {
	t.Parallel()
	s, _ := fixture(t)
	const people, rounds = 16, 12
	clients := []*redisx.Client{open(t, s.Addr()), open(t, s.Addr())}
	locks := make([]*redisx.Locks, len(clients))
	for i, c := range clients {
		locks[i] = redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var inside atomic.Int32
	var last atomic.Uint64
	var wg sync.WaitGroup
	for p := range people {
		wg.Go(func() {
			for range rounds {
				lease, err := locks[p%2].Await(ctx, "p1", "notes", who(p))
				if err != nil {
					t.Errorf("await: %v", err)
					return
				}
				if n := inside.Add(1); n != 1 {
					t.Errorf("%d holders at once", n)
				}
				if before := last.Swap(lease.Fence()); before >= lease.Fence() {
					t.Errorf("fence %d after %d", lease.Fence(), before)
				}
				inside.Add(-1)
				if err := lease.Release(ctx); err != nil {
					t.Errorf("release: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestLockSaysWhoHolds(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	locks := redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	ctx := t.Context()
	me := redisx.Holder{Owner: "N1", Name: "Åsa \"x\"", Session: "s1", Station: "icu 1", Reason: "{}%"}
	if _, err := locks.Acquire(ctx, "p1", "notes", me); err != nil {
		t.Fatal(err)
	}
	_, err := locks.Acquire(ctx, "p1", "notes", who(2))
	var held *redisx.HeldError
	if !errors.Is(err, redisx.ErrHeld) || !errors.As(err, &held) {
		t.Fatalf("got %v, want held", err)
	}
	got := held.Holder
	if time.Since(got.Since).Abs() > 5*time.Second || got.Fence == 0 {
		t.Errorf("since %v, fence %d", got.Since, got.Fence)
	}
	refs := []redisx.Ref{{Group: "p1", Name: "notes"}, {Group: "p1", Name: "vitals"}}
	all, err := locks.Holders(ctx, refs)
	if err != nil || len(all) != 1 || all[refs[0]] != got {
		t.Errorf("holders %v %v, want only %v", all, err, got)
	}
	got.Since, got.Fence = time.Time{}, 0
	if got != me {
		t.Errorf("got %+v, want %+v", got, me)
	}
}

// Red with fences counted from 0 by INCR: 1 after 1.
func TestFenceGrowsEvenAfterDataIsLost(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	locks := redisx.NewLocks(c, redisx.LockOptions{})
	raw := admin(t, s.Addr())
	var last uint64
	for i := range 20 {
		lease, err := locks.Acquire(t.Context(), "p1", "notes", who(i))
		if err != nil {
			t.Fatal(err)
		}
		if lease.Fence() <= last {
			t.Fatalf("fence %d after %d", lease.Fence(), last)
		}
		last = lease.Fence()
		if i%2 == 0 {
			raw.FlushAll(t.Context())
		} else if err := lease.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// Red with the own-session branch of lock_acquire.lua removed: held by itself.
func TestLostReplyDoesNotLockItsCallerOut(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	proxy := redistest.NewProxy(t, s.Addr())
	c := open(t, proxy.Addr())
	locks := redisx.NewLocks(c, redisx.LockOptions{})
	raw := admin(t, s.Addr())
	// Load the script and warm the connection first, so that the lost reply is
	// that of the acquisition.
	first, err := locks.Acquire(t.Context(), "p0", "x", who(1))
	if err != nil {
		t.Fatal(err)
	}
	_ = first.Release(t.Context())
	for range 50 { // the prober's replies may be lost in its place
		proxy.LoseReplies(1)
		lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
		if err == nil {
			_ = lease.Release(t.Context())
			continue
		}
		if n := raw.Exists(t.Context(), "t:l:{p1}:notes").Val(); n == 1 {
			break
		}
	}
	if !errors.Is(func() error {
		_, err := redisx.NewLocks(open(t, s.Addr()), redisx.LockOptions{}).Acquire(t.Context(), "p1", "notes", who(2))
		return err
	}(), redisx.ErrHeld) {
		t.Fatal("the lost reply left no lock: the test proves nothing")
	}
	proxy.LoseReplies(0)
	lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatalf("second try: %v", err)
	}
	if err := lease.Release(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A silent server must not leave a holder believing. Red with the clock check
// in keep removed: Done stays open.
func TestFrozenServerEndsTheLeaseInTime(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	const ttl = 1500 * time.Millisecond
	locks := redisx.NewLocks(c, redisx.LockOptions{TTL: ttl})
	asked := time.Now()
	lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	s.Freeze()
	defer s.Thaw()
	// The last renewal that could have arrived was before the freeze.
	deadline := time.Until(asked.Add(ttl)) + time.Since(asked)
	receive(t, lease.Done(), deadline, "Done after the server froze")
	if !errors.Is(lease.Err(), redisx.ErrLost) {
		t.Errorf("err %v, want lost", lease.Err())
	}
	if lease.Remaining() != 0 {
		t.Error("a lost lease has time left")
	}
}

func TestLeaseRenewsItself(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	locks := redisx.NewLocks(c, redisx.LockOptions{TTL: 300 * time.Millisecond})
	lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	raw := admin(t, s.Addr())
	for began := time.Now(); time.Since(began) < 900*time.Millisecond; time.Sleep(20 * time.Millisecond) {
		if lease.Err() != nil || raw.Exists(t.Context(), "t:l:{p1}:notes").Val() != 1 {
			t.Fatalf("lost after %v: %v", time.Since(began), lease.Err())
		}
	}
}

// Renewal must report the loss and not make the lock anew. Red with
// lock_renew.lua writing the hash anew: Done stays open.
func TestDeletedLockIsLostAndNotMadeAgain(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	locks := redisx.NewLocks(c, redisx.LockOptions{TTL: 600 * time.Millisecond})
	lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	raw := admin(t, s.Addr())
	raw.Del(t.Context(), "t:l:{p1}:notes")
	receive(t, lease.Done(), 600*time.Millisecond, "Done after the key was deleted")
	if raw.Exists(t.Context(), "t:l:{p1}:notes").Val() != 0 {
		t.Error("the lock was made again")
	}
	if err := lease.Release(t.Context()); !errors.Is(err, redisx.ErrLost) {
		t.Errorf("release: %v, want lost", err)
	}
}

// Red with heard doing nothing: Done is open after 500 ms (renewal is 10 s away). Red with the fence of whom it is
// taken from not compared.
func TestTakeOverEndsTheOldLease(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	mine := redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	theirs := redisx.NewLocks(open(t, s.Addr()), redisx.LockOptions{Topic: "icu"})
	ready := make(chan struct{}, 1)
	var seen []redisx.LockChange
	changes := make(chan redisx.LockChange, 10)
	background(t, func(ctx context.Context) {
		_ = mine.Watch(ctx, "icu", func(l redisx.LockChange) { changes <- l }, func() { ready <- struct{}{} })
	})
	receive(t, ready, 5*time.Second, "watch")
	old, err := mine.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	inboxes(t, s, 1)
	began := time.Now()
	var held *redisx.HeldError
	if _, err := theirs.TakeOverFrom(t.Context(), "p1", "notes", old.Fence()+1, who(2)); !errors.As(err, &held) ||
		held.Holder.Fence != old.Fence() {
		t.Fatalf("taken from another than the one meant: %v", err)
	}
	fresh, err := theirs.TakeOverFrom(t.Context(), "p1", "notes", old.Fence(), who(2))
	if err != nil {
		t.Fatal(err)
	}
	receive(t, old.Done(), 500*time.Millisecond, "Done after the take-over")
	t.Logf("known after %v", time.Since(began))
	if took := time.Since(began); took > 100*time.Millisecond && !raceEnabled {
		t.Errorf("took %v", took)
	}
	if !errors.Is(old.Err(), redisx.ErrTakenOver) || !errors.Is(old.Err(), redisx.ErrLost) {
		t.Errorf("err %v", old.Err())
	}
	var over *redisx.TakenOverError
	if !errors.As(old.Err(), &over) || over.By.Owner != who(2).Owner || over.By.Fence != fresh.Fence() ||
		over.By.Since.IsZero() {
		t.Errorf("taken over by %+v", over)
	}
	if fresh.Fence() <= old.Fence() {
		t.Errorf("fence %d after %d", fresh.Fence(), old.Fence())
	}
	if err := old.Release(t.Context()); !errors.Is(err, redisx.ErrTakenOver) {
		t.Errorf("old release: %v", err)
	}
	if fresh.Err() != nil {
		t.Error("the old holder's release ended the new lease")
	}
	if err := fresh.Release(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		seen = append(seen, receive(t, changes, time.Second, "change"))
	}
	kinds := []redisx.LockKind{seen[0].Kind, seen[1].Kind, seen[2].Kind}
	if kinds[0] != redisx.LockTaken || kinds[1] != redisx.LockTakenOver || kinds[2] != redisx.LockFree {
		t.Errorf("changes %v", kinds)
	}
	if seen[1].Holder.Owner != "N2" || seen[1].Ref != fresh.Ref() || seen[1].Holder.Fence != fresh.Fence() {
		t.Errorf("change %+v", seen[1])
	}
}

func TestReleaseByAnotherDoesNothing(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	locks := redisx.NewLocks(c, redisx.LockOptions{})
	old, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	admin(t, s.Addr()).Del(t.Context(), "t:l:{p1}:notes")
	fresh, err := locks.Acquire(t.Context(), "p1", "notes", who(2))
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Release(t.Context()); !errors.Is(err, redisx.ErrLost) {
		t.Errorf("release: %v, want lost", err)
	}
	if _, err := locks.Acquire(t.Context(), "p1", "notes", who(3)); !errors.Is(err, redisx.ErrHeld) {
		t.Errorf("got %v: the release of the old lease freed the new one", err)
	}
	if fresh.Err() != nil {
		t.Error(fresh.Err())
	}
}

// A waiter is woken, it does not poll. Red with the wake-up in heard removed:
// nothing within 500 ms (it shows that it is alive once a second).
func TestAwaitIsWoken(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	locks := redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	other := redisx.NewLocks(open(t, s.Addr()), redisx.LockOptions{Topic: "icu"})
	lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan error, 1)
	background(t, func(ctx context.Context) {
		_, err := other.Await(ctx, "p1", "notes", who(2))
		got <- err
	})
	inboxes(t, s, 2)
	inLine(t, other, "p1", 1)
	if err := lease.Release(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := receive(t, got, 500*time.Millisecond, "the waiter's lease"); err != nil {
		t.Fatal(err)
	}
}

func TestLeasesEndWithTheClient(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	c, err := redisx.Open(redisx.Config{Addrs: []string{s.Addr()}})
	if err != nil {
		t.Fatal(err)
	}
	locks := redisx.NewLocks(c, redisx.LockOptions{})
	lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	receive(t, lease.Done(), time.Second, "Done after Close")
	if _, err := locks.Acquire(t.Context(), "p1", "notes", who(1)); !errors.Is(err, redisx.ErrClosed) {
		t.Errorf("got %v, want closed", err)
	}
}
