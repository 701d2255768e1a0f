package hl7

import (
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// sameSet is how far apart values of one order may be measured and still be
// one set. Later ones make another: an old value must not pose as a new one.
const sameSet = 2 * time.Minute

// set is a set of observations that is being put together.
type set struct {
	first, last time.Time
	has         map[parameter]bool
	corrects    bool
	o           vitals.Observation
	// What tells of oxygen; nil is not said.
	flow, fraction *float64
	device         string
}

// vital puts one vital sign into the set it belongs to.
func (r *reporter) vital(p parameter, text, where string, obx Segment, at time.Time, status string) {
	s := r.setFor(p, at)
	s.has[p] = true
	switch status {
	case "C", "X", "D", "W":
		s.corrects = true
	}
	if text == "" {
		return // withdrawn or not obtained: measured as nothing
	}
	switch p {
	case consciousness:
		level, known := consciousnessOf(text)
		if !known {
			r.warnf("%s: consciousness is none of A, C, V, P, U", where)
		}
		s.o.ACVPU = level
		return
	case oxygenDevice:
		s.device = text
		return
	}
	fits, inFahrenheit := unitFits(p, obx.Text(6, 1))
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && inFahrenheit {
		v = (v - 32) * 5 / 9
	}
	switch limits := possible[p]; {
	case !fits:
		r.warnf("%s: %s in unit %.24q is not read as a vital sign", where, p, obx.Text(6, 1))
		return
	case err != nil:
		r.warnf("%s: %s is no number", where, p)
		return
	case !(v >= limits[0] && v <= limits[1]): // also what is not a number at all
		r.warnf("%s: %s is not possible", where, p)
		return
	}
	*s.field(p) = &v
}

func (s *set) field(p parameter) **float64 {
	return map[parameter]**float64{respRate: &s.o.RR, spo2: &s.o.SpO2, systolic: &s.o.SBP, diastolic: &s.o.DBP,
		heartRate: &s.o.Pulse, temperature: &s.o.Temp, oxygenFlow: &s.flow, oxygenFraction: &s.fraction}[p]
}

// setFor is the set of this order that a value of this time belongs to.
func (r *reporter) setFor(p parameter, at time.Time) *set {
	for _, s := range r.sets {
		if d := at.Sub(s.first).Abs(); d <= sameSet && !s.has[p] {
			if at.After(s.last) {
				s.last = at
			}
			return s
		}
	}
	s := &set{first: at, last: at, has: map[parameter]bool{}}
	r.sets = append(r.sets, s)
	return s
}

// observation is the finished set.
func (s *set) observation() vitals.Observation {
	o := s.o
	o.Taken = s.last
	o.Oxygen = s.oxygen()
	return o
}

// over is an earlier set with what this one says of it: a value that was
// withdrawn is gone, one that is not spoken of stays.
func (s *set) over(old vitals.Observation) vitals.Observation {
	if s.has[respRate] {
		old.RR = s.o.RR
	}
	if s.has[spo2] {
		old.SpO2 = s.o.SpO2
	}
	if s.has[systolic] {
		old.SBP = s.o.SBP
	}
	if s.has[diastolic] {
		old.DBP = s.o.DBP
	}
	if s.has[heartRate] {
		old.Pulse = s.o.Pulse
	}
	if s.has[temperature] {
		old.Temp = s.o.Temp
	}
	if s.has[consciousness] {
		old.ACVPU = s.o.ACVPU
	}
	if s.has[oxygenFlow] || s.has[oxygenFraction] || s.has[oxygenDevice] {
		old.Oxygen = s.oxygen()
	}
	return old
}

// oxygen tells whether the patient breathes more than air, if anything says so.
// Where sources disagree, oxygen counts: it scores.
func (s *set) oxygen() *bool {
	yes, no := true, false
	var said *bool
	for _, v := range []struct {
		value *float64
		air   float64
	}{{s.flow, 0}, {s.fraction, 21}} {
		if v.value == nil {
			continue
		}
		if *v.value > v.air {
			return &yes
		}
		said = &no
	}
	switch strings.ToLower(s.device) {
	case "":
		return said
	case "air", "room air", "none", "ra", "no":
		return &no
	}
	return &yes
}

// consciousnessOf reads a level of AVPU or ACVPU. "Confused" alone may be old;
// only C and "new confusion" mean what NEWS2 scores.
func consciousnessOf(text string) (vitals.Consciousness, bool) {
	switch strings.ToLower(text) {
	case "a", "alert":
		return vitals.Alert, true
	case "c", "new confusion", "newly confused":
		return vitals.Confused, true
	case "v", "voice", "verbal", "responds to voice":
		return vitals.Voice, true
	case "p", "pain", "responds to pain":
		return vitals.Pain, true
	case "u", "unresponsive":
		return vitals.Unresponsive, true
	}
	return vitals.NotAssessed, false
}
