package main

import (
	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
)

// door are the screens after what came in was not as it should be.
var door = []story{
	{"door-board", func(s *stage) { showDay(s, appboard.Query{}, "p-n2") }},
	{"door-board-list", func(s *stage) { s.board.SetList(true); showDay(s, appboard.Query{}, "p-14") }},
	{"door-board-parked", func(s *stage) {
		in := fixture.InputOfADay()
		in.Parked.Census, in.ParkedUnnamed.Census = in.Parked.Count, in.ParkedUnnamed.Count
		showDayOf(s, in, appboard.Query{}, "p-n2")
	}},
	{"door-no-bed", func(s *stage) { showDay(s, appboard.Query{Text: "no bed"}, "p-n1") }},
	{"door-two-in-bed", func(s *stage) { showDay(s, appboard.Query{Text: "04", Order: appboard.ByBed}, "p-04") }},
	{"door-initials", func(s *stage) {
		snap := appboard.Build(fixture.InputOfADay()).InInitials()
		show(s, snap, appboard.Query{})
	}},
	{"door-corrected", func(s *stage) { showPage(s, fixture.CorrectedChart()) }},
	{"door-corrected-summary",
		func(s *stage) { showPage(s, fixture.CorrectedChart()); s.patient.ShowTab(patient.Summary) }},
	{"door-corrected-history",
		func(s *stage) { showPage(s, fixture.CorrectedChart()); s.patient.ShowTab(patient.History) }},
	{"door-chart", func(s *stage) { showPage(s, fixture.OfADayChart()) }},
	{"door-chart-summary", func(s *stage) { showPage(s, fixture.OfADayChart()); s.patient.ShowTab(patient.Summary) }},
	{"door-partial", func(s *stage) {
		p := fixture.Chart()
		o := &p.Observations[0]
		o.SBP, o.DBP, o.Temp, o.RR = nil, nil, nil, nil
		showPage(s, p)
	}},
	{"door-future-only", func(s *stage) {
		p := fixture.Chart()
		p.Observations = []vitals.Observation{fixture.FutureSet(fixture.Sickest)}
		p.Summary.Recent = p.Observations
		showPage(s, p)
	}},
}

func init() { stories = append(stories, door...) }

func showDay(s *stage, q appboard.Query, selected string) {
	showDayOf(s, fixture.InputOfADay(), q, selected)
}

func showDayOf(s *stage, in appboard.Input, q appboard.Query, selected string) {
	atBoard(s)
	snap := appboard.Build(in)
	s.board.SetQuery(q)
	s.board.Show(board.View{Snapshot: snap, Rows: snap.Select(q), Now: fixture.Now, Me: fixture.Me, MayEdit: true,
		MayAssign: true, Charge: true})
	s.board.Select(selected)
	s.board.FocusBeds() // in the window the selection follows the keyboard
	t := top()
	t.Counts = snap.Counts
	s.shell.SetTop(t)
}

func showPage(s *stage, p chart.Page) {
	atBoard(s)
	s.patient.Open(p.Summary.Patient.ID)
	s.shell.Go(shell.Patient)
	s.patient.Show(patient.View{Page: p, Now: fixture.Now, MayEdit: true, MayTakeOver: true, MayDecide: true})
}
