package vitals

import "slices"

// aheadMost is how many of the sets that are dated in the future a summary carries in any case.
const aheadMost = 4

// Foremost are those of a patient's sets dated in the future (the last to come first) that a summary
// carries beside its others: the few that came last, all of the moment that scores highest of those
// that no other has overtaken (see [Ahead]), and each sign's newest 0. However many parts a device with
// a wrong clock sends, [Raised] says with them what it would with all.
func Foremost(others, ahead []Observation) []Observation {
	if len(ahead) <= aheadMost {
		return ahead
	}
	keep := make([]bool, len(ahead))
	current := Ahead(slices.Concat(others, ahead))
	var worst Observation
	for _, o := range together(current) {
		if s := NEWS2(o); s.Any() && (!worst.Measured() || higher(s, NEWS2(worst))) {
			worst = o
		}
	}
	zero := map[Quantity]bool{}
	for i, o := range ahead {
		keep[i] = i < aheadMost || worst.Measured() && o.Taken.Equal(worst.Taken)
		for _, r := range o.Remarked(ZeroSent) {
			keep[i] = keep[i] || !zero[r.Of]
			zero[r.Of] = true
		}
	}
	var out []Observation
	for i, o := range ahead {
		if keep[i] {
			out = append(out, o)
		}
	}
	return out
}
