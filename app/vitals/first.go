package vitals

import (
	"slices"
	"time"
)

// FirstWithin is how long after admission the first set is due. NICE CG50 (1.1) asks for observations
// at the time of admission or first assessment; an hour is what it takes to bring somebody to bed.
// What was measured within as long before admission is of the same arrival and counts as that set.
const FirstWithin = time.Hour

// Arriving is how long before admission a high score still tells how a patient is: hours in an emergency department
// or in theatre are of the same illness, and what asked for somebody there must not vanish with the admission.
const Arriving = 24 * time.Hour

// OfStay are those of sets (newest first) that are of the stay that began when a patient was admitted: what was
// known of a stay before is no picture of this one. Sets taken while they were [Arriving] count where they come to
// more than a low score, or hold a 0: a low one of hours ago says nothing good of who has just been moved. With a zero
// admitted it is all of them, for nobody knows when the stay began. A set that is dated in the future is of the stay
// in which it came.
func OfStay(sets []Observation, admitted time.Time) []Observation {
	beforeFirst, beforeAll := takenBefore(admitted.Add(-FirstWithin)), takenBefore(admitted.Add(-Arriving))
	if admitted.IsZero() || !slices.ContainsFunc(sets, beforeFirst) {
		return sets // the most, and they need no copy
	}
	var arriving, arrived, since []Observation
	for _, o := range sets {
		switch {
		case beforeAll(o):
			continue
		case beforeFirst(o):
			arrived = append(arrived, o)
		default:
			since = append(since, o)
		}
		arriving = append(arriving, o)
	}
	if r, any := Raised(arrived); any && (r.Zero || r.Score.Risk.rank() > RiskLow.rank()) {
		return arriving
	}
	return since
}

// takenBefore reports whether a set was taken, or if it is dated in the future came, before a time.
func takenBefore(begins time.Time) func(Observation) bool {
	return func(o Observation) bool {
		if o.Future {
			return !o.Received.IsZero() && o.Received.Before(begins)
		}
		return o.Taken.Before(begins)
	}
}

// Unobserved reports whether nothing was measured of a patient since they were admitted; with a zero
// admitted, whether nothing ever was. A set that somebody tried and could not take is none, nor is one
// that is dated in the future.
func Unobserved(sets []Observation, admitted time.Time) bool {
	newest, any := Latest(OfStay(sets, admitted))
	return !any || !admitted.IsZero() && newest.Taken.Before(admitted.Add(-FirstWithin))
}

// DueSince is [Intervals.Due] for a patient admitted at a time (zero: not known). Of whom nothing was
// measured since, the first set is due [FirstWithin] after admission, or sooner by what was measured
// while they were [Arriving]. What was due before they came is due since they came.
func (iv Intervals) DueSince(admitted time.Time, sets []Observation) time.Time {
	due := iv.Due(OfStay(sets, admitted))
	if admitted.IsZero() || !Unobserved(sets, admitted) {
		return due
	}
	first := admitted.Add(FirstWithin)
	switch {
	case due.IsZero() || first.Before(due):
		return first
	case due.Before(admitted):
		return admitted
	}
	return due
}
