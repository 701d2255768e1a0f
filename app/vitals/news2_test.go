package vitals_test

import (
	"math/rand/v2"
	"testing"

	"github.com/wardlight/wardlight/app/vitals"
)

func f(v float64) *float64 { return &v }
func b(v bool) *bool       { return &v }

// well scores 0 in every parameter.
func well() vitals.Observation {
	return vitals.Observation{RR: f(16), SpO2: f(97), Oxygen: b(false), SBP: f(120), Pulse: f(70),
		ACVPU: vitals.Alert, Temp: f(37)}
}

// TestEveryRowBoundary holds the table of the RCP chart: each row's first and
// last value. Seen red: each comparison in news2.go moved by one fails here.
func TestEveryRowBoundary(t *testing.T) {
	type row struct {
		value  float64
		points int
	}
	for _, c := range []struct {
		name string
		p    vitals.Parameter
		set  func(*vitals.Observation, float64)
		rows []row
	}{
		{"RR", vitals.RR, func(o *vitals.Observation, v float64) { o.RR = &v },
			[]row{{0, 3}, {8, 3}, {9, 1}, {11, 1}, {12, 0}, {20, 0}, {21, 2}, {24, 2}, {25, 3}, {60, 3}}},
		{"SpO2 scale 1", vitals.SpO2, func(o *vitals.Observation, v float64) { o.SpO2 = &v },
			[]row{{60, 3}, {91, 3}, {92, 2}, {93, 2}, {94, 1}, {95, 1}, {96, 0}, {100, 0}}},
		{"SpO2 scale 1 on oxygen", vitals.SpO2,
			func(o *vitals.Observation, v float64) { o.SpO2, o.Oxygen = &v, b(true) },
			[]row{{91, 3}, {93, 2}, {95, 1}, {96, 0}, {100, 0}}},
		{"SpO2 scale 2 on air", vitals.SpO2, func(o *vitals.Observation, v float64) { o.SpO2, o.Scale2 = &v, true },
			[]row{{60, 3}, {83, 3}, {84, 2}, {85, 2}, {86, 1}, {87, 1}, {88, 0}, {92, 0}, {93, 0}, {96, 0}, {97, 0},
				{100, 0}}},
		{"SpO2 scale 2 on oxygen", vitals.SpO2,
			func(o *vitals.Observation, v float64) { o.SpO2, o.Scale2, o.Oxygen = &v, true, b(true) },
			[]row{{83, 3}, {84, 2}, {85, 2}, {86, 1}, {87, 1}, {88, 0}, {92, 0}, {93, 1}, {94, 1}, {95, 2}, {96, 2},
				{97, 3}, {100, 3}}},
		{"SBP", vitals.SBP, func(o *vitals.Observation, v float64) { o.SBP = &v },
			[]row{{40, 3}, {90, 3}, {91, 2}, {100, 2}, {101, 1}, {110, 1}, {111, 0}, {219, 0}, {220, 3}, {260, 3}}},
		{"pulse", vitals.Pulse, func(o *vitals.Observation, v float64) { o.Pulse = &v },
			[]row{{20, 3}, {40, 3}, {41, 1}, {50, 1}, {51, 0}, {90, 0}, {91, 1}, {110, 1}, {111, 2}, {130, 2}, {131, 3},
				{190, 3}}},
		{"temperature", vitals.Temp, func(o *vitals.Observation, v float64) { o.Temp = &v },
			[]row{{33, 3}, {35.0, 3}, {35.1, 1}, {36.0, 1}, {36.1, 0}, {38.0, 0}, {38.1, 1}, {39.0, 1}, {39.1, 2},
				{41, 2}}},
	} {
		for _, r := range c.rows {
			o := well()
			c.set(&o, r.value)
			s := vitals.NEWS2(o)
			if got := s.Points[c.p]; !got.Measured || got.Points != r.points {
				t.Errorf("%s %v: %+v, want %d", c.name, r.value, got, r.points)
			}
			want := r.points
			if *o.Oxygen {
				want += 2
			}
			if s.Total != want || !s.Complete {
				t.Errorf("%s %v: total %d, want %d", c.name, r.value, s.Total, want)
			}
		}
	}
	for level, points := range map[vitals.Consciousness]int{vitals.Alert: 0, vitals.Confused: 3, vitals.Voice: 3,
		vitals.Pain: 3, vitals.Unresponsive: 3} {
		o := well()
		o.ACVPU = level
		if got := vitals.NEWS2(o).Points[vitals.ACVPU].Points; got != points {
			t.Errorf("%s: %d, want %d", level, got, points)
		}
	}
	o := well()
	o.Oxygen = b(true)
	if got := vitals.NEWS2(o).Points[vitals.Oxygen].Points; got != 2 {
		t.Errorf("oxygen: %d, want 2", got)
	}
}

// Trap 1: bands follow the total first, the single 3 only below 5.
func TestRiskBands(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*vitals.Observation)
		total  int
		risk   vitals.Risk
	}{
		{"nothing wrong", func(*vitals.Observation) {}, 0, vitals.RiskLow},
		{"4 without a 3", func(o *vitals.Observation) { o.RR, o.Pulse, o.SpO2 = f(22), f(95), f(95) }, 4,
			vitals.RiskLow},
		{"3 made of 1+1+1", func(o *vitals.Observation) { o.RR, o.Pulse, o.SpO2 = f(10), f(95), f(95) }, 3,
			vitals.RiskLow},
		{"3 in one", func(o *vitals.Observation) { o.RR = f(26) }, 3, vitals.RiskLowMedium},
		{"4 with a 3", func(o *vitals.Observation) { o.RR, o.Pulse = f(26), f(95) }, 4, vitals.RiskLowMedium},
		{"5 with a 3", func(o *vitals.Observation) { o.RR, o.Pulse = f(26), f(115) }, 5, vitals.RiskMedium},
		{"6 without a 3", func(o *vitals.Observation) { o.RR, o.Pulse, o.SpO2 = f(22), f(115), f(93) }, 6,
			vitals.RiskMedium},
		{"7", func(o *vitals.Observation) { o.RR, o.Pulse, o.SpO2 = f(26), f(115), f(93) }, 7, vitals.RiskHigh},
		{"20, the top", func(o *vitals.Observation) {
			*o = vitals.Observation{RR: f(40), SpO2: f(70), Oxygen: b(true), SBP: f(60), Pulse: f(160),
				ACVPU: vitals.Unresponsive, Temp: f(34)}
		}, 20, vitals.RiskHigh},
		{"nothing measured", func(o *vitals.Observation) { *o = vitals.Observation{DBP: f(60)} }, 0, vitals.RiskNone},
	} {
		o := well()
		c.change(&o)
		if s := vitals.NEWS2(o); s.Total != c.total || s.Risk != c.risk {
			t.Errorf("%s: %d %q, want %d %q", c.name, s.Total, s.Risk, c.total, c.risk)
		}
	}
}

// Trap 2: scale 2 needs both values. Without knowing about oxygen it is scored
// where oxygen makes no difference only.
func TestScale2WithoutOxygen(t *testing.T) {
	for v, measured := range map[float64]bool{80: true, 86: true, 92: true, 93: false, 98: false} {
		s := vitals.NEWS2(vitals.Observation{SpO2: f(v), Scale2: true})
		if s.Points[vitals.SpO2].Measured != measured || s.Complete {
			t.Errorf("%v %%, oxygen not known: %+v", v, s.Points[vitals.SpO2])
		}
	}
}

// Trap 3: scale 1 unless scale 2 was decided.
func TestScale1IsTheDefault(t *testing.T) {
	o := well()
	o.SpO2 = f(88)
	if got := vitals.NEWS2(o).Points[vitals.SpO2].Points; got != 3 {
		t.Errorf("88 %% without a decision for scale 2: %d, want 3", got)
	}
}

// Trap 4: the rounding is half up, to what is shown.
func TestRounding(t *testing.T) {
	for _, c := range []struct {
		p        vitals.Parameter
		in, want float64
	}{
		{vitals.Temp, 35.04, 35.0}, {vitals.Temp, 35.05, 35.1}, {vitals.Temp, 38.05, 38.1},
		{vitals.Temp, 39.0499, 39.0},
		{vitals.SpO2, 91.49, 91}, {vitals.SpO2, 91.5, 92}, {vitals.SpO2, 70.53, 71}, {vitals.RR, 24.5, 25},
		{vitals.SBP, 219.5, 220}, {vitals.Pulse, 130.4, 130},
	} {
		if got := vitals.Rounded(c.p, c.in); got != c.want {
			t.Errorf("parameter %d, %v: %v, want %v", c.p, c.in, got, c.want)
		}
	}
	o := well()
	o.Temp = f(35.05)
	if s := vitals.NEWS2(o); s.Total != 1 {
		t.Errorf("35.05 °C is scored as 35.1: total %d, want 1", s.Total)
	}
}

// Trap 5: what was not measured is not zero, but what was may already trigger.
func TestIncomplete(t *testing.T) {
	s := vitals.NEWS2(vitals.Observation{RR: f(16)})
	if s.Complete || !s.Any() || s.Total != 0 || s.Risk != vitals.RiskLow {
		t.Errorf("one value: %+v", s)
	}
	s = vitals.NEWS2(vitals.Observation{RR: f(26)})
	if s.Complete || s.Risk != vitals.RiskLowMedium {
		t.Errorf("a single 3 triggers without the rest: %+v", s)
	}
	s = vitals.NEWS2(vitals.Observation{RR: f(26), Pulse: f(120)})
	if s.Complete || s.Total != 5 || s.Risk != vitals.RiskMedium {
		t.Errorf("a partial 5 triggers: %+v", s)
	}
	if s = vitals.NEWS2(vitals.Observation{}); s.Any() || s.Risk != vitals.RiskNone {
		t.Errorf("nothing: %+v", s)
	}
}

// Trap 5, as a property: whatever is still missing, measuring it can only raise
// the total and the band.
//
// Seen red: with a missing parameter counted as 1 point (a guess), the total
// falls when it is measured.
func TestIncompleteIsALowerBound(t *testing.T) {
	order := map[vitals.Risk]int{vitals.RiskNone: 0, vitals.RiskLow: 1, vitals.RiskLowMedium: 2, vitals.RiskMedium: 3,
		vitals.RiskHigh: 4}
	r := rand.New(rand.NewPCG(2017, 12))
	levels := []vitals.Consciousness{vitals.Alert, vitals.Confused, vitals.Voice, vitals.Pain, vitals.Unresponsive}
	for range 20_000 {
		whole := vitals.Observation{RR: f(float64(r.IntN(50))), SpO2: f(60 + 40*r.Float64()), Oxygen: b(r.IntN(2) == 0),
			SBP: f(50 + 200*r.Float64()), Pulse: f(20 + 160*r.Float64()), ACVPU: levels[r.IntN(len(levels))],
			Temp: f(33 + 8*r.Float64()), Scale2: r.IntN(3) == 0}
		part := vitals.Observation{Scale2: whole.Scale2}
		last := vitals.NEWS2(part)
		for _, p := range r.Perm(7) {
			switch vitals.Parameter(p) {
			case vitals.RR:
				part.RR = whole.RR
			case vitals.SpO2:
				part.SpO2 = whole.SpO2
			case vitals.Oxygen:
				part.Oxygen = whole.Oxygen
			case vitals.SBP:
				part.SBP = whole.SBP
			case vitals.Pulse:
				part.Pulse = whole.Pulse
			case vitals.ACVPU:
				part.ACVPU = whole.ACVPU
			case vitals.Temp:
				part.Temp = whole.Temp
			}
			s := vitals.NEWS2(part)
			if s.Total < last.Total || order[s.Risk] < order[last.Risk] {
				t.Fatalf("measuring one more lowered the score: %+v, then %+v", last, s)
			}
			last = s
		}
		if !last.Complete || last.Total > 20 {
			t.Fatalf("all measured: %+v", last)
		}
	}
}

// Trap 6: AVPU's A is Alert; nothing but C is new confusion, and what is none
// of the levels is not scored.
func TestConsciousness(t *testing.T) {
	o := well()
	o.ACVPU = "X"
	if s := vitals.NEWS2(o); s.Complete || s.Points[vitals.ACVPU].Measured {
		t.Errorf("a level that is none was scored: %+v", s)
	}
	if vitals.Consciousness("X").Valid() || !vitals.NotAssessed.Valid() {
		t.Error("valid levels")
	}
}

// Trap 7: not under 16, not in pregnancy, and each says why. An age that is not known
// is an adult's: a deterioration would else be hidden.
//
// Seen red with an age below 0 taken for a child's, and with pregnancy asked after the age.
func TestStatesWhyThereIsNoScore(t *testing.T) {
	for _, c := range []struct {
		age      int
		pregnant bool
		scale2   bool
		want     vitals.NoScore
		reason   string
		scale    string
	}{
		{16, false, false, vitals.Scored, "", "SpO₂ scale 1"},
		{90, false, true, vitals.Scored, "", "SpO₂ scale 2"},
		{-1, false, false, vitals.Scored, "", "SpO₂ scale 1"},
		{15, false, false, vitals.Under16, "NEWS2 does not apply: under 16", "SpO₂"},
		{0, false, false, vitals.Under16, "NEWS2 does not apply: under 16", "SpO₂"},
		{15, false, true, vitals.Under16, "NEWS2 does not apply: under 16", "SpO₂ scale 2"},
		{30, true, false, vitals.Pregnancy, "NEWS2 does not apply: pregnancy", "SpO₂"},
		{15, true, false, vitals.Pregnancy, "NEWS2 does not apply: pregnancy", "SpO₂"},
	} {
		s := vitals.ScoringOf(c.age, c.pregnant, c.scale2)
		if s.None != c.want || s.Reason() != c.reason || s.Scale() != c.scale || s.Applies() != (c.want == "") {
			t.Errorf("%+v: %+v, %q, %q", c, s, s.Reason(), s.Scale())
		}
	}
}

// Trap 8: diastolic pressure is charted, not scored.
func TestDiastolicIsNotScored(t *testing.T) {
	o := well()
	for _, v := range []float64{10, 80, 150} {
		o.DBP = f(v)
		if s := vitals.NEWS2(o); s.Total != 0 {
			t.Errorf("diastolic %v: total %d", v, s.Total)
		}
	}
}

// Published examples: three sets of the open-eObs sample (valid for scale 1)
// and one of the Synanetics guide.
func TestPublishedExamples(t *testing.T) {
	sample := func(rr, spo2, temp, sbp, pulse float64) vitals.Observation {
		return vitals.Observation{RR: f(rr), SpO2: f(spo2), Oxygen: b(false), Temp: f(temp), SBP: f(sbp),
			Pulse: f(pulse), ACVPU: vitals.Alert}
	}
	for _, c := range []struct {
		o     vitals.Observation
		total int
		risk  vitals.Risk
	}{
		{sample(11, 99, 37.5, 120, 65), 1, vitals.RiskLow},
		{sample(11, 95, 36.0, 110, 50), 5, vitals.RiskMedium},
		{sample(25, 93, 38.5, 100, 130), 10, vitals.RiskHigh},
		{sample(22, 93, 38.5, 120, 100), 6, vitals.RiskMedium}, // RR 2 + pulse 1 + SpO2 2 + temperature 1
	} {
		if s := vitals.NEWS2(c.o); s.Total != c.total || s.Risk != c.risk {
			t.Errorf("%+v: %d %s, want %d %s", s.Points, s.Total, s.Risk, c.total, c.risk)
		}
	}
}
