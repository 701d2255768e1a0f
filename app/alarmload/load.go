// Package alarmload counts what alerts ask of a ward: how many a patient has in
// two hours, where they come from, how long they wait for somebody, and how many
// have to be escalated. It is evidence for a ward's management of its alarms; it
// cannot tell which alerts needed somebody, and claims conformity to nothing.
package alarmload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// Window is the time for which a patient's alerts are counted: nurses respond
// the later, the more alerts the same patient had in the 120 minutes before
// (Bonafide and others, 2015, PMC4456276).
const Window = 2 * time.Hour

// MostPeriod bounds a report's period.
const MostPeriod = 400 * 24 * time.Hour

// Errors of reports.
var ErrPeriod = errors.New("alarm load: not a period")

// Log is the record as a report needs it.
type Log interface {
	// AlertMoves calls each for every move of the ward's alerts that were
	// received from since until before until, in the record's order.
	AlertMoves(ctx context.Context, ward string, since, until time.Time, each func(alert.Move) error) error
}

// Query says what a report is about.
type Query struct {
	Ward         string
	Since, Until time.Time // [Since, Until)
	// Shifts name the parts of a day; nil means [DefaultShifts]. In is where
	// the ward's clock is (nil: UTC).
	Shifts []Shift
	In     *time.Location
}

// Shift is a part of each day, from a time of day until the next shift begins.
type Shift struct {
	Name string        `json:"name"`
	From time.Duration `json:"-"` // since midnight
}

// DefaultShifts are three of eight hours.
var DefaultShifts = []Shift{{"night", 23 * time.Hour}, {"day", 7 * time.Hour}, {"late", 15 * time.Hour}}

// Load is what a number of alerts came to. Times are seconds.
type Load struct {
	Alerts    int `json:"alerts"`
	High      int `json:"high"`
	Medium    int `json:"medium"`
	Low       int `json:"low"`
	Technical int `json:"technical"`
	Accepted  int `json:"accepted"`
	Rejected  int `json:"rejected"`  // turned down by somebody at least once
	Escalated int `json:"escalated"` // at least once
	// Unanswered ended, or are open, and nobody accepted them.
	Unanswered int `json:"unanswered"`
	// From received to accepted, of those that were accepted.
	ResponseMedian float64 `json:"response_median_s"`
	Response90     float64 `json:"response_p90_s"`
	ResponseMost   float64 `json:"response_max_s"`

	waits []time.Duration
}

// EscalatedShare is the part of all alerts that escalated, 0 to 1.
func (l Load) EscalatedShare() float64 { return float64(l.Escalated) / float64(max(l.Alerts, 1)) }

// Named is the load of one shift, source or patient.
type Named struct {
	Name string `json:"name"`
	Load
	// Rate is the mean number of alerts in 120 minutes over the period; Busiest
	// the most in any. Of patients only.
	Rate    float64 `json:"per_120_min,omitempty"`
	Busiest int     `json:"busiest_120_min,omitempty"`
}

// Report is the alarm load of a ward in a period. Patients are named by the
// record's ID: a report leaves the ward.
type Report struct {
	Ward  string    `json:"ward"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
	Total Load      `json:"total"`
	// Rate is the mean number of alerts that a patient with alerts had in 120
	// minutes; Busiest the most that one had.
	Rate     float64 `json:"per_patient_and_120_min"`
	Busiest  int     `json:"busiest_120_min"`
	Shifts   []Named `json:"shifts"`
	Sources  []Named `json:"sources"`  // most alerts first
	Patients []Named `json:"patients"` // most alerts first
	// Bins tell the response by how many alerts the same patient had in the 120
	// minutes before: 0-29, 30-79, 80 and more.
	Bins []Named `json:"by_alerts_before"`
}

// one is what became of one alert.
type one struct {
	alert               alert.Alert
	accepted            time.Time // first; zero: never
	rejected, escalated bool
	before              int // alerts of the same patient in the Window before
}

// Make reads the record and counts.
func Make(ctx context.Context, log Log, q Query) (Report, error) {
	if !q.Since.Before(q.Until) || q.Until.Sub(q.Since) > MostPeriod {
		return Report{},
			fmt.Errorf("%w: %s to %s", ErrPeriod, q.Since.Format(time.RFC3339), q.Until.Format(time.RFC3339))
	}
	if len(q.Shifts) == 0 {
		q.Shifts = DefaultShifts
	}
	if q.In == nil {
		q.In = time.UTC
	}
	alerts := map[string]*one{}
	err := log.AlertMoves(ctx, q.Ward, q.Since, q.Until, func(m alert.Move) error {
		a := alerts[m.Alert.ID]
		if a == nil {
			a = &one{alert: m.Alert}
			alerts[m.Alert.ID] = a
		}
		switch m.Kind {
		case alert.Accepted:
			if a.accepted.IsZero() || m.At.Before(a.accepted) {
				a.accepted = m.At
			}
		case alert.Rejected:
			a.rejected = true
		case alert.Escalated:
			a.escalated = true
		}
		return nil
	})
	if err != nil {
		return Report{}, fmt.Errorf("alarm load: %w", err)
	}
	return count(q, alerts), nil
}

// count is the report of what became of each alert.
func count(q Query, alerts map[string]*one) Report {
	list := make([]*one, 0, len(alerts))
	for _, a := range alerts {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b *one) int {
		return cmp.Or(a.alert.Received.Compare(b.alert.Received), cmp.Compare(a.alert.ID, b.alert.ID))
	})
	r := Report{Ward: q.Ward, Since: q.Since, Until: q.Until}
	shifts, sources, patients, bins := groups{}, groups{}, groups{}, groups{}
	for _, s := range q.Shifts {
		shifts.of(s.Name)
	}
	for _, name := range binNames {
		bins.of(name)
	}
	recent := map[string][]time.Time{} // by patient, within the Window
	for _, a := range list {
		r.Total.add(a)
		shifts.of(shiftOf(q, a.alert.Received)).add(a)
		sources.of(a.alert.Source).add(a)
		id := a.alert.Patient
		if id == "" {
			continue
		}
		last := recent[id]
		for len(last) > 0 && a.alert.Received.Sub(last[0]) >= Window {
			last = last[1:]
		}
		a.before = len(last)
		recent[id] = append(last, a.alert.Received)
		p := patients.of(id)
		p.add(a)
		p.Busiest = max(p.Busiest, len(recent[id]))
		bins.of(binNames[binOf(a.before)]).add(a)
	}
	windows := float64(q.Until.Sub(q.Since)) / float64(Window)
	for _, p := range patients {
		p.Rate = float64(p.Alerts) / windows
		r.Rate += p.Rate / float64(len(patients))
		r.Busiest = max(r.Busiest, p.Busiest)
	}
	r.Total.times()
	r.Shifts, r.Bins = shifts.inOrder(shiftNames(q.Shifts)), bins.inOrder(binNames)
	r.Sources, r.Patients = sources.most(), patients.most()
	return r
}

// binNames are the numbers of alerts before, as the study has them.
var binNames = []string{"0-29", "30-79", "80+"}

func binOf(before int) int {
	switch {
	case before < 30:
		return 0
	case before < 80:
		return 1
	}
	return 2
}

func shiftNames(list []Shift) (names []string) {
	for _, s := range list {
		names = append(names, s.Name)
	}
	return names
}

// shiftOf is the shift that had begun last at a moment, by the ward's clock.
func shiftOf(q Query, at time.Time) string {
	h, m, s := at.In(q.In).Clock()
	now := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	latest, current := q.Shifts[0], Shift{From: -1}
	for _, s := range q.Shifts {
		if s.From > latest.From {
			latest = s
		}
		if s.From <= now && s.From > current.From {
			current = s
		}
	}
	if current.From < 0 {
		return latest.Name // before the day's first shift: that of the day before
	}
	return current.Name
}

func (l *Load) add(a *one) {
	l.Alerts++
	switch a.alert.Priority {
	case alert.Medium:
		l.Medium++
	case alert.Low:
		l.Low++
	case alert.Technical:
		l.Technical++
	default:
		l.High++
	}
	if a.rejected {
		l.Rejected++
	}
	if a.escalated {
		l.Escalated++
	}
	if a.accepted.IsZero() {
		l.Unanswered++
		return
	}
	l.Accepted++
	// Received and accepted may be told by two clocks; nobody accepts before.
	l.waits = append(l.waits, max(a.accepted.Sub(a.alert.Received), 0))
}

// times finishes a load once all is added.
func (l *Load) times() {
	if len(l.waits) == 0 {
		return
	}
	slices.Sort(l.waits)
	at := func(part float64) float64 { return l.waits[int(part*float64(len(l.waits)-1)+0.5)].Seconds() }
	l.ResponseMedian, l.Response90, l.ResponseMost = at(0.5), at(0.9), at(1)
}

type groups map[string]*Named

func (g groups) of(name string) *Named {
	if g[name] == nil {
		g[name] = &Named{Name: name}
	}
	return g[name]
}

func (g groups) inOrder(names []string) (out []Named) {
	for _, n := range names {
		g[n].times()
		out = append(out, *g[n])
	}
	return out
}

// most lists the groups with most alerts first.
func (g groups) most() (out []Named) {
	for _, n := range g {
		n.times()
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b Named) int { return cmp.Or(b.Alerts-a.Alerts, cmp.Compare(a.Name, b.Name)) })
	return out
}
