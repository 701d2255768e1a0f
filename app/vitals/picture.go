package vitals

import (
	"slices"
	"time"
)

// Picture is what is known of a patient's signs: of each the newest value since all
// seven were last measured at one moment. What was measured later for one sign says
// nothing of the others, and takes none of them away.
type Picture struct {
	// Values is one set of those values, with the remarks on them. Its ID, times,
	// source and author are those of the newest moment in it.
	Values Observation
	// At is when each of Values was measured: the signs, and oxygen as [OxygenDevice]. A saturation that was
	// measured on oxygen is read with it until the next one: of what comes to more, nobody measured it on air.
	At map[Quantity]time.Time
	// Complete is the last moment at which all seven were measured; the zero set if
	// there was none.
	Complete Observation

	oxygen   *bool     // as it was said last, whatever the saturation is read with
	oxygenAt time.Time // when that was
	onOxygen bool      // the saturation was measured on oxygen

	steps []step
}

// step is what was known once a moment had been added.
type step struct {
	taken time.Time
	score Score
}

// PictureOf is the picture that sets (newest first) give. It reports false if nothing
// was measured. What is dated in the future is not part of it.
func PictureOf(sets []Observation) (p Picture, any bool) {
	var since []Observation
	for o := range Moments(sets) {
		if !o.Measured() {
			continue
		}
		since = append(since, o)
		if NEWS2(o).Complete {
			p.Complete = o
			break
		}
	}
	p.At = map[Quantity]time.Time{}
	for _, o := range slices.Backward(since) {
		p.add(o)
		p.steps = append(p.steps, step{o.Taken, p.score()})
	}
	return p, len(since) > 0
}

// Whole reports whether all seven were ever measured at one moment.
func (p Picture) Whole() bool { return p.Complete.Measured() }

// Mixed reports whether its values are of several moments.
func (p Picture) Mixed() bool {
	for _, at := range p.At {
		if !at.Equal(p.Values.Taken) {
			return true
		}
	}
	return false
}

// add takes over what was measured at a later moment.
func (p *Picture) add(o Observation) {
	was := p.Values
	p.Values = o
	p.Values.RR, p.Values.SpO2, p.Values.Oxygen, p.Values.SBP, p.Values.DBP = was.RR, was.SpO2, was.Oxygen,
		was.SBP, was.DBP
	p.Values.Pulse, p.Values.ACVPU, p.Values.Temp, p.Values.Scale2 = was.Pulse, was.ACVPU, was.Temp, was.Scale2
	p.Values.Received = later(was.Received, o.Received)
	p.breathe(o)
	for _, sign := range heavierBy {
		if !o.has(sign) {
			continue
		}
		p.Values.put(sign, o)
		p.At[sign] = o.Taken
	}
	if o.SBP != nil && o.DBP == nil {
		delete(p.At, DiastolicPressure) // the diastolic pressure is of the same cuff, or of none
	}
	p.Values.Remarks = slices.Clone(o.Remarks)
	for _, r := range was.Remarks {
		if at, has := p.At[r.Of]; has && !at.Equal(o.Taken) {
			p.Values.Remarks = append(p.Values.Remarks, r)
		}
	}
}

// breathe takes over what was said of oxygen. Oxygen alone counts at once, air alone only beside a saturation that was
// not measured on oxygen.
func (p *Picture) breathe(o Observation) {
	if o.Oxygen != nil {
		p.oxygen, p.oxygenAt = o.Oxygen, o.Taken
	}
	if p.oxygen == nil {
		return
	}
	if o.SpO2 != nil {
		p.onOxygen = *p.oxygen
	}
	if *p.oxygen || !p.onOxygen {
		p.Values.Oxygen, p.At[OxygenDevice] = p.oxygen, p.oxygenAt
	}
}

// score is what the picture comes to: the last complete score, unless the newer values
// beside what is left of it come to more. That sum is a lower bound.
func (p Picture) score() Score {
	if p.stands() {
		return NEWS2(p.Complete)
	}
	sum := NEWS2(p.Values)
	sum.Complete = sum.Complete && !p.Mixed()
	if p.Whole() {
		sum.atLeast(NEWS2(p.Complete))
	}
	return sum
}

// stands reports whether the score is that of the last complete moment.
func (p Picture) stands() bool { return p.Whole() && !higher(NEWS2(p.Values), NEWS2(p.Complete)) }
