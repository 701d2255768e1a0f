package vitals

import "time"

// FirstWithin is how long after admission the first set is due. NICE CG50 (1.1) asks for observations
// at the time of admission or first assessment; an hour is what it takes to bring somebody to bed.
// What was measured within as long before admission is of the same arrival and counts as that set.
const FirstWithin = time.Hour

// Unobserved reports whether nothing was measured of a patient since they were admitted; with a zero
// admitted, whether nothing ever was. A set that somebody tried and could not take is none, nor is one
// that is dated in the future.
func Unobserved(sets []Observation, admitted time.Time) bool {
	newest, any := Latest(sets)
	return !any || !admitted.IsZero() && newest.Taken.Before(admitted.Add(-FirstWithin))
}

// DueSince is [Intervals.Due] for a patient admitted at a time (zero: not known). Of whom nothing was
// measured since, the first set is due [FirstWithin] after admission, or sooner by what was measured
// before. What was due before they came is due since they came.
func (iv Intervals) DueSince(admitted time.Time, sets []Observation) time.Time {
	due := iv.Due(sets)
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
