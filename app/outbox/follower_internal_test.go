package outbox

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// ledger is a record whose answers can be held up.
type ledger struct {
	mu    sync.Mutex
	list  []Change
	hangs bool
}

func (l *ledger) ChangesAfter(ctx context.Context, seq int64, _ int) ([]Change, error) {
	l.mu.Lock()
	hangs, list := l.hangs, slices.Clone(l.list)
	l.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	time.Sleep(20 * time.Millisecond) // on its way: others come first meanwhile
	return slices.DeleteFunc(list, func(c Change) bool { return c.Seq <= seq }), nil
}

func (l *ledger) LastSeq(context.Context) (int64, error) { return 0, nil }

func (l *ledger) add(seqs ...int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range seqs {
		l.list = append(l.list, Change{Seq: n})
	}
}

// What was committed between a station's start and its first link, or lost in a gap
// of the stream, is handed over before what is heard after it. A record that hangs
// holds nothing back for longer than its limit.
//
// Seen red without the hold: 4 before 1, 2 and 3, and 9 before 7 and 8.
func TestFollowerHandsOverInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		var mu sync.Mutex
		var got []int64
		f := (&Follower{Log: l, On: func(c Change, _ bool) {
			mu.Lock()
			got = append(got, c.Seq)
			mu.Unlock()
		}}).Init(0)
		ctx, cancel := context.WithCancel(t.Context())
		var run sync.WaitGroup
		run.Go(func() { f.Run(ctx) })
		time.Sleep(30 * time.Millisecond) // the first look at the record found nothing
		l.add(1, 2, 3)
		f.Link(true)
		f.Hear(Change{Seq: 4})
		l.add(4)
		time.Sleep(100 * time.Millisecond)
		f.Hear(Change{Seq: 5})
		l.add(5, 6, 7, 8)
		f.Hear(Change{Seq: 6})
		f.Gap()
		f.Hear(Change{Seq: 9})
		l.add(9)
		time.Sleep(100 * time.Millisecond)
		l.mu.Lock()
		l.hangs = true
		l.mu.Unlock()
		f.Gap()
		f.Hear(Change{Seq: 11})
		time.Sleep(2 * fillLimit)
		cancel()
		run.Wait()
		if want := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 11}; !slices.Equal(got, want) {
			t.Errorf("handed over %v, want %v", got, want)
		}
	})
}
