package redisx_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

func entries(from, to int) (list []redisx.Event, ids []string) {
	for n := from; n < to; n++ {
		id := fmt.Sprintf("e%05d", n)
		list, ids = append(list, redisx.Event{ID: id, Payload: []byte("p" + id)}), append(ids, id)
	}
	return list, ids
}

// Many at once are as many one by one: in their order, each once whatever part of
// them is known already, heard with their own payloads, and told again with those
// that a server forgot.
//
// Seen red with the script sending an event's ID in place of its payload, with a
// known one not left out (it is new again), and with the position of the caller's
// last event not asked for (the forgotten are missing).
func TestAppendAllIsAppendManyTimes(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	raw := admin(t, s.Addr())
	f := redisx.NewFeed(c, "icu", quick)
	l := follow(t, redisx.NewFeed(open(t, s.Addr()), "icu", quick), redisx.FromStart)
	within(t, 5*time.Second, "link", l.isUp)

	first, _ := entries(0, 100)
	if _, err := f.AppendAll(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	all, ids := entries(0, 200)
	got, err := f.AppendAll(t.Context(), all)
	if err != nil || len(got) != 200 {
		t.Fatalf("%d %v", len(got), err)
	}
	for n, a := range got {
		if a.First != (n >= 100) || n > 0 && a.Position.Compare(got[n-1].Position) <= 0 {
			t.Fatalf("event %d: %+v after %v", n, a, got[max(n-1, 0)])
		}
	}
	if at, err := f.Append(t.Context(), ids[150], nil); err != nil || at != got[150].Position {
		t.Errorf("%v %v, want %v", at, err, got[150].Position)
	}
	within(t, 5*time.Second, "all are heard", func() bool { return len(l.ids()) >= 200 })
	if !slices.Equal(l.ids(), ids) || !slices.Equal(logged(t, raw), ids) {
		t.Errorf("heard %v, logged %v", l.ids(), logged(t, raw))
	}
	l.mu.Lock()
	for _, e := range l.events {
		if string(e.Payload) != "p"+e.ID {
			t.Errorf("%s has the payload %s", e.ID, e.Payload)
		}
	}
	l.mu.Unlock()

	forget(t, raw, 70) // more than one step tells again
	more, _ := entries(200, 210)
	if _, err := f.AppendAll(t.Context(), more); err != nil {
		t.Fatal(err)
	}
	_, ids = entries(0, 210)
	if now := logged(t, raw); !slices.Equal(now, ids) {
		t.Errorf("after the server forgot 70: %v", now)
	}
}

// One event that cannot be taken is an error before anything is sent.
func TestAppendAllTakesNoBadEvent(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	f := redisx.NewFeed(c, "icu", quick)
	if _, err := f.AppendAll(t.Context(), []redisx.Event{{ID: "a"}, {ID: "b c"}}); err == nil {
		t.Error("an ID with a space was taken")
	}
	if got, err := f.AppendAll(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("nothing: %v %v", got, err)
	}
	if now := logged(t, admin(t, s.Addr())); len(now) != 0 {
		t.Errorf("logged %v", now)
	}
}

// Deadlines that are set, moved, called off and finished together are as if one
// by one. Seen red with SetAll setting what should be dropped, and with FinishAll
// finishing a claim that was moved.
func TestDeadlinesTogether(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	ctx := t.Context()
	d := redisx.NewDeadlines(c, "icu", redisx.DeadlineOptions{Lease: time.Minute})
	var list []redisx.Deadline
	for n := range 10 {
		list = append(list, redisx.Deadline{ID: fmt.Sprint("d", n), Payload: []byte(fmt.Sprint("work ", n))})
	}
	if err := d.SetAll(ctx, list); err != nil {
		t.Fatal(err)
	}
	if err := d.SetAll(ctx, []redisx.Deadline{{ID: "d0", Drop: true}, {ID: "d1", After: time.Hour},
		{ID: "none", Drop: true}}); err != nil {
		t.Fatal(err)
	}
	claimed, _, err := d.Claim(ctx, 20)
	if err != nil || len(claimed) != 8 {
		t.Fatalf("%+v %v", claimed, err)
	}
	for _, w := range claimed {
		if string(w.Payload) != "work "+w.ID[1:] {
			t.Errorf("%s: %s", w.ID, w.Payload)
		}
	}
	if err := d.Set(ctx, "d5", 0, []byte("moved")); err != nil {
		t.Fatal(err)
	}
	if err := d.FinishAll(ctx, claimed); err != nil {
		t.Fatal(err)
	}
	left, next, err := d.Claim(ctx, 20)
	if err != nil || len(left) != 1 || string(left[0].Payload) != "moved" || next <= 0 {
		t.Errorf("left %+v, next in %v: %v", left, next, err)
	}
	if err := d.SetAll(ctx, []redisx.Deadline{{ID: "x"}, {}}); err == nil {
		t.Error("a deadline without an ID was set")
	}
}
