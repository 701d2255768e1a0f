package live

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wardlight/wardlight/app/records/recordtest"
)

// sluggish is a record that heeds no deadline: it answers after a time, and then well.
type sluggish struct {
	Record
	after time.Duration
	free  chan struct{} // closed: it answers at once
}

func (s *sluggish) Readable(context.Context) error {
	slow := time.NewTimer(s.after)
	defer slow.Stop()
	select {
	case <-slow.C:
	case <-s.free:
	}
	return nil
}

// proving runs the proofs of a ward on a record, and hands over what was said last.
func proving(t *testing.T, r *sluggish) (unreadable func() bool, end context.CancelFunc, over <-chan struct{}) {
	t.Helper()
	r.free = make(chan struct{})
	w := &Ward{Record: r, Logger: recordtest.Quiet, read: make(chan struct{}, 1), turned: make(chan struct{}, 1),
		look: make(chan struct{}, 1), prove: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.proveReads(ctx)
	}()
	return func() bool {
		synctest.Wait()
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.links.Unreadable
	}, cancel, done
}

// A record that answers each time, but too late, stays unreadable: what it answered to
// an earlier proof counts in no later one. When it is quick again it is readable.
//
// Seen red with the age of an answer not asked: it turned to and fro each few seconds.
func TestALateAnswerIsNoProof(t *testing.T) {
	for _, after := range []time.Duration{ReadsWithin + time.Millisecond, 2 * time.Second,
		ReadsEvery + 200*time.Millisecond, 3 * ReadsEvery} {
		synctest.Test(t, func(t *testing.T) {
			r := &sluggish{after: after}
			unreadable, end, over := proving(t, r)
			time.Sleep(ReadsWithin + 50*time.Millisecond)
			for n := range 200 {
				if !unreadable() {
					t.Fatalf("slow by %v: readable after %v", after, time.Duration(n)*100*time.Millisecond)
				}
				time.Sleep(100 * time.Millisecond)
			}
			close(r.free)
			time.Sleep(2 * ReadsEvery)
			if unreadable() {
				t.Errorf("slow by %v: it is quick again, and not readable", after)
			}
			end()
			<-over
		})
	}
}

// A record that never answers does not keep a station from its end. Seen red with the
// last answer waited for without a limit.
func TestTheEndDoesNotWaitForTheRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &sluggish{after: 24 * time.Hour}
		unreadable, end, over := proving(t, r)
		time.Sleep(ReadsEvery)
		if !unreadable() {
			t.Error("it never answered, and is readable")
		}
		began := time.Now()
		end()
		<-over
		if took := time.Since(began); took > ReadsWithin {
			t.Errorf("ended after %v", took)
		}
		close(r.free)
	})
}
