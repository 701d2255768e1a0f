package result

import (
	"slices"
	"time"
)

// Value is one thing that was measured or reported, with all that its source said
// of it.
type Value struct {
	Versions []Result  // in the order in which they count
	Stands   int       // which of Versions the value is; -1 is none of them
	Taken    time.Time // when it was measured
	// Timed is false if no version of it has a time that could be read.
	Timed bool
	// Loose: a version that is still to come may change what belongs to it.
	Loose bool
	// Found says whether the corrections among Versions have something to correct.
	Found Found
}

// Found is how many values a correction can mean.
type Found int

// How many.
const (
	One Found = iota
	Nothing
	Several
)

// First is the version by which the value is known: the first that arrived.
func (v Value) First() Result {
	return slices.MinFunc(v.Versions, func(a, b Result) int {
		if n := int(a.Arrived - b.Arrived); n != 0 {
			return n
		}
		return Compare(a, b)
	})
}

// Standing is the version that the value is.
func (v Value) Standing() (Result, bool) {
	if v.Stands < 0 {
		return Result{}, false
	}
	return v.Versions[v.Stands], true
}

// WithdrawnFromAnotherTime reports whether one of its versions withdraws readings whose
// order says another time (OBR-7) than the withdrawal's.
func (v Value) WithdrawnFromAnotherTime(w Result) bool {
	if w.Effect != Withdrawn || !w.timed() || w.OrderAt.IsZero() {
		return false
	}
	other := false
	for _, r := range v.Versions {
		if (r.Effect == Preliminary || r.Effect == Final) && !r.OrderAt.IsZero() {
			if r.OrderAt.Equal(w.OrderAt) {
				return false
			}
			other = true
		}
	}
	return other
}

// sign is which value of a set of observations it is, as any version says.
func (v Value) sign() Result {
	for _, r := range v.Versions {
		if r.Sign != "" {
			return r
		}
	}
	return Result{}
}

// Together is one value of all the versions given.
func Together(versions []Result) Value {
	v := Value{Versions: inOrder(versions)}
	v.Stands = stands(v.Versions)
	v.Taken, v.Timed = taken(v.Versions)
	return v
}

// stands is the one rule of P → F → changed F → C → W: the newest status counts;
// what is preliminary never takes the place of what was final; a withdrawal leaves
// nothing, until a later final or correction.
func stands(versions []Result) int {
	s, final := -1, false
	for i := range versions {
		s, final = step(versions, i, s, final)
	}
	return s
}

// step is what stands after version i, if s stood before.
func step(versions []Result, i, s int, final bool) (int, bool) {
	v := versions[i]
	if v.Void != "" {
		return s, final
	}
	switch v.Effect {
	case Preliminary:
		if final {
			return s, final
		}
		return i, false
	case Final, Corrected:
		return i, true
	case Confirmed:
		if v.Value != "" {
			return i, true
		}
		return s, true
	case Withdrawn, NotObtained:
		return -1, final
	}
	return s, final
}

// taken is when a value was measured: as the final says, else the preliminary; a
// correction may carry the time of the correction.
func taken(versions []Result) (at time.Time, timed bool) {
	for _, of := range [][]Status{{Final}, {Preliminary}, {Corrected, Confirmed, Withdrawn, NotObtained, Live, None}} {
		for _, v := range versions {
			if slices.Contains(of, v.Effect) && v.TakenFrom != NoTime {
				return v.Taken, true
			}
		}
	}
	return versions[0].Taken, false
}
