package vitals

import "time"

// Intervals says how long after a set the next one is due, by the minimum
// monitoring of NEWS2 Chart 4 (RCP 2017). The chart says "continuous" for a
// high score; HighEvery is how soon a charted set is expected all the same.
type Intervals struct {
	Zero      time.Duration // total 0
	Low       time.Duration // total 1-4
	LowMedium time.Duration // 3 in one parameter
	Medium    time.Duration // total 5-6
	HighEvery time.Duration // total 7 or more: continuous, charted at least this often
}

// Chart4 is the default: 12 h, 4 h (the chart says 4 to 6), 1 h, 1 h; a high
// score is continuous, charted at least half-hourly.
var Chart4 = Intervals{
	Zero:      12 * time.Hour,
	Low:       4 * time.Hour,
	LowMedium: time.Hour,
	Medium:    time.Hour,
	HighEvery: 30 * time.Minute,
}

// NextDue returns when the set after o is due. It is the zero time if nothing
// was measured.
func (iv Intervals) NextDue(o Observation, s Score) time.Time {
	if !s.Any() {
		return time.Time{}
	}
	switch {
	case s.Risk == RiskHigh:
		return o.Taken.Add(iv.HighEvery)
	case s.Risk == RiskMedium:
		return o.Taken.Add(iv.Medium)
	case s.Risk == RiskLowMedium:
		return o.Taken.Add(iv.LowMedium)
	case s.Total > 0 || !s.Complete:
		return o.Taken.Add(iv.Low)
	}
	return o.Taken.Add(iv.Zero)
}

// Response is what NEWS2 Chart 4 asks for at a risk, in plain words.
func (r Risk) Response() string {
	switch r {
	case RiskHigh:
		return "Emergency assessment. Tell the medical team at once; continuous vital signs."
	case RiskMedium:
		return "Urgent response. Tell the medical team at once; observe at least hourly."
	case RiskLowMedium:
		return "One parameter scores 3. Tell the medical team, who decide; observe at least hourly."
	case RiskLow:
		return "Ward care. The registered nurse decides how often to observe."
	}
	return ""
}
