package vitals_test

import (
	"errors"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/vitals/newstest"
)

// Every value of every row, in steps of one (of a tenth for the temperature),
// scores what the printed chart says.
func TestEveryValueOfTheChart(t *testing.T) {
	for row, c := range map[string]struct {
		from, to, step float64
		p              vitals.Parameter
		set            func(*vitals.Observation, float64)
	}{
		"rr":   {0, 80, 1, vitals.RR, func(o *vitals.Observation, v float64) { o.RR = &v }},
		"spo2": {50, 100, 1, vitals.SpO2, func(o *vitals.Observation, v float64) { o.SpO2 = &v }},
		"spo2*a": {50, 100, 1, vitals.SpO2,
			func(o *vitals.Observation, v float64) { o.SpO2, o.Scale2, o.Oxygen = &v, true, b(false) }},
		"spo2*o": {50, 100, 1, vitals.SpO2,
			func(o *vitals.Observation, v float64) { o.SpO2, o.Scale2, o.Oxygen = &v, true, b(true) }},
		"sbp":  {40, 300, 1, vitals.SBP, func(o *vitals.Observation, v float64) { o.SBP = &v }},
		"hr":   {10, 250, 1, vitals.Pulse, func(o *vitals.Observation, v float64) { o.Pulse = &v }},
		"temp": {30, 43, 0.1, vitals.Temp, func(o *vitals.Observation, v float64) { o.Temp = &v }},
	} {
		for i := range int(math.Round((c.to-c.from)/c.step)) + 1 {
			v := math.Round((c.from+float64(i)*c.step)*10) / 10
			var o vitals.Observation
			c.set(&o, v)
			if got, want := vitals.NEWS2(o).Points[c.p].Points, newstest.Look(row, v); got != want {
				t.Errorf("%s %v: %d, the chart says %d", row, v, got, want)
			}
		}
	}
}

// The score of an observation, as its own type, agrees on all of them.
func TestAgreesWithTheChart(t *testing.T) {
	num := func(s string) *float64 {
		if s == "" {
			return nil
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return &v
	}
	sets := newstest.Sets()
	for _, s := range sets {
		o := vitals.Observation{RR: num(s.RR), SpO2: num(s.SpO2), SBP: num(s.SBP), Pulse: num(s.HR), Temp: num(s.Temp),
			ACVPU: vitals.Consciousness(s.ACVPU), Scale2: s.Scale == "2"}
		if s.O2 != "" {
			o.Oxygen = b(s.O2 == "1")
		}
		total, risk, complete := newstest.Score(s)
		if got := vitals.NEWS2(o); got.Total != total || string(got.Risk) != risk || got.Complete != complete {
			t.Fatalf("%+v: %d %s %v, the chart says %d %s %v", s, got.Total, got.Risk, got.Complete, total, risk,
				complete)
		}
	}
	t.Logf("%d sets", len(sets))
}

// A ward may observe more often than the national minimum, never less: the chart gives 4 to 6 hours for a total of 1-4.
// Seen red with Low's limit that of Chart4, 4 h.
func TestIntervals(t *testing.T) {
	iv, err := vitals.ParseIntervals(" 8h, 4h,1h,30m,15m")
	if err != nil || iv.Zero != 8*time.Hour || iv.HighEvery != 15*time.Minute {
		t.Fatalf("%+v %v", iv, err)
	}
	if back, err := vitals.ParseIntervals(iv.String()); err != nil || back != iv {
		t.Errorf("%q: %+v %v", iv.String(), back, err)
	}
	if _, err := vitals.ParseIntervals("12h,6h,1h,1h,1h"); err != nil {
		t.Errorf("the most that the chart allows: %v", err)
	}
	if iv, err := vitals.ParseIntervals(""); err != nil || iv != (vitals.Intervals{}) || iv.String() != "" ||
		iv.OrChart4() != vitals.Chart4 {
		t.Errorf("empty: %+v %v", iv, err)
	}
	for _, bad := range []string{"12h", "13h,4h,1h,1h,30m", "12h,7h,1h,1h,30m", "12h,4h,61m,1h,30m", "12h,4h,1h,2h,30m",
		"12h,4h,1h,1h,2h", "12h,361m,1h,1h,30m", "12h,4h,1h,1h,61m",
		"0,4h,1h,1h,30m", "x,4h,1h,1h,30m", "12h,4h,1h,1h,-30m"} {
		if _, err := vitals.ParseIntervals(bad); !errors.Is(err, vitals.ErrIntervals) {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}
