package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// A follower that ends and starts again goes on where it was: nothing twice,
// nothing left out, and no gap. Also when it began with "now" and nothing came
// in its first run. Red with the last save removed from Resume: events twice.
func TestResumeGoesOn(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	for name, cursor := range map[string]func(f *redisx.Feed) redisx.Cursor{
		"redis": func(f *redisx.Feed) redisx.Cursor { return f.Cursor("station 1") },
		"file":  func(*redisx.Feed) redisx.Cursor { return redisx.FileCursor(filepath.Join(t.TempDir(), "at")) },
	} {
		// One proof at the beginning, and none before the run's end: what is saved
		// then is what the end saves.
		f := redisx.NewFeed(c, name, redisx.FeedOptions{Probe: 30 * time.Second})
		keep := cursor(f)
		appendAll(t, f, 0, 5) // before the first run: not its business
		var mu sync.Mutex
		var got, want []string
		run := func(events int, more ...int) {
			t.Helper()
			up := make(chan struct{}, 1)
			stop := background(t, func(ctx context.Context) {
				err := f.Resume(ctx, keep, redisx.FromNow, redisx.FeedHandler{
					Event: func(e redisx.Event) { mu.Lock(); got = append(got, e.ID); mu.Unlock() },
					Gap:   func(from, to redisx.Position) { t.Errorf("gap %s %s", from, to) },
					Link: func(on bool, _ time.Time) {
						if on {
							signal(up)
						}
					},
				})
				if !errors.Is(err, context.Canceled) {
					t.Errorf("ended with %v", err)
				}
			})
			receive(t, up, 5*time.Second, "link")
			for _, n := range more {
				want = append(want, appendAll(t, f, n, n+1)...)
			}
			within(t, 5*time.Second, "events", func() bool { mu.Lock(); defer mu.Unlock(); return len(got) >= events })
			stop()
		}
		run(0)
		want = append(want, appendAll(t, f, 5, 15)...) // while it is away
		run(12, 15, 16)
		want = append(want, appendAll(t, f, 17, 20)...)
		run(15)
		run(16, 20)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// What the caller is told about replicas is true, also of an event that was there
// already, and on another connection. Red with the count not compared in
// AppendDurable: no error without replicas.
func TestAppendDurableReportsReplicas(t *testing.T) {
	t.Parallel()
	set := redistest.StartSentinels(t, 2)
	c := open(t, set.Servers[0].Addr())
	f := redisx.NewFeed(c, "icu", quick)
	first, err := f.AppendDurable(t.Context(), "a", []byte("x"), 2, 500*time.Millisecond)
	if err != nil || first.Replicas != 2 || !first.First {
		t.Fatalf("%+v %v", first, err)
	}
	again, err := f.AppendDurable(t.Context(), "a", []byte("x"), 1, 500*time.Millisecond)
	if err != nil || again.Position != first.Position || again.First || again.Replicas < 1 {
		t.Errorf("again %+v %v", again, err)
	}
	for _, w := range set.Watchers { // no failover now
		w.Kill()
	}
	set.Servers[1].Freeze()
	set.Servers[2].Freeze()
	// On another connection, too.
	other := redisx.NewFeed(open(t, set.Servers[0].Addr()), "icu", quick)
	for i, id := range []string{"b", "b", "b", "a"} {
		began := time.Now()
		f := []*redisx.Feed{f, other}[i%2]
		got, err := f.AppendDurable(t.Context(), id, []byte("x"), 1, 200*time.Millisecond)
		if !errors.Is(err, redisx.ErrNotReplicated) || got.Replicas != 0 || got.Position == "" {
			t.Errorf("%s without replicas: %+v %v", id, got, err)
		}
		// 200 are asked for; the rest is a busy test computer
		if took := time.Since(began); took > 900*time.Millisecond {
			t.Errorf("took %v", took)
		}
	}
	set.Servers[1].Thaw()
	within(t, 5*time.Second, "a replica is back", func() bool {
		got, err := f.AppendDurable(t.Context(), "b", []byte("x"), 1, 400*time.Millisecond)
		return err == nil && got.Replicas >= 1
	})
}

// A consumer that stands still costs bounded memory: its link is dropped when the
// queue is full, and all events come in order once it goes on. Red with take
// always queueing (an unbounded queue would hold all of it).
func TestSlowConsumerLosesNothing(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	f := redisx.NewFeed(c, "icu", redisx.FeedOptions{Probe: 100 * time.Millisecond, MaxLen: 100_000})
	go1 := make(chan struct{})
	var mu sync.Mutex
	var got []string
	downs, up, first := 0, make(chan struct{}, 1), make(chan struct{}, 1)
	background(t, func(ctx context.Context) {
		_ = f.Follow(ctx, redisx.FromStart, redisx.FeedHandler{
			Event: func(e redisx.Event) {
				signal(first)
				select {
				case <-go1:
				case <-ctx.Done():
				}
				mu.Lock()
				got = append(got, e.ID)
				mu.Unlock()
			},
			Gap: func(from, to redisx.Position) { t.Errorf("gap %s %s", from, to) },
			Link: func(on bool, _ time.Time) {
				if on {
					signal(up)
				} else {
					mu.Lock()
					downs++
					mu.Unlock()
				}
			},
		})
	})
	receive(t, up, 5*time.Second, "link")
	const n = 9500 // above the 8,192 that may lie in the queue
	want := make([]string, n)
	payload := make([]byte, 50)
	for i := range n {
		want[i] = fmt.Sprint("e", i)
		if _, err := f.Append(t.Context(), want[i], payload); err != nil {
			t.Fatal(err)
		}
	}
	receive(t, first, time.Second, "the first event")
	close(go1)
	within(t, 20*time.Second, "all events", func() bool { mu.Lock(); defer mu.Unlock(); return len(got) >= n })
	mu.Lock()
	defer mu.Unlock()
	if !slices.Equal(got, want) {
		t.Errorf("%d events, want %d in order", len(got), n)
	}
	if downs == 0 {
		t.Error("the link was never dropped: the queue is not bounded")
	}
}
