package redisx_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// A primary that hangs, with its connections open, is the failover in which a
// subscriber of go-redis' own stays behind. Red with the check
// of lastProof in serve removed: nothing arrives within 15 s of the failover.
func TestFailoverFromAHungPrimary(t *testing.T) {
	t.Parallel()
	set := redistest.StartSentinels(t, 2)
	connect := func() *redisx.Client {
		c, err := redisx.Open(redisx.Config{Addrs: set.Addrs(), MasterName: set.MasterName, Prefix: "t"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	f := redisx.NewFeed(connect(), "icu", redisx.FeedOptions{})
	l := follow(t, redisx.NewFeed(connect(), "icu", redisx.FeedOptions{}), redisx.FromStart)
	locks := redisx.NewLocks(connect(), redisx.LockOptions{})
	lease, err := locks.Acquire(t.Context(), "p1", "notes", who(1))
	if err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, "link", l.isUp)
	want := appendAll(t, f, 0, 200)
	within(t, 5*time.Second, "events before", func() bool { return len(l.ids()) == 200 })
	set.Servers[0].Freeze()
	want = append(want, appendAll(t, f, 200, 400)...)
	within(t, 15*time.Second, "events after", func() bool { return len(l.ids()) >= 400 })
	if got := l.ids(); !slices.Equal(got, want) {
		t.Errorf("%d events, want %d", len(got), len(want))
	}
	set.Servers[0].Thaw()
	within(t, 10*time.Second, "a lock from the new primary", func() bool {
		next, err := locks.TakeOver(t.Context(), "p1", "notes", who(2))
		if err == nil && next.Fence() <= lease.Fence() {
			t.Fatalf("fence %d after %d", next.Fence(), lease.Fence())
		}
		return err == nil
	})
}

// All scripts keep to one slot, and lists are read across slots.
func TestClusterCarriesEverything(t *testing.T) {
	t.Parallel()
	set := redistest.StartCluster(t, 3)
	c, err := redisx.Open(redisx.Config{Addrs: set.Addrs()[:1], Cluster: true, Prefix: "t"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	r := newRecord(20)
	cache := r.cache(c, nil)
	ids := []string{"nobody"}
	for id := range r.rows {
		ids = append(ids, id)
	}
	for range 2 {
		got, err := cache.GetMany(t.Context(), ids)
		if err != nil || len(got) != 21 {
			t.Fatalf("%d %v", len(got), err)
		}
	}
	if r.loads.Load() != 1 {
		t.Errorf("%d loads", r.loads.Load())
	}
	if err := cache.Invalidate(t.Context(), ids...); err != nil {
		t.Error(err)
	}
	locks := redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	var refs []redisx.Ref
	for i := range 5 {
		ref := redisx.Ref{Group: fmt.Sprint("p", i), Name: "notes"}
		refs = append(refs, ref)
		if _, err := locks.Acquire(t.Context(), ref.Group, ref.Name, who(i)); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := locks.Holders(t.Context(), refs); err != nil || len(all) != 5 {
		t.Errorf("%v %v", all, err)
	}
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	for i := range 5 {
		person := fmt.Sprint("N", i)
		token, _, err := sessions.Create(t.Context(), person, badge{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sessions.Check(t.Context(), token); err != nil {
			t.Error(err)
		}
		if err := sessions.RevokeAll(t.Context(), person); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"icu", "er", "b2"} {
		f := redisx.NewFeed(c, name, quick)
		l := follow(t, f, redisx.FromStart)
		within(t, 5*time.Second, "link", l.isUp)
		want := appendAll(t, f, 0, 50)
		many, more := entries(50, 150)
		if _, err := f.AppendAll(t.Context(), many); err != nil {
			t.Error(err)
		}
		want = append(want, more...)
		within(t, 5*time.Second, "events of "+name, func() bool { return len(l.ids()) == len(want) })
		if !slices.Equal(l.ids(), want) {
			t.Errorf("%s: %v", name, l.ids())
		}
	}
	th := redisx.NewThrottle(c, "signin", redisx.ThrottleOptions{})
	if _, err := th.Fail(t.Context(), "x"); err != nil {
		t.Error(err)
	}
	if err := th.Clear(t.Context(), "x"); err != nil {
		t.Error(err)
	}
}
