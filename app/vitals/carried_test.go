package vitals_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// A set that is not complete is shown with the score that stood, and that is said; one that makes the patient worse has
// a score of its own, and so has a complete one.
//
// Seen red with nothing taken for carried: the table of sets wrote 11 below a set that measured a temperature alone.
func TestAStandingScoreIsCarried(t *testing.T) {
	at := time.Date(2026, 11, 30, 23, 10, 0, 0, time.UTC)
	num := func(v float64) *float64 { return &v }
	air := false
	whole := vitals.Observation{ID: "whole", Taken: at, Received: at, RR: num(18), SpO2: num(96), Oxygen: &air,
		SBP: num(120), DBP: num(80), Pulse: num(80), ACVPU: vitals.Alert, Temp: num(37)}
	partial := func(id string, temp, rr *float64) vitals.Observation {
		later := at.Add(time.Hour)
		return vitals.Observation{ID: id, Taken: later, Received: later, Temp: temp, RR: rr}
	}
	for _, c := range []struct {
		set     vitals.Observation
		carried bool
	}{{whole, false}, {partial("calm", num(37.2), nil), true}, {partial("worse", nil, num(30)), false}} {
		sets := []vitals.Observation{whole}
		if c.set.ID != whole.ID {
			sets = []vitals.Observation{c.set, whole}
		}
		if _, carried := vitals.ShownWith(sets, c.set); carried != c.carried {
			t.Errorf("%s: carried %v", c.set.ID, carried)
		}
	}
}
