package vitals

import "slices"

// Raise is how urgent a patient is by what was measured, and what made it so.
type Raise struct {
	// Set is what was measured at the newest moment, or at the one in the future that
	// raised it.
	Set   Observation
	Score Score
	// Future means that Set is dated in the future: when it was measured is not
	// known, so it sets no due time and has no age.
	Future bool
}

// Raised is the score that a patient is shown with: that of the newest moment of sets
// (newest first, see [Moments]), raised by one that is dated in the future if that one
// scores higher and came after the newest was taken. It is never lower than the newest
// moment's own. It reports false if nothing was measured at all.
func Raised(sets []Observation) (Raise, bool) {
	newest, have := Latest(sets)
	out := Raise{Set: newest, Score: NEWS2(newest)}
	base := out.Score
	for _, o := range together(Ahead(sets)) {
		s := NEWS2(o)
		// Of two dates in the future neither is the newer: the worse one counts.
		if first := !have && !out.Future; s.Any() && (first || higher(s, out.Score)) {
			out = Raise{Set: o, Score: s, Future: true}
		}
	}
	if out.Future && have {
		out.Score.Total = max(out.Score.Total, base.Total)
		out.Score.Complete = out.Score.Complete && base.Complete
		if base.Risk.rank() > out.Score.Risk.rank() {
			out.Score.Risk = base.Risk
		}
	}
	return out, have || out.Future
}

// Ahead are the sets that are dated in the future and that no newer set has
// overtaken: they came after the newest one was taken.
func Ahead(sets []Observation) (out []Observation) {
	newest, have := Latest(sets)
	for _, o := range sets {
		if o.Future && !(have && o.Received.Before(newest.Taken)) {
			out = append(out, o)
		}
	}
	return out
}

// together joins the sets of each moment, also of those that are dated in the future.
func together(sets []Observation) (out []Observation) {
	sets = slices.Clone(sets)
	slices.SortStableFunc(sets, func(a, b Observation) int { return a.Taken.Compare(b.Taken) })
	for i := 0; i < len(sets); {
		n := i + 1
		for n < len(sets) && sets[n].Taken.Equal(sets[i].Taken) {
			n++
		}
		out = append(out, joined(sets[i:n]))
		i = n
	}
	return out
}

// ZerosSent are the signs for which a device sent 0 and that nobody has measured
// since: the sensor may be off, or the patient in arrest. One sensor that sent 0
// says nothing of another of the same set that measured. Sets are newest first.
func ZerosSent(sets []Observation) (out []Remark) {
	measured := map[Quantity]bool{}
	add := func(o Observation) {
		for _, r := range o.Remarked(ZeroSent) {
			if o.Value(r.Of) == nil && !measured[r.Of] {
				measured[r.Of] = true // once is enough
				out = append(out, r)
			}
		}
	}
	for _, o := range Ahead(sets) {
		add(o)
	}
	for o := range Moments(sets) { // when the others were measured is not known: they outdate nothing
		add(o)
		for _, q := range zeroable {
			measured[q] = measured[q] || o.Value(q) != nil
		}
	}
	return out
}

// zeroable are the signs that cannot be 0 in a living patient.
var zeroable = []Quantity{RespirationRate, OxygenSaturation, SystolicPressure, DiastolicPressure, PulseRate, BodyTemperature}

// Value is a measured number of a set by its quantity; nil if it was not measured
// or is no number.
func (o Observation) Value(q Quantity) *float64 {
	switch q {
	case RespirationRate:
		return o.RR
	case OxygenSaturation:
		return o.SpO2
	case SystolicPressure:
		return o.SBP
	case DiastolicPressure:
		return o.DBP
	case PulseRate:
		return o.Pulse
	case BodyTemperature:
		return o.Temp
	}
	return nil
}

// higher reports whether a is the more urgent score: by its band, or by its total.
func higher(a, b Score) bool {
	return a.Risk.rank() > b.Risk.rank() || a.Total > b.Total
}

// rank orders the bands by urgency.
func (r Risk) rank() int {
	switch r {
	case RiskHigh:
		return 4
	case RiskMedium:
		return 3
	case RiskLowMedium:
		return 2
	case RiskLow:
		return 1
	}
	return 0
}
