package records_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// Writers of several programs hold their transactions open between taking a
// number and committing, in every interleaving, while a reader follows "after
// the last I saw", as the relay does. It must see every change, in order.
//
// Seen red on PostgreSQL: with the numbers from a sequence and without the lock
// of the gate, the reader saw 11 after 9 in the first second, and 10
// was never relayed.
func TestReaderPassesNoChangeInFlight(t *testing.T) {
	writers, each := 4, 25
	if full {
		each = 500
	}
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		reader := fresh(t, r)
		pos, err := reader.LastSeq(t.Context())
		ok(t, err)
		done := make(chan struct{})
		var wg sync.WaitGroup
		for w := range writers {
			s := r.Open(t)
			wg.Go(func() {
				dice := rand.New(rand.NewPCG(uint64(w), 1))
				for n := range each {
					err := s.Batch(t.Context(), func(ctx context.Context, b *records.Batch) error {
						for part := range 1 + dice.IntN(3) {
							if _,
								err := b.AddObservation(ctx,
								set(fmt.Sprintf("o%d-%d-%d", w, n, part), "p1", noon)); err != nil {
								return err
							}
							time.Sleep(time.Duration(dice.IntN(3)) * time.Millisecond) // numbered, not committed
						}
						if dice.IntN(10) == 0 {
							return errCut // and this number is given back
						}
						return nil
					})
					if err != nil && err != errCut {
						t.Error(err)
						return
					}
				}
			})
		}
		go func() { wg.Wait(); close(done) }()
		seen := 0
		for ended := false; ; {
			select {
			case <-done:
				ended = true // one more look
			default:
			}
			batch, err := reader.ChangesAfter(t.Context(), pos, 100)
			ok(t, err)
			for _, c := range batch {
				if c.Seq != pos+1 {
					t.Fatalf("saw %d after %d: what is between them will never be relayed", c.Seq, pos)
				}
				pos = c.Seq
				seen++
			}
			if ended && len(batch) == 0 {
				break
			}
		}
		list, err := reader.Observations(t.Context(), "p1", time.Time{}, 100_000)
		ok(t, err)
		if seen != len(list) || seen == 0 {
			t.Fatalf("%d changes seen, %d sets on record", seen, len(list))
		}
		t.Logf("%s: %d changes of %d programs, every one seen in order", r.Engine, seen, writers)
	})
}
