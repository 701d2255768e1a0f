package vitals

// NoPoints is the range of values for which a parameter scores nothing, as NEWS2 rounds them: the least and the most,
// both included. Of SpO2 on scale 2 it is the target, where air and oxygen are alike. Both are 0 for a parameter that
// has no numbers.
func NoPoints(p Parameter, scale2 bool) (low, high float64) {
	switch p {
	case RR:
		return 12, 20
	case SpO2:
		if scale2 {
			return 88, 92
		}
		return 96, 100
	case SBP:
		return 111, 219
	case Pulse:
		return 51, 90
	case Temp:
		return 36.1, 38.0
	}
	return 0, 0
}

// Urgent reports whether a risk asks for an urgent response: NEWS2's key threshold, a total of 5 or more.
func (r Risk) Urgent() bool { return r == RiskMedium || r == RiskHigh }
