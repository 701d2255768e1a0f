package outbox

import (
	"context"
	"math/rand/v2"
	"testing"
)

// Against a plain set of numbers, in every order and with every gap.
//
// Seen red: with a neighbour before not joined to one after, and with drop
// leaving a stretch that begins below.
func TestSpansAreASet(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		var s spans
		plain, floor := map[int64]bool{}, int64(0)
		for range 400 {
			n := 1 + r.Int64N(300)
			if r.IntN(20) == 0 {
				floor = max(floor, n)
				s.drop(n)
				for k := range plain {
					if k <= n {
						delete(plain, k)
					}
				}
				continue
			}
			if n <= floor { // the follower does not ask
				continue
			}
			if got := s.add(n); got == plain[n] {
				t.Fatalf("seed %d: %d is new: %v", seed, n, got)
			}
			plain[n] = true
		}
		in := 0
		for i, x := range s {
			in += int(x.to - x.from + 1)
			if i > 0 && s[i-1].to >= x.from-1 {
				t.Fatalf("seed %d: stretches touch: %v", seed, s)
			}
		}
		if in != len(plain) {
			t.Fatalf("seed %d: %d in the stretches, %d in the set", seed, in, len(plain))
		}
	}
}

// gone is a record that is away.
type gone struct{}

func (gone) ChangesAfter(context.Context, int64, int) ([]Change, error) {
	return nil, context.DeadlineExceeded
}
func (gone) LastSeq(context.Context) (int64, error) { return 0, context.DeadlineExceeded }

// A night without the record: a follower that hears a million changes hands each
// over once and remembers them in a few words; with every second one lost it
// keeps to its bound and goes on handing over.
//
// Seen red with the map that stood here before (a million entries), and without
// the limit.
func TestFollowerIsBoundedWhileTheRecordIsAway(t *testing.T) {
	for step, most := range map[int64]int{1: 1, 2: spanLimit} {
		given := 0
		f := (&Follower{Log: gone{}, On: func(Change, bool) { given++ }}).Init(0)
		for n := int64(1); n <= 1_000_000; n++ {
			f.Hear(Change{Seq: n * step})
			f.Hear(Change{Seq: n * step}) // again, as a relay that died sends it
			f.fillOnce(t)
		}
		if given != 1_000_000 || len(f.seen) > most || cap(f.seen) > 4*spanLimit {
			t.Errorf("each %d: %d given, %d stretches (room for %d)", step, given, len(f.seen), cap(f.seen))
		}
	}
}

// fillOnce asks the record now and then, in vain.
func (f *Follower) fillOnce(t *testing.T) {
	t.Helper()
	if f.seen[len(f.seen)-1].to%100_000 == 0 {
		f.fill(t.Context())
	}
}
