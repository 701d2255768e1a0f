package chart

import (
	"context"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/vitals"
)

// SectionState is what the screen must know of one section.
type SectionState struct {
	Version int64
	Changed time.Time // last save; zero if never
	By      string    // who saved last, as shown
	Holder  *Holder   // who edits now, nil if nobody
	Mine    bool      // the holder is this session
	Waiting []Holder  // who stands in line for it, the first first
}

// Page is a patient's chart as a screen shows it: one immutable value, all of
// one patient.
type Page struct {
	Summary      patient.Summary
	Observations []vitals.Observation   // newest first
	Notes        []Note                 // newest first
	Tasks        []task.Task            // the latest due first
	Problems     []patient.Problem      // newest first
	Oxygen       []patient.OxygenTarget // newest first: decisions for SpO2 scale 2
	Encounters   []patient.Encounter    // oldest first
	History      []Change               // newest first
	Sections     map[Section]SectionState
	// Drafts are all that this person has typed anywhere and not saved, newest first.
	Drafts []Draft
	// Confirmed is when these values were last confirmed with their source;
	// Stale means that was too long ago, FromCache that the record could not
	// be asked.
	Confirmed time.Time
	Stale     bool
	FromCache bool
}

// Scale2 is the decision for SpO2 scale 2 that holds, and whether there is one.
func (p Page) Scale2() (patient.OxygenTarget, bool) {
	for _, o := range p.Oxygen {
		if o.Holds() {
			return o, true
		}
	}
	return patient.OxygenTarget{}, false
}

// Draft is what this person has typed in a section of this chart and not saved, and
// whether there is anything.
func (p Page) Draft(section Section) (Draft, bool) {
	for _, d := range p.Drafts {
		if d.Patient == p.Summary.Patient.ID && d.Section == section {
			return d, true
		}
	}
	return Draft{}, false
}

// Charter is who charted a set, as shown; the staff ID where the history has no name.
func (p Page) Charter(o vitals.Observation) string {
	for _, c := range p.History {
		if c.What == Charted && c.Entry == o.ID {
			return c.By
		}
	}
	return o.By
}

// Page reads a patient's chart for a session: one value, all of one patient.
// The view is asked for, and audited, by the caller that opens the chart.
func (d *Desk) Page(ctx context.Context, s staff.Session, sum patient.Confirmed) (Page, error) {
	id := sum.Summary.Patient.ID
	p := Page{Summary: sum.Summary, Confirmed: sum.At, Stale: sum.Stale, Observations: sum.Summary.Recent,
		Sections: map[Section]SectionState{}}
	sections, err := d.Record.Sections(ctx, id)
	if err == nil {
		p.Sections = sections
		p.Notes, err = d.Record.Notes(ctx, id, 50)
	}
	if err == nil {
		p.Observations, err = d.observations(ctx, id, sum.Summary.Recent)
	}
	if err == nil {
		p.Tasks, err = d.Record.Tasks(ctx, id, 60)
		p.Tasks = task.Ordered(p.Tasks)
	}
	if err == nil {
		p.Problems, err = d.Record.Problems(ctx, id)
	}
	if err == nil {
		p.Oxygen, err = d.Record.OxygenTargets(ctx, id)
	}
	if err == nil {
		p.Encounters, err = d.Record.Encounters(ctx, id)
	}
	if err == nil {
		p.History, err = d.Record.History(ctx, id, 60)
		p.History = WithSources(p.History, p.Observations, id)
	}
	if err == nil {
		p.Drafts, err = d.Record.Drafts(ctx, s.Staff.ID)
	}
	// With the record away the summary is still a chart to read, marked.
	p.FromCache = err != nil
	held, _ := d.Holders(ctx, []string{id})
	for section, h := range held[id] {
		st := p.Sections[section]
		st.Holder, st.Mine = &h, h.Session == s.ID
		st.Waiting, _ = d.Waiting(ctx, id, section) // not knowing it changes nothing
		p.Sections[section] = st
	}
	return p, nil
}

// observations are the sets of the last week, and behind them those that the board scores
// by and that are older, or were pushed out by many others.
func (d *Desk) observations(ctx context.Context, id string, scored []vitals.Observation) ([]vitals.Observation, error) {
	sets, err := d.Record.Observations(ctx, id, d.now().Add(-7*24*time.Hour), 200)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(sets, func(o vitals.Observation) bool { return o.Future })
	if n < 0 {
		n = len(sets)
	}
	var older []vitals.Observation
	for _, o := range scored {
		if !o.Future && (n == 0 || o.Taken.Before(sets[n-1].Taken)) {
			older = append(older, o)
		}
	}
	return slices.Insert(sets, n, older...), nil
}
