package vitals

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"
)

// Latest is what was measured at the newest moment at which anything was, of sets
// (newest first): that somebody tried and could not must not hide what was known. All
// sets of that moment count together, see [Moments]. What is dated in the future is
// never the newest.
func Latest(sets []Observation) (Observation, bool) {
	for o := range Moments(sets) {
		if o.Measured() {
			return o, true
		}
	}
	return Observation{}, false
}

// Taken are the moments of sets (newest first) at which anything was measured, see
// [Moments]. What is dated in the future is not among them: when that was measured is
// not known.
func Taken(sets []Observation) []Observation {
	var out []Observation
	for o := range Moments(sets) {
		if o.Measured() {
			out = append(out, o)
		}
	}
	return out
}

// Moments are sets (newest first) joined by when they were taken, without those that
// are dated in the future. Sets of one moment are one picture of the patient: two
// sources may each have sent a part of it, and which of them is listed first is chance.
// So each sign counts that any of them has; of two readings of one sign the one stands
// that would stand in one set, see [Worse], and the table shows both. The joined set
// never scores lower than any of its parts. Nothing of this depends on an ID.
func Moments(sets []Observation) iter.Seq[Observation] {
	return func(yield func(Observation) bool) {
		for i := 0; i < len(sets); {
			if sets[i].Future {
				i++
				continue
			}
			n := i + 1
			for n < len(sets) && !sets[n].Future && sets[n].Taken.Equal(sets[i].Taken) {
				n++
			}
			if !yield(joined(sets[i:n])) {
				return
			}
			i = n
		}
	}
}

// joined is one set of all sets of one moment. Its ID, source and author are those of
// the part that scores highest.
func joined(sets []Observation) Observation {
	if len(sets) == 1 {
		return sets[0]
	}
	parts := slices.SortedFunc(slices.Values(sets), heavier)
	out := parts[0]
	out.Remarks = nil
	for _, o := range parts {
		out.Received = later(out.Received, o.Received)
		out.NotDone = cmp.Or(out.NotDone, o.NotDone)
		out.Scale2 = out.Scale2 || o.Scale2
		out.Remarks = append(out.Remarks, o.Remarks...)
		if o.Oxygen != nil && (out.Oxygen == nil || *o.Oxygen) {
			out.Oxygen = o.Oxygen // where they disagree, oxygen counts: it scores
		}
	}
	for _, sign := range scored {
		if best, any := standing(parts, sign, out.Oxygen); any {
			out.put(sign, best)
		}
	}
	if out.SBP == nil || out.DBP == nil {
		if best, any := standing(parts, DiastolicPressure, nil); any {
			out.put(DiastolicPressure, best)
		}
	}
	return out
}

// standing is the part whose reading of a sign stands, if any has one.
func standing(parts []Observation, sign Quantity, oxygen *bool) (best Observation, any bool) {
	for _, o := range parts {
		if o.Oxygen = oxygen; o.has(sign) && (!any || Worse(sign, o, best) < 0) {
			best, any = o, true
		}
	}
	return best, any
}

// scored are the signs with points of their own, beside oxygen.
var scored = []Quantity{RespirationRate, OxygenSaturation, SystolicPressure, PulseRate, BodyTemperature, ConsciousLevel}

// heavierBy are all signs by which two sets can differ.
var heavierBy = append([]Quantity{DiastolicPressure}, scored...)

func (o Observation) has(sign Quantity) bool {
	return o.Value(sign) != nil || sign == ConsciousLevel && o.ACVPU != NotAssessed
}

// put takes over a sign from another set, with what it is read by: the scale of a
// saturation, the diastolic pressure of the same cuff.
func (o *Observation) put(sign Quantity, from Observation) {
	switch sign {
	case RespirationRate:
		o.RR = from.RR
	case OxygenSaturation:
		o.SpO2, o.Scale2 = from.SpO2, from.Scale2
	case SystolicPressure:
		o.SBP, o.DBP = from.SBP, from.DBP
	case DiastolicPressure:
		o.DBP = from.DBP
	case PulseRate:
		o.Pulse = from.Pulse
	case BodyTemperature:
		o.Temp = from.Temp
	case ConsciousLevel:
		o.ACVPU = from.ACVPU
	}
}

// Worse orders two readings of one sign at one moment, each in a set that says by which
// scale and on how much oxygen it is read: the one with more points stands, and of
// equal points the one that is further on the side on which a patient of a ward is
// mostly lost.
func Worse(sign Quantity, a, b Observation) int {
	return cmp.Or(cmp.Compare(pointsOf(b, sign), pointsOf(a, sign)), cmp.Compare(further(b, sign), further(a, sign)))
}

func pointsOf(o Observation, sign Quantity) int {
	one := Observation{Oxygen: o.Oxygen}
	one.put(sign, o)
	s := NEWS2(one)
	return s.Total - s.Points[Oxygen].Points
}

func further(o Observation, sign Quantity) float64 {
	v := o.Value(sign)
	switch {
	case sign == ConsciousLevel:
		return float64(strings.Index("ACVPU", string(o.ACVPU)))
	case v == nil:
		return 0
	case sign == OxygenSaturation, sign == SystolicPressure, sign == DiastolicPressure:
		return -*v
	}
	return *v
}

// heavier orders the sets of one moment by what they say, and by their IDs only where
// they say the same.
func heavier(a, b Observation) int {
	by := cmp.Compare(NEWS2(b).Total, NEWS2(a).Total)
	for _, sign := range heavierBy {
		by = cmp.Or(by, cmp.Compare(further(b, sign), further(a, sign)))
	}
	return cmp.Or(by, a.Received.Compare(b.Received), cmp.Compare(a.Source, b.Source), cmp.Compare(a.By, b.By),
		cmp.Compare(a.NotDone, b.NotDone), cmp.Compare(a.ID, b.ID))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
