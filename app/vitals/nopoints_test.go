package vitals_test

import (
	"math"
	"testing"

	"github.com/wardlight/wardlight/app/vitals"
)

// The range without points is that of NEWS2, to the step in which a parameter is scored: within it nothing scores, on
// air and on oxygen, and one step outside it something does, on oxygen at least. Above 100 % there is no saturation.
//
// Seen red with each end of each range moved by one step.
func TestNoPointsAreThoseOfNEWS2(t *testing.T) {
	for _, c := range []struct {
		p      vitals.Parameter
		scale2 bool
		step   float64
		most   float64
		put    func(*vitals.Observation, *float64)
	}{
		{vitals.RR, false, 1, 200, func(o *vitals.Observation, v *float64) { o.RR = v }},
		{vitals.SpO2, false, 1, 100, func(o *vitals.Observation, v *float64) { o.SpO2 = v }},
		{vitals.SpO2, true, 1, 100, func(o *vitals.Observation, v *float64) { o.SpO2 = v }},
		{vitals.SBP, false, 1, 400, func(o *vitals.Observation, v *float64) { o.SBP = v }},
		{vitals.Pulse, false, 1, 400, func(o *vitals.Observation, v *float64) { o.Pulse = v }},
		{vitals.Temp, false, 0.1, 50, func(o *vitals.Observation, v *float64) { o.Temp = v }},
	} {
		low, high := vitals.NoPoints(c.p, c.scale2)
		points := func(v float64, oxygen bool) int {
			o := vitals.Observation{Scale2: c.scale2, Oxygen: &oxygen}
			c.put(&o, &v)
			return vitals.NEWS2(o).Points[c.p].Points
		}
		for n := range int(math.Round(c.most/c.step)) + 1 {
			v := float64(n) * c.step
			in := v > low-c.step/2 && v < high+c.step/2
			if got := points(v, true); in != (got == 0) || in && points(v, false) != 0 {
				t.Errorf("parameter %d, scale 2 %v: %.1f scores %d, of %v to %v", c.p, c.scale2, v, got, low, high)
			}
		}
	}
	for _, p := range []vitals.Parameter{vitals.Oxygen, vitals.ACVPU} {
		if low, high := vitals.NoPoints(p, false); low != 0 || high != 0 {
			t.Errorf("parameter %d: %v to %v", p, low, high)
		}
	}
}

// Urgent is a total of 5 or more, whatever it is made of: a single 3 below that is not.
// Seen red with the low-medium risk called urgent.
func TestUrgentIsATotalOfFive(t *testing.T) {
	yes := true
	for total := range 12 {
		rr, pulse, temp, spo2 := 16.0, 70.0, 37.0, 97.0
		o := vitals.Observation{RR: &rr, Pulse: &pulse, Temp: &temp, SpO2: &spo2}
		for left := total; left > 0; {
			switch {
			case rr < 20 && left >= 3:
				rr, left = 26, left-3
			case pulse < 91 && left >= 3:
				pulse, left = 140, left-3
			case spo2 > 95 && left >= 3:
				spo2, left = 90, left-3
			case o.Oxygen == nil && left >= 2:
				o.Oxygen, left = &yes, left-2
			default:
				temp, left = 38.5, left-1
			}
		}
		s := vitals.NEWS2(o)
		if s.Total != total || s.Risk.Urgent() != (total >= 5) {
			t.Errorf("a total of %d, for %d: urgent %v", s.Total, total, s.Risk.Urgent())
		}
	}
}
