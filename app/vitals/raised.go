package vitals

import (
	"slices"
	"time"
)

// Raise is how urgent a patient is by what was measured, and what made it so.
type Raise struct {
	// Set is what scores: the last complete moment; the newest value of each sign, where
	// those come to more; or the moment in the future that raised it.
	Set   Observation
	Score Score
	// Picture is what is known of each sign, and since when, whatever scores.
	Picture Picture
	// Stands means that the score is of the last complete moment, and that something
	// was measured since.
	Stands bool
	// Future means that Set is dated in the future: when it was measured is not
	// known, so it sets no due time and has no age.
	Future bool
	// Zero means that a device sent 0 for a sign that is scored, and that nobody has
	// measured it since: nothing measured beside it makes the patient well.
	Zero bool
}

// Raised is the score that a patient is shown with: that of the last complete moment of
// sets (newest first, see [Moments]), or, where it is higher, of the newest value of each
// sign (see [Picture]), raised by a set that is dated in the future if that one scores
// higher and came after the newest was taken. A set that is not complete never lowers it,
// nor does a 0 that a device sent. It reports false if nothing was measured and nothing
// sent at all.
func Raised(sets []Observation) (Raise, bool) {
	p, have := PictureOf(sets)
	out := Raise{Set: p.Values, Score: p.score(), Picture: p, Zero: !zeroSince(sets).IsZero()}
	if have && p.stands() {
		out.Set, out.Stands = p.Complete, !p.Complete.Taken.Equal(p.Values.Taken)
	}
	base := out.Score
	for _, o := range together(Ahead(sets)) {
		s := NEWS2(o)
		// Of two dates in the future neither is the newer: the worse one counts.
		if first := !have && !out.Future; s.Any() && (first || higher(s, out.Score)) {
			out.Set, out.Score, out.Future, out.Stands = o, s, true, false
		}
	}
	if out.Future && have {
		out.Score.Complete = out.Score.Complete && base.Complete
		out.Score.atLeast(base)
	}
	return out, have || out.Future || out.Zero
}

// ShownWith is the score that a patient was shown with once one of their sets stood: a set that is not complete
// stands beside the values before it. What was measured later, or is dated in the future, is no part of it. carried
// means that it is no score of that set: the one of the last complete moment stood.
func ShownWith(sets []Observation, o Observation) (s Score, carried bool) {
	until := make([]Observation, 0, len(sets))
	for _, x := range sets {
		if !x.Future && !x.Taken.After(o.Taken) {
			until = append(until, x)
		}
	}
	r, _ := Raised(until)
	return r.Score, r.Stands
}

// atLeast raises a score to another's total and band.
func (s *Score) atLeast(o Score) {
	s.Total = max(s.Total, o.Total)
	if o.Risk.rank() > s.Risk.rank() {
		s.Risk = o.Risk
	}
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
	said := map[Quantity]bool{}
	eachZero(sets, func(_ Observation, r Remark) {
		if !said[r.Of] { // once is enough
			said[r.Of] = true
			out = append(out, r)
		}
	})
	return out
}

// zeroSince is when a device first sent a 0 that no measurement has answered, of a
// sign that is scored; the zero time if none did.
func zeroSince(sets []Observation) (since time.Time) {
	eachZero(sets, func(o Observation, r Remark) {
		at := o.Taken
		if o.Future {
			at = o.Received
		}
		if r.Of != DiastolicPressure && (since.IsZero() || at.Before(since)) {
			since = at
		}
	})
	return since
}

// eachZero visits each 0 of sets (newest first) that nobody has answered by measuring.
func eachZero(sets []Observation, visit func(Observation, Remark)) {
	measured := map[Quantity]bool{}
	in := func(o Observation) {
		for _, r := range o.Remarked(ZeroSent) {
			if o.Value(r.Of) == nil && !measured[r.Of] {
				visit(o, r)
			}
		}
	}
	for _, o := range Ahead(sets) {
		in(o)
	}
	for o := range Moments(sets) { // when the others were measured is not known: they outdate nothing
		in(o)
		for _, q := range zeroable {
			measured[q] = measured[q] || o.Value(q) != nil
		}
	}
}

// Zeroable are the signs that cannot be 0 in a living patient: a 0 of one is a remark and no value.
func Zeroable() []Quantity { return slices.Clone(zeroable) }

var zeroable = []Quantity{
	RespirationRate,
	OxygenSaturation,
	SystolicPressure,
	DiastolicPressure,
	PulseRate,
	BodyTemperature,
}

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
