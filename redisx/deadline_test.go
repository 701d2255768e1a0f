package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func TestDeadlineComesWhenItIsDue(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	d := redisx.NewDeadlines(c, "icu", redisx.DeadlineOptions{Lease: 500 * time.Millisecond})
	ctx := t.Context()
	if got, next, err := d.Claim(ctx, 5); err != nil || len(got) != 0 || next >= 0 {
		t.Fatalf("%v %v %v", got, next, err)
	}
	if ok, err := d.Add(ctx, "a1", 300*time.Millisecond, []byte("p\x1f1")); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if ok, err := d.Add(ctx, "a1", 0, nil); ok || err != nil {
		t.Error("added twice", err)
	}
	if got, next, err := d.Claim(ctx, 5); err != nil || len(got) != 0 || next <= 0 || next > 300*time.Millisecond {
		t.Fatalf("early: %v %v %v", got, next, err)
	}
	var got []redisx.Claim
	within(t, 2*time.Second, "the deadline", func() bool { got, _, _ = d.Claim(ctx, 5); return len(got) > 0 })
	if got[0].ID != "a1" || string(got[0].Payload) != "p\x1f1" || got[0].Attempt != 1 ||
		time.Since(got[0].Due).Abs() > 2*time.Second {
		t.Errorf("%+v", got[0])
	}
	if again, _, _ := d.Claim(ctx, 5); len(again) != 0 {
		t.Errorf("claimed twice: %+v", again)
	}
	// A claimant that died: the work is due again, and the first cannot finish it.
	var second []redisx.Claim
	within(t, 3*time.Second, "the work is due again",
		func() bool { second, _, _ = d.Claim(ctx, 5); return len(second) > 0 })
	if second[0].Attempt != 2 {
		t.Errorf("attempt %d", second[0].Attempt)
	}
	if err := d.Finish(ctx, got[0]); !errors.Is(err, redisx.ErrLost) {
		t.Errorf("the dead claimant finished: %v", err)
	}
	if err := d.Extend(ctx, got[0]); !errors.Is(err, redisx.ErrLost) {
		t.Errorf("the dead claimant extended: %v", err)
	}
	if err := d.Extend(ctx, second[0]); err != nil {
		t.Error(err)
	}
	if err := d.Set(ctx, "a1", time.Hour, nil); err != nil {
		t.Error(err)
	}
	if err := d.Finish(ctx, second[0]); !errors.Is(err, redisx.ErrLost) {
		t.Errorf("finished what was moved: %v", err)
	}
	if ok, err := d.Drop(ctx, "a1"); !ok || err != nil {
		t.Error(ok, err)
	}
	if ok, err := d.Drop(ctx, "a1"); ok || err != nil {
		t.Error(ok, err)
	}
}

// Each of many deadlines is done by exactly one of 2 to 16 claimants, although
// one in ten of them dies with its work. Red with the ZADD that leases the work
// removed from deadline_claim.lua: finished by one, but claimed by several at once.
func TestExactlyOneDoesWhatIsDue(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	const lease = 700 * time.Millisecond
	d := redisx.NewDeadlines(c, "icu", redisx.DeadlineOptions{Lease: lease})
	total := scaled(1000, 10_000)
	for i := range total {
		if _, err := d.Add(t.Context(), fmt.Sprint("a", i), 0, nil); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	doing, finished := make(map[string]time.Time), make(map[string]int)
	var died, twice atomic.Int64
	var wg sync.WaitGroup
	deadline := time.Now().Add(2 * time.Minute)
	for range 2 + rand.IntN(15) {
		wg.Go(func() {
			for time.Now().Before(deadline) {
				asked := time.Now()
				claims, next, err := d.Claim(t.Context(), 3)
				if err != nil {
					t.Error(err)
					return
				}
				if len(claims) == 0 {
					if next < 0 {
						return
					}
					pause(t.Context(), min(next, 50*time.Millisecond))
					continue
				}
				for _, claim := range claims {
					mu.Lock()
					// Another's claim that was asked for less than a lease ago still stands.
					if at, busy := doing[claim.ID]; busy && time.Since(at) < lease {
						twice.Add(1)
					}
					doing[claim.ID] = asked
					mu.Unlock()
					if rand.IntN(10) == 0 {
						died.Add(1)
						continue
					}
					err := d.Finish(t.Context(), claim)
					if errors.Is(err, redisx.ErrLost) {
						continue // slower than the lease
					}
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					finished[claim.ID]++
					delete(doing, claim.ID)
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	more := 0
	for _, n := range finished {
		if n != 1 {
			more++
		}
	}
	if len(finished) != total || more != 0 || twice.Load() != 0 {
		t.Errorf("%d of %d finished, %d more than once, %d claimed by two at a time", len(finished), total, more,
			twice.Load())
	}
	if died.Load() == 0 {
		t.Error("nobody died: half of the test proves nothing")
	}
	t.Logf("%d of %d finished by exactly one, %d claims died and came back", len(finished), total, died.Load())
}

// Run sleeps until something is due, is woken by a nearer deadline, renews the
// lease of long work, gives failed work back, and outlives an outage. Red with
// the PUBLISH removed from deadline_set.lua: late by seconds.
func TestRunDoesWhatIsDue(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{AppendOnly: true})
	proxy := redistest.NewProxy(t, s.Addr())
	d := redisx.NewDeadlines(open(t, proxy.Addr()), "icu",
		redisx.DeadlineOptions{Lease: 400 * time.Millisecond, Probe: 100 * time.Millisecond})
	type done struct {
		id      string
		attempt int
		at      time.Time
	}
	seen := make(chan done, 100)
	for range 3 { // stations
		background(t, func(ctx context.Context) {
			_ = d.Run(ctx, func(ctx context.Context, c redisx.Claim) error {
				seen <- done{c.ID, c.Attempt, time.Now()}
				switch {
				case c.ID == "long":
					pause(ctx, time.Second) // longer than the lease
					return ctx.Err()
				case c.ID == "fails" && c.Attempt == 1:
					return errors.New("not today")
				}
				return nil
			})
		})
	}
	raw := admin(t, s.Addr())
	within(t, 5*time.Second, "links", func() bool {
		return raw.PubSubNumSub(t.Context(), "t:de:{icu}").Val()["t:de:{icu}"] == 3
	})
	if _, err := d.Add(t.Context(), "far", time.Hour, nil); err != nil {
		t.Fatal(err)
	}
	expect := func(id string, attempt int, limit time.Duration) {
		t.Helper()
		began := time.Now()
		got := receive(t, seen, limit, id)
		if got.id != id || got.attempt != attempt {
			t.Errorf("got %+v, want %s %d", got, id, attempt)
		}
		t.Logf("%s after %v", id, got.at.Sub(began))
	}
	for _, id := range []string{"near", "long", "fails"} {
		if _, err := d.Add(t.Context(), id, 50*time.Millisecond, nil); err != nil {
			t.Fatal(err)
		}
		expect(id, 1, time.Second)
	}
	expect("fails", 2, 3*time.Second)
	left := func(n int64) func() bool {
		return func() bool { return raw.ZCard(t.Context(), "t:d:{icu}").Val() == n }
	}
	within(t, 5*time.Second, "all but far are finished", left(1)) // the outage is to cut no work
	proxy.Refuse(true)
	proxy.Cut()
	direct := redisx.NewDeadlines(open(t, s.Addr()), "icu", redisx.DeadlineOptions{})
	if _, err := direct.Add(t.Context(), "meanwhile", 0, nil); err != nil {
		t.Fatal(err)
	}
	pause(t.Context(), 300*time.Millisecond)
	proxy.Refuse(false)
	expect("meanwhile", 1, 5*time.Second)
	within(t, 5*time.Second, "all but far are finished", left(1))
	select {
	case extra := <-seen:
		t.Errorf("done again: %+v", extra)
	default:
	}
}
