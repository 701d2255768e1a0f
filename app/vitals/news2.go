package vitals

import "math"

// Risk is the clinical risk band of a NEWS2 score.
type Risk string

// The bands, in rising order. LowMedium is a single parameter scoring 3 with a
// total below 5.
const (
	RiskNone      Risk = "" // nothing measured, or NEWS2 does not apply
	RiskLow       Risk = "low"
	RiskLowMedium Risk = "low-medium"
	RiskMedium    Risk = "medium"
	RiskHigh      Risk = "high"
)

// Parameter names one of the seven that NEWS2 scores.
type Parameter int

// The seven parameters in the order of the RCP chart.
const (
	RR Parameter = iota
	SpO2
	Oxygen
	SBP
	Pulse
	ACVPU
	Temp
	parameters
)

// Points is what one parameter scored.
type Points struct {
	Measured bool `json:"measured"`
	Points   int  `json:"points"`
}

// Score is a NEWS2 score with the reasons for it.
type Score struct {
	// Total is the sum of what was measured. With Complete false it is a lower
	// bound: the true score can only be higher.
	Total    int                `json:"total"`
	Complete bool               `json:"complete"`
	Risk     Risk               `json:"risk"`
	Points   [parameters]Points `json:"points"`
}

// Any reports whether anything at all was measured.
func (s Score) Any() bool {
	for _, p := range s.Points {
		if p.Measured {
			return true
		}
	}
	return false
}

// NEWS2 scores an observation by the table of the Royal College of Physicians,
// National Early Warning Score (NEWS) 2, 2017.
//
// The table defines whole numbers, and one decimal for temperature; values in
// between are rounded half up to those first ([Rounded]), as they are shown.
// A parameter that was not measured is not scored and makes the score
// incomplete. NEWS2 is not for patients under 16 or in pregnancy; the caller
// decides that ([ScoringOf]).
func NEWS2(o Observation) Score {
	var s Score
	set := func(p Parameter, points int) { s.Points[p] = Points{Measured: true, Points: points} }
	if o.RR != nil {
		set(RR, pointsRR(Rounded(RR, *o.RR)))
	}
	if o.SpO2 != nil {
		if v := Rounded(SpO2, *o.SpO2); !o.Scale2 {
			set(SpO2, pointsSpO2Scale1(v))
		} else if o.Oxygen != nil || v < 93 {
			// From 93 % up scale 2 needs to know whether oxygen is given.
			set(SpO2, pointsSpO2Scale2(v, o.Oxygen != nil && *o.Oxygen))
		}
	}
	if o.Oxygen != nil {
		set(Oxygen, 0)
		if *o.Oxygen {
			set(Oxygen, 2)
		}
	}
	if o.SBP != nil {
		set(SBP, pointsSBP(Rounded(SBP, *o.SBP)))
	}
	if o.Pulse != nil {
		set(Pulse, pointsPulse(Rounded(Pulse, *o.Pulse)))
	}
	if o.ACVPU != NotAssessed && o.ACVPU.Valid() {
		set(ACVPU, 0)
		if o.ACVPU != Alert {
			set(ACVPU, 3)
		}
	}
	if o.Temp != nil {
		set(Temp, pointsTemp(Rounded(Temp, *o.Temp)))
	}

	s.Complete = true
	single3 := false
	for _, p := range s.Points {
		s.Complete = s.Complete && p.Measured
		s.Total += p.Points
		single3 = single3 || p.Points == 3
	}
	s.Risk = risk(s.Total, single3, s.Any())
	return s
}

func risk(total int, single3, any bool) Risk {
	switch {
	case total >= 7:
		return RiskHigh
	case total >= 5:
		return RiskMedium
	case single3:
		return RiskLowMedium
	case any:
		return RiskLow
	}
	return RiskNone
}

// Rounded returns v as it is scored and shown: temperature to one decimal, all
// else to a whole number, halves up.
func Rounded(p Parameter, v float64) float64 {
	if p == Temp {
		// The small nudge makes a decimal half (35.05, stored just below) go up.
		return math.Floor(v*10+0.5+1e-9) / 10
	}
	return math.Floor(v + 0.5 + 1e-9)
}

func pointsRR(v float64) int {
	switch {
	case v <= 8:
		return 3
	case v <= 11:
		return 1
	case v <= 20:
		return 0
	case v <= 24:
		return 2
	}
	return 3
}

func pointsSpO2Scale1(v float64) int {
	switch {
	case v <= 91:
		return 3
	case v <= 93:
		return 2
	case v <= 95:
		return 1
	}
	return 0
}

func pointsSpO2Scale2(v float64, oxygen bool) int {
	switch {
	case v <= 83:
		return 3
	case v <= 85:
		return 2
	case v <= 87:
		return 1
	case v <= 92 || !oxygen:
		return 0
	case v <= 94:
		return 1
	case v <= 96:
		return 2
	}
	return 3
}

func pointsSBP(v float64) int {
	switch {
	case v <= 90:
		return 3
	case v <= 100:
		return 2
	case v <= 110:
		return 1
	case v <= 219:
		return 0
	}
	return 3
}

func pointsPulse(v float64) int {
	switch {
	case v <= 40:
		return 3
	case v <= 50:
		return 1
	case v <= 90:
		return 0
	case v <= 110:
		return 1
	case v <= 130:
		return 2
	}
	return 3
}

func pointsTemp(v float64) int {
	switch {
	case v <= 35.0:
		return 3
	case v <= 36.0:
		return 1
	case v <= 38.0:
		return 0
	case v <= 39.0:
		return 1
	}
	return 2
}
