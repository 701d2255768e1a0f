package main

import (
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// drafts are the screens around what was typed and not saved, and around sets that stand
// beside each other.
var drafts = []story{
	{"my-drafts", func(s *stage) {
		atBoard(s)
		t := top()
		t.Drafts = 3
		s.shell.SetTop(t)
		line := func(bed string, section chart.Section, ago time.Duration) ask.DraftLine {
			return ask.DraftLine{Head: ask.DraftHead(fixture.Named(bed)),
				Draft: chart.Draft{Section: section, Typed: fixture.Now.Add(-ago)}}
		}
		s.shell.Ask(ask.Drafts([]ask.DraftLine{line("07", chart.Observations, 80*time.Minute),
			line("12", chart.Notes, 9*time.Minute), line("03", chart.Notes, 20*time.Hour)}, fixture.Now))
	}},
	{"my-drafts-none", func(s *stage) { atBoard(s); s.shell.Ask(ask.Drafts(nil, fixture.Now)) }},
	{"draft-mark", func(s *stage) {
		t := top()
		t.Drafts = 2
		v := chartView()
		v.Page.Drafts = []chart.Draft{
			{Patient: fixture.Sickest, Section: chart.Observations, Typed: fixture.Now.Add(-80 * time.Minute)},
			{Patient: fixture.Sickest, Section: chart.Notes, Typed: fixture.Now.Add(-9 * time.Minute)}}
		showPage(s, v.Page)
		s.shell.SetTop(t)
	}},
	{"time-offer", func(s *stage) {
		atChart(s)
		e := editing()
		e.What = "What you had typed before is back."
		e.Draft.Typed = fixture.Now.Add(-80 * time.Minute)
		s.patient.SetEdit(e)
		s.patient.Save()
	}},
	{"time-offer-note", func(s *stage) {
		atChart(s)
		s.patient.ShowTab(patient.Notes)
		s.patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Editing,
			Now: fixture.Now, What: "What you had typed before is back.", Draft: chart.Draft{Version: 3,
				Typed:  fixture.Now.Add(-20 * time.Hour),
				Fields: map[string]string{patient.NoteField: "More breathless than at noon."}}})
	}},
	{"reason-beside-whole", func(s *stage) {
		atChart(s)
		e := editing()
		e.Draft.Fields["notdone"] = "refused"
		s.patient.SetEdit(e)
		s.patient.Save()
	}},
	{"set-beside", func(s *stage) {
		v := chartView()
		h := fixture.Holder()
		st := v.Page.Sections[chart.Observations]
		st.Holder = &h
		v.Page.Sections[chart.Observations] = st
		showPage(s, v.Page)
	}},
	{"two-sets", func(s *stage) {
		atChart(s)
		s.patient.SetEdit(editing())
		p, theirs, mine := fixture.TwoSets()
		s.shell.Ask(ask.SetsApart(p, theirs, mine, fixture.Now))
	}},
	{"discard", func(s *stage) {
		atChart(s)
		e := editing()
		s.patient.SetEdit(e)
		d := s.patient.Draft(chart.Observations)
		s.shell.Ask(ask.Discard(fixture.Chart().Summary, d.Section, ask.Lost(d, nil), func() {}, func() {}))
	}},
	{"jump", func(s *stage) {
		atChart(s)
		p, theirs, mine := fixture.TwoSets()
		theirs.Taken = fixture.Now.Add(-40 * time.Minute)
		if j, is := vitals.JumpOf([]vitals.Observation{theirs}, mine); is {
			s.shell.Ask(ask.Jumped(p, j, fixture.Now))
		}
	}},
}

func init() { stories = append(stories, drafts...) }
