package redisx_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

func BenchmarkLockAcquireRelease(b *testing.B) {
	_, c := fixture(b)
	locks := redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	for b.Loop() {
		lease, err := locks.Acquire(b.Context(), "p1", "notes", who(1))
		if err != nil {
			b.Fatal(err)
		}
		if err := lease.Release(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// From release until the waiter at another station owns the lock.
func BenchmarkLockHandOff(b *testing.B) {
	s, c := fixture(b)
	locks := []*redisx.Locks{
		redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"}),
		redisx.NewLocks(open(b, s.Addr()), redisx.LockOptions{Topic: "icu"}),
	}
	lease, err := locks[0].Acquire(b.Context(), "p1", "notes", who(0))
	if err != nil {
		b.Fatal(err)
	}
	got := make(chan *redisx.Lease)
	var total time.Duration
	for i := 1; b.Loop(); i++ {
		go func() {
			l, err := locks[i%2].Await(b.Context(), "p1", "notes", who(i))
			if err != nil {
				b.Error(err)
			}
			got <- l
		}()
		time.Sleep(20 * time.Millisecond) // the waiter has tried and waits
		began := time.Now()
		if err := lease.Release(b.Context()); err != nil {
			b.Fatal(err)
		}
		lease = <-got
		total += time.Since(began)
	}
	b.ReportMetric(float64(total.Microseconds())/float64(b.N), "us/hand-off")
}

func BenchmarkSessionCheck(b *testing.B) {
	_, c := fixture(b)
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	token, _, err := sessions.Create(b.Context(), "N1", badge{"nurse"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := sessions.Check(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFeedAppend(b *testing.B) {
	_, c := fixture(b)
	f := redisx.NewFeed(c, "icu", redisx.FeedOptions{})
	payload := make([]byte, 290)
	for i := 0; b.Loop(); i++ {
		if _, err := f.Append(b.Context(), fmt.Sprint("e", i), payload); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFeedAppendToHandOver(b *testing.B) {
	s, c := fixture(b)
	f := redisx.NewFeed(c, "icu", redisx.FeedOptions{})
	other := redisx.NewFeed(open(b, s.Addr()), "icu", redisx.FeedOptions{})
	got, up := make(chan struct{}, 1), make(chan struct{}, 100)
	background(b, func(ctx context.Context) {
		_ = other.Follow(ctx, redisx.FromNow, redisx.FeedHandler{
			Event: func(redisx.Event) { got <- struct{}{} },
			Link:  func(bool, time.Time) { signal(up) },
		})
	})
	<-up
	payload := make([]byte, 290)
	for i := 0; b.Loop(); i++ {
		if _, err := f.Append(b.Context(), fmt.Sprint("e", i), payload); err != nil {
			b.Fatal(err)
		}
		<-got
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func BenchmarkCacheGet(b *testing.B) { benchmarkCache(b, 1) }

func BenchmarkCacheGetMany40(b *testing.B) { benchmarkCache(b, 40) }

func benchmarkCache(b *testing.B, n int) {
	_, c := fixture(b)
	r := newRecord(n)
	var ids []string
	for id, row := range r.rows {
		row.Text = fmt.Sprintf("%01900d", 1) // 2 KB with the rest
		r.rows[id] = row
		ids = append(ids, id)
	}
	cache := r.cache(c, nil)
	if _, err := cache.GetMany(b.Context(), ids); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if got, err := cache.GetMany(b.Context(), ids); err != nil || len(got) != n {
			b.Fatal(len(got), err)
		}
	}
	if r.loads.Load() != 1 {
		b.Fatalf("%d loads", r.loads.Load())
	}
}

// The floor: one round trip through go-redis.
func BenchmarkPing(b *testing.B) {
	_, c := fixture(b)
	for b.Loop() {
		if _, err := c.Ping(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
