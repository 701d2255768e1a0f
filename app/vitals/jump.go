package vitals

import "time"

// A score that changes by JumpLeast or more between two sets that lie at most JumpWithin
// apart is asked about once: a finger may have slipped, or the patient needs somebody.
const (
	JumpLeast  = 5
	JumpWithin = time.Hour
)

// Jump is a large change of the score between two sets, in order of time.
type Jump struct {
	Before, After Observation
	From, To      Score
}

// Within is the time between the two sets.
func (j Jump) Within() time.Duration { return j.After.Taken.Sub(j.Before.Taken) }

// Rose reports whether the score went up.
func (j Jump) Rose() bool { return j.To.Total > j.From.Total }

// JumpOf finds the large change of the score that a set makes beside the other sets of
// its patient, before it or after it; of several the one nearest in time. A score that
// is not complete is a lower bound, so the lower of the two must be complete: else
// nobody knows that it is lower. The higher is told as every board shows it, see [ShownWith]. Sets that are
// dated in the future make no jump.
func JumpOf(sets []Observation, o Observation) (j Jump, found bool) {
	mine := NEWS2(o)
	if o.Future || !mine.Any() {
		return j, false
	}
	for _, x := range sets {
		apart := x.Taken.Sub(o.Taken).Abs()
		if x.Future || x.ID == o.ID || apart > JumpWithin || found && apart >= j.Within() {
			continue
		}
		theirs := NEWS2(x)
		low, high := mine, theirs
		if low.Total > high.Total {
			low, high = high, low
		}
		if !low.Complete || high.Total-low.Total < JumpLeast {
			continue
		}
		j, found = Jump{Before: x, After: o, From: theirs, To: mine}, true
		if earlier(o, x) {
			j = Jump{Before: o, After: x, From: mine, To: theirs}
		}
	}
	if found && !j.From.Complete {
		j.From, _ = ShownWith(With(sets, o), j.Before)
	}
	if found && !j.To.Complete {
		j.To, _ = ShownWith(With(sets, o), j.After)
	}
	return j, found
}

// earlier orders two sets by when they were taken, and by when they came where that is
// the same.
func earlier(a, b Observation) bool {
	if a.Taken.Equal(b.Taken) {
		return a.Received.Before(b.Received)
	}
	return a.Taken.Before(b.Taken)
}
