package vitals_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/vitals"
)

// only is a set of nothing but what change puts in.
func only(hour float64, change func(*vitals.Observation)) vitals.Observation {
	return dated(hour, hour, func(o *vitals.Observation) {
		o.RR, o.SpO2, o.SBP, o.DBP, o.Pulse, o.Temp, o.Oxygen, o.ACVPU = nil, nil, nil, nil, nil, nil, nil, ""
		change(o)
	})
}

// A set that is not complete hides no complete one, and shows what is worse. Seen red
// with the newest moment alone: 0 of one part, and due in four hours.
func TestAPartHidesNoWhole(t *testing.T) {
	warm := func(o *vitals.Observation) { o.Temp = f(36.8) }
	fast := func(o *vitals.Observation) { o.RR = f(25) }
	slow := func(o *vitals.Observation) { o.RR = f(16) }
	three := func(o *vitals.Observation) { o.RR, o.Pulse = f(22), f(95) }
	at := func(h float64) time.Time { return dated(h, h, same).Taken }
	for _, c := range []struct {
		name     string
		sets     []vitals.Observation // newest first
		total    int
		risk     vitals.Risk
		complete bool
		due      time.Time
	}{
		{"a temperature after an 8", []vitals.Observation{only(0, warm), dated(-0.2, 0, ill)}, 8, vitals.RiskHigh, true,
			at(0.3)},
		{"RR 25 after a 3", []vitals.Observation{only(2.2, fast), dated(0, 0, three)}, 4, vitals.RiskLowMedium, false,
			at(3.2)},
		{"and normal again: the score, not the due time",
			[]vitals.Observation{only(2.4, slow), only(2.2, fast), dated(0, 0, three)}, 3, vitals.RiskLow, true,
			at(3.2)},
		{"a part of what is better", []vitals.Observation{only(1, slow), dated(0, 0, ill)}, 8, vitals.RiskHigh, true,
			at(0.5)},
		{"parts alone are a lower bound", []vitals.Observation{only(1, fast), only(0, warm)}, 3, vitals.RiskLowMedium,
			false, at(2)},
		{"more points, and no single 3 any more: the band of the whole set stands", []vitals.Observation{
			only(0.5, func(o *vitals.Observation) { o.RR, o.Temp, o.Pulse = f(21), f(38.5), f(95) }), dated(0, 0, fast)},
			4, vitals.RiskLowMedium, false, at(1)},
		{"a whole set later ends it", []vitals.Observation{dated(1, 1, same), only(0.5, fast), dated(0, 0, ill)}, 0,
			vitals.RiskLow, true, at(13)},
	} {
		r, ok := vitals.Raised(c.sets)
		if s := r.Score; !ok || s.Total != c.total || s.Risk != c.risk || s.Complete != c.complete {
			t.Errorf("%s: total %d risk %q complete %v", c.name, s.Total, s.Risk, s.Complete)
		}
		if due := vitals.Chart4.Due(c.sets); !due.Equal(c.due) {
			t.Errorf("%s: due %v, want %v", c.name, due, c.due)
		}
	}
}

// A saturation that was measured on oxygen is not read as if on air once a set says "air" alone, on either scale: it
// keeps its oxygen until the next one. "Oxygen" alone counts at once, and air again beside a saturation that was
// measured on air.
//
// Seen red with air taken over at once: 97 % on oxygen was 5 and medium on scale 2, and with the oxygen of the picture
// taken for that of the saturation.
func TestASaturationKeepsItsOxygen(t *testing.T) {
	breathes := func(oxygen bool) func(*vitals.Observation) {
		return func(o *vitals.Observation) { o.Oxygen = &oxygen }
	}
	for _, scale2 := range []bool{true, false} {
		saturated := func(v float64, oxygen *bool) func(*vitals.Observation) {
			return func(o *vitals.Observation) { o.SpO2, o.Oxygen, o.Scale2 = f(v), oxygen, scale2 }
		}
		on, air := true, false
		whole := dated(0, 0, func(o *vitals.Observation) {
			o.Oxygen, o.Scale2, o.SpO2, o.RR, o.Pulse = &on, scale2, f(97), f(22), f(88)
		})
		if scale2 {
			whole.SpO2 = f(90)
		}
		high := map[bool]int{true: 3, false: 0}[scale2] // 97 % on oxygen
		for _, c := range []struct {
			name  string
			sets  []vitals.Observation // newest first, after the whole one
			total int
		}{
			{"on oxygen", []vitals.Observation{only(1, saturated(97, &on))}, 4 + high},
			{"then air alone", []vitals.Observation{only(2, breathes(false)), only(1, saturated(97, &on))}, 4 + high},
			{"then the breathing", []vitals.Observation{only(3, func(o *vitals.Observation) { o.RR = f(25) }),
				only(2, breathes(false)), only(1, saturated(97, &on))}, 5 + high},
			{"the saturation on air", []vitals.Observation{
				only(4, func(o *vitals.Observation) { o.RR = f(25) }), only(3, saturated(97, nil)),
				only(2, breathes(false)), only(1, saturated(97, &on))}, 4},
			{"air to oxygen", []vitals.Observation{only(3, func(o *vitals.Observation) { o.RR = f(25) }),
				only(2, breathes(true)), only(1, saturated(97, &air))}, 5 + high},
			{"and to air again", []vitals.Observation{only(4, func(o *vitals.Observation) { o.RR = f(25) }),
				only(3, breathes(false)), only(2, breathes(true)), only(1, saturated(97, &air))}, 4},
		} {
			r, _ := vitals.Raised(append(c.sets, whole))
			if r.Score.Total != c.total {
				t.Errorf("scale 2 %v, %s: %d, not %d", scale2, c.name, r.Score.Total, c.total)
			}
		}
	}
}

// A diastolic pressure is of the same cuff as its systolic one, or of none: one of an hour ago does not make the picture
// of several moments, nor stands there by its time. Seen red with its time left.
func TestAPressureIsOfOneCuff(t *testing.T) {
	pressure := func(s, d *float64) func(*vitals.Observation) {
		return func(o *vitals.Observation) { o.SBP, o.DBP = s, d }
	}
	p, _ := vitals.PictureOf([]vitals.Observation{only(1, pressure(f(130), nil)), only(0, pressure(f(120), f(80)))})
	if at, has := p.At[vitals.DiastolicPressure]; has || p.Mixed() || p.Values.DBP != nil || *p.Values.SBP != 130 {
		t.Errorf("diastolic of %v, mixed %v: %+v", at, p.Mixed(), p.Values)
	}
}

// someSet draws a set of an hour with some of the signs, or all.
func someSet(t *rapid.T, hour int) vitals.Observation {
	o := well()
	o.Taken = time.Date(2026, 3, 10, hour, 0, 0, 0, time.UTC)
	o.Received = o.Taken
	o.RR, o.SpO2 = f(rapid.Float64Range(8, 30).Draw(t, "rr")), f(rapid.Float64Range(85, 99).Draw(t, "spo2"))
	o.Pulse, o.Temp = f(rapid.Float64Range(40, 140).Draw(t, "hr")), f(rapid.Float64Range(35, 40).Draw(t, "t"))
	oxygen := rapid.Bool().Draw(t, "oxygen")
	o.Scale2 = rapid.Bool().Draw(t, "scale 2")
	o.Oxygen, o.ACVPU = &oxygen, rapid.SampledFrom([]vitals.Consciousness{"A", "A", "C", "V"}).Draw(t, "acvpu")
	if rapid.Bool().Draw(t, "whole") {
		return o
	}
	for n, lose := range []func(){func() { o.RR = nil }, func() { o.SpO2 = nil }, func() { o.Pulse = nil },
		func() { o.Temp = nil }, func() { o.Oxygen = nil }, func() { o.ACVPU = "" },
		func() { o.SBP, o.DBP = nil, nil }} {
		if n == 0 || rapid.Bool().Draw(t, "left out") {
			lose()
		}
	}
	return o
}

// reference is the rule said once more, plainly: the last complete score, or the newest
// value of each sign since then, whichever is more urgent; due by whichever asks first. The newest values are read
// twice, with the oxygen said last and with what was said when the saturation was measured: the worse counts.
func reference(sets []vitals.Observation) (total int, band vitals.Risk, due time.Time) {
	bands := []vitals.Risk{"", vitals.RiskLow, vitals.RiskLowMedium, vitals.RiskMedium, vitals.RiskHigh}
	var mix vitals.Observation
	var measuredOn *bool
	start := 0
	for n, o := range sets { // oldest first
		if vitals.NEWS2(o).Complete {
			start = n
		}
	}
	wholeTotal, wholeBand := 0, 0
	for n, o := range sets[start:] {
		if o.RR != nil {
			mix.RR = o.RR
		}
		if o.SpO2 != nil {
			mix.SpO2, mix.Scale2 = o.SpO2, o.Scale2
		}
		if o.SBP != nil {
			mix.SBP = o.SBP
		}
		if o.Pulse != nil {
			mix.Pulse = o.Pulse
		}
		if o.Temp != nil {
			mix.Temp = o.Temp
		}
		if o.Oxygen != nil {
			mix.Oxygen = o.Oxygen
		}
		if o.ACVPU != "" {
			mix.ACVPU = o.ACVPU
		}
		if o.SpO2 != nil {
			measuredOn = mix.Oxygen
		}
		s, then := vitals.NEWS2(mix), mix
		if then.Oxygen = measuredOn; measuredOn != nil {
			before := vitals.NEWS2(then)
			s.Total, s.Risk = max(s.Total, before.Total),
				bands[max(slices.Index(bands, s.Risk), slices.Index(bands, before.Risk))]
		}
		if n == 0 && s.Complete {
			wholeTotal, wholeBand = s.Total, slices.Index(bands, s.Risk)
		}
		total, band = max(s.Total, wholeTotal), bands[max(slices.Index(bands, s.Risk), wholeBand)]
		if band == "" {
			continue
		}
		wait := map[vitals.Risk]time.Duration{vitals.RiskHigh: 30 * time.Minute, vitals.RiskMedium: time.Hour,
			vitals.RiskLowMedium: time.Hour, vitals.RiskLow: 4 * time.Hour}[band]
		whole := n == 0 && s.Complete || wholeBand > 0 && s.Total <= wholeTotal &&
			slices.Index(bands, s.Risk) <= wholeBand
		if total == 0 && whole {
			wait = 12 * time.Hour
		}
		if next := o.Taken.Add(wait); due.IsZero() || next.Before(due) {
			due = next
		}
	}
	return total, band, due
}

// What a patient is shown with is what the plain rule says, in whatever order whole and
// partial sets came; and a part that is added never lowers nor postpones anything.
func TestAPictureIsAsTheRuleSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sets []vitals.Observation // oldest first
		for hour := range rapid.IntRange(1, 7).Draw(t, "sets") {
			o := someSet(t, hour)
			before := slices.Clone(sets)
			sets = append(sets, o)
			now := slices.Clone(sets)
			slices.Reverse(now)
			r, ok := vitals.Raised(now)
			due := vitals.Chart4.Due(now)
			total, band, wantDue := reference(sets)
			if ok != o.Measured() && len(sets) == 1 || r.Score.Total != total || r.Score.Risk != band ||
				!due.Equal(wantDue) {
				t.Fatalf("total %d %s due %v, want %d %s %v", r.Score.Total, r.Score.Risk, due, total, band, wantDue)
			}
			slices.Reverse(before)
			was, _ := vitals.Raised(before)
			if wasDue := vitals.Chart4.Due(before); was.Picture.Whole() && !vitals.NEWS2(o).Complete &&
				(r.Score.Total < vitals.NEWS2(was.Picture.Complete).Total || due.After(wasDue)) {
				t.Fatalf("a part lowered %d to %d, due %v to %v", was.Score.Total, r.Score.Total, wasDue, due)
			}
		}
	})
}
