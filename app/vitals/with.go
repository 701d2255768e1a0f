package vitals

import "slices"

// With are sets (newest first) as they will be once o is saved: beside the others, or in place of the one with its
// ID, which stays of the moment at which that was taken. What a patient will be shown with is [Raised] of it. It
// leaves sets as they are.
func With(sets []Observation, o Observation) []Observation {
	is := func(x Observation) bool { return o.ID != "" && x.ID == o.ID }
	if i := slices.IndexFunc(sets, is); i >= 0 {
		o.Taken, o.Received, o.Future = sets[i].Taken, sets[i].Received, sets[i].Future
		sets = slices.Clone(sets)
		sets[i] = o
		return sets
	}
	i := slices.IndexFunc(sets, func(x Observation) bool { return x.Future || !x.Taken.After(o.Taken) })
	if i < 0 {
		i = len(sets)
	}
	return slices.Concat(sets[:i], []Observation{o}, sets[i:])
}
