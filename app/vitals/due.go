package vitals

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

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

// rarest is the most seldom that Chart 4 allows. It gives a range of 4 to 6 h for a total of 1-4. It
// names no time for a high score, for that is continuous: a set is charted no more seldom than at the
// risk below it.
var rarest = Intervals{
	Zero:      12 * time.Hour,
	Low:       6 * time.Hour,
	LowMedium: time.Hour,
	Medium:    time.Hour,
	HighEvery: time.Hour,
}

// ErrIntervals means that a text is not five durations.
var ErrIntervals = errors.New("vitals: intervals are five durations: total 0, 1-4, a single 3, 5-6, 7 or more")

// ParseIntervals reads "12h,4h,1h,1h,30m", in the order of the fields; "" is the
// zero value. None may be longer than Chart 4 allows: a ward may observe more often
// than the national minimum, not less.
func ParseIntervals(s string) (iv Intervals, err error) {
	if strings.TrimSpace(s) == "" {
		return iv, nil
	}
	parts := strings.Split(s, ",")
	to := []*time.Duration{&iv.Zero, &iv.Low, &iv.LowMedium, &iv.Medium, &iv.HighEvery}
	most := []time.Duration{rarest.Zero, rarest.Low, rarest.LowMedium, rarest.Medium, rarest.HighEvery}
	if len(parts) != len(to) {
		return Intervals{}, ErrIntervals
	}
	for i, p := range parts {
		d, err := time.ParseDuration(strings.TrimSpace(p))
		if err != nil {
			return Intervals{}, fmt.Errorf("%w: %q", ErrIntervals, p)
		}
		if d < time.Minute || d > most[i] {
			return Intervals{}, fmt.Errorf("%w: %q is not between 1m and %v", ErrIntervals, p, most[i])
		}
		*to[i] = d
	}
	return iv, nil
}

// String is the text that [ParseIntervals] reads.
func (iv Intervals) String() string {
	if iv == (Intervals{}) {
		return ""
	}
	return fmt.Sprintf("%v,%v,%v,%v,%v", iv.Zero, iv.Low, iv.LowMedium, iv.Medium, iv.HighEvery)
}

// OrChart4 is iv, or [Chart4] for the zero value.
func (iv Intervals) OrChart4() Intervals {
	if iv == (Intervals{}) {
		return Chart4
	}
	return iv
}

// NextDue returns when the set after o is due. It is the zero time if nothing
// was measured.
func (iv Intervals) NextDue(o Observation, s Score) time.Time {
	if !s.Any() {
		return time.Time{}
	}
	return iv.after(o.Taken, s)
}

// after is when the next set is due after one that scored s.
func (iv Intervals) after(taken time.Time, s Score) time.Time {
	switch {
	case s.Risk == RiskHigh:
		return taken.Add(iv.HighEvery)
	case s.Risk == RiskMedium:
		return taken.Add(iv.Medium)
	case s.Risk == RiskLowMedium:
		return taken.Add(iv.LowMedium)
	case s.Total > 0 || !s.Complete:
		return taken.Add(iv.Low)
	}
	return taken.Add(iv.Zero)
}

// Due returns when the next set after sets (newest first) is due: by the last complete
// one, and sooner where what was measured since asks for it; what is not complete never
// puts it off. At once after a 0 that a device sent, for that set is none that was
// completed. It is the zero time if nothing was measured and nothing sent.
func (iv Intervals) Due(sets []Observation) time.Time {
	due := zeroSince(sets)
	p, _ := PictureOf(sets)
	for _, s := range p.steps {
		if !s.score.Any() {
			continue
		}
		if next := iv.after(s.taken, s.score); due.IsZero() || next.Before(due) {
			due = next
		}
	}
	return due
}

// Response is what NEWS2 Chart 4 asks for at a risk, in plain words: what kind of response, and what to do for
// it; "" where nothing was measured.
func (r Risk) Response() (kind, do string) {
	switch r {
	case RiskHigh:
		return tongue.T("Emergency assessment."),
			tongue.T("Tell the medical team at once; continuous vital signs.")
	case RiskMedium:
		return tongue.T("Urgent response."), tongue.T("Tell the medical team at once; observe at least hourly.")
	case RiskLowMedium:
		return tongue.T("One parameter scores 3."),
			tongue.T("Tell the medical team, who decide; observe at least hourly.")
	case RiskLow:
		return tongue.T("Ward care."), tongue.T("The registered nurse decides how often to observe.")
	}
	return "", ""
}
