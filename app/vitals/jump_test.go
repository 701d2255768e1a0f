package vitals_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// scoring is a complete set that comes to a NEWS2 total of 0, 2, 7 or 9.
func scoring(t *testing.T, id string, total int, at time.Time) vitals.Observation {
	t.Helper()
	n := func(v float64) *float64 { return &v }
	oxygen := total >= 2
	o := vitals.Observation{ID: id, By: "chen", Taken: at, Received: at, RR: n(16), SpO2: n(97), Oxygen: &oxygen,
		SBP: n(120), Pulse: n(70), ACVPU: vitals.Alert, Temp: n(37)}
	if total >= 7 {
		o.RR, o.Pulse = n(23), n(140)
	}
	if total >= 9 {
		o.Temp = n(39.5)
	}
	if got := vitals.NEWS2(o); got.Total != total || !got.Complete {
		t.Fatalf("the set of %d comes to %+v", total, got)
	}
	return o
}

// What is asked about after a save, and what is not. Seen red with the lower score not
// asked to be complete (a single pulse after a full set "fell"), with the hour left out, and
// with the points of a part alone told (7 where every board shows 9).
func TestJumpOfAScore(t *testing.T) {
	at := time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	ago := func(m int) time.Time { return at.Add(-time.Duration(m) * time.Minute) }
	pulse := func(id string, when time.Time) vitals.Observation {
		v := 70.0
		return vitals.Observation{ID: id, Taken: when, Pulse: &v, ACVPU: vitals.Pain}
	}
	future := scoring(t, "future", 9, ago(5))
	future.Future = true
	for name, c := range map[string]struct {
		sets     []vitals.Observation
		mine     vitals.Observation
		from, to int
		within   time.Duration
		none     bool
	}{
		"rose": {[]vitals.Observation{scoring(t, "a", 2, ago(40))}, scoring(t, "m", 9, at), 2, 9, 40 * time.Minute,
			false},
		"fell":  {[]vitals.Observation{scoring(t, "a", 9, ago(60))}, scoring(t, "m", 2, at), 9, 2, time.Hour, false},
		"five":  {[]vitals.Observation{scoring(t, "a", 2, ago(1))}, scoring(t, "m", 7, at), 2, 7, time.Minute, false},
		"two":   {[]vitals.Observation{scoring(t, "a", 7, ago(1))}, scoring(t, "m", 9, at), 0, 0, 0, true},
		"late":  {[]vitals.Observation{scoring(t, "a", 2, ago(61))}, scoring(t, "m", 9, at), 0, 0, 0, true},
		"first": {nil, scoring(t, "m", 9, at), 0, 0, 0, true},
		"itself": {[]vitals.Observation{scoring(t, "m", 2, at)}, scoring(t, "m", 9, at), 0, 0, 0,
			true},
		"entered late, before a set of another": {[]vitals.Observation{scoring(t, "a", 9, at)},
			scoring(t, "m", 2, ago(30)), 2, 9, 30 * time.Minute, false},
		"the nearest of two": {[]vitals.Observation{scoring(t, "a", 0, ago(10)), scoring(t, "b", 2, ago(50))},
			scoring(t, "m", 9, at), 0, 9, 10 * time.Minute, false},
		"a part of a set after a whole one is no fall": {[]vitals.Observation{scoring(t, "a", 9, ago(10))},
			pulse("m", at), 0, 0, 0, true},
		"a whole one after a part is no rise": {[]vitals.Observation{pulse("a", ago(10))}, scoring(t, "m", 9, at),
			0, 0, 0, true},
		"a whole low one after a high part fell": {[]vitals.Observation{partOf9(t, ago(10))}, scoring(t, "m", 2, at), 7,
			2, 10 * time.Minute, false},
		"a high part after a whole low one rose to what the board shows": {
			[]vitals.Observation{scoring(t, "a", 2, ago(10))}, unsaidOxygen(scoring(t, "m", 9, at)), 2, 9,
			10 * time.Minute, false},
		"dated in the future": {[]vitals.Observation{future}, scoring(t, "m", 2, at), 0, 0, 0, true},
	} {
		j, found := vitals.JumpOf(c.sets, c.mine)
		if found == c.none {
			t.Errorf("%s: found %v, %+v", name, found, j)
			continue
		}
		if !c.none && (j.From.Total != c.from || j.To.Total != c.to || j.Within() != c.within ||
			j.Rose() != (c.to > c.from)) {
			t.Errorf("%s: from %d to %d within %v", name, j.From.Total, j.To.Total, j.Within())
		}
	}
}

// partOf9 is a set of 9 without its temperature: at least 7.
func partOf9(t *testing.T, at time.Time) vitals.Observation {
	o := scoring(t, "part", 9, at)
	o.Temp = nil
	return o
}

// unsaidOxygen is a set without whether the patient breathes oxygen: 2 points of the set before still count.
func unsaidOxygen(o vitals.Observation) vitals.Observation {
	o.Oxygen = nil
	return o
}

// Two sets minutes apart are asked about where two people charted them. Seen red with
// the limit of time left out, and with a device's sets asked about, too.
func TestNearSets(t *testing.T) {
	at := time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	of := func(id, by string, min int) vitals.Observation {
		o := scoring(t, id, 2, at.Add(time.Duration(min)*time.Minute))
		o.By = by
		return o
	}
	future := of("f", "diaz", 1)
	future.Future = true
	refused := vitals.Observation{ID: "r", By: "diaz", Taken: at, NotDone: vitals.Refused}
	for name, c := range map[string]struct {
		sets []vitals.Observation
		want string
	}{
		"before":        {[]vitals.Observation{of("a", "diaz", -9)}, "a"},
		"after":         {[]vitals.Observation{of("a", "diaz", 10)}, "a"},
		"nearest":       {[]vitals.Observation{of("a", "diaz", 5), of("b", "roy", -2)}, "b"},
		"too far":       {[]vitals.Observation{of("a", "diaz", -11)}, ""},
		"her own":       {[]vitals.Observation{of("a", "chen", -2)}, ""},
		"of a monitor":  {[]vitals.Observation{of("a", "", 0)}, ""},
		"in the future": {[]vitals.Observation{future}, ""},
		"only a reason": {[]vitals.Observation{refused}, ""},
		"nothing there": {nil, ""},
	} {
		if near, found := vitals.Near(c.sets, of("m", "chen", 0)); near.ID != c.want || found != (c.want != "") {
			t.Errorf("%s: %q, %v", name, near.ID, found)
		}
	}
}
