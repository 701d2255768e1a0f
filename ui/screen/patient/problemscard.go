package patient

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// problemsCard is what the patient has: what lasts first, then what is over. Whoever may
// adds and resolves; every button names the patient.
type problemsCard struct {
	s     *Screen
	title *widgets.Label
	add   *widgets.Button
	list  *fyne.Container
	panel *widgets.Panel
	shown []apppatient.Problem
	may   bool
}

func newProblemsCard(s *Screen) *problemsCard {
	c := &problemsCard{s: s, title: widgets.Runs(15).Wrapped(), list: widgets.Col(0)}
	c.add = widgets.NewButton(widgets.Secondary, tongue.T("Add a problem"), "", func() {
		if s.actions.NoteProblem != nil && s.shown {
			s.actions.NoteProblem(s.opened)
		}
	}).Compact().Since(s.since).Named("patient.problem.add")
	c.panel = widgets.NewPanel(11, 14, 10, 14, widgets.Col(8, widgets.Row(8, widgets.Grow(c.title), c.add), c.list))
	c.reset()
	return c
}

func (c *problemsCard) reset() {
	c.shown, c.list.Objects = nil, nil
	c.title.SetRuns()
	c.add.Hidden = true
}

func (c *problemsCard) set(v View) {
	active := 0
	for _, p := range v.Page.Problems {
		if p.Active() {
			active++
		}
	}
	note := "  " + tongue.Tf("%d active", active) + " · " + tongue.Tf("as of %s", tongue.Clock(v.Page.Confirmed))
	c.title.SetRuns(widgets.Run{Text: tongue.T("Problems"), Style: theme.Bold},
		widgets.Run{Text: note, Size: 12.5, Role: theme.Muted})
	c.add.Hidden = !v.MayDecide || c.s.actions.NoteProblem == nil
	if slices.Equal(c.shown, v.Page.Problems) && c.may == v.MayDecide && len(c.list.Objects) > 0 {
		return // the same rows: a focused button keeps its place
	}
	c.shown, c.may = v.Page.Problems, v.MayDecide
	c.list.Objects = nil
	c.s.stir()
	if len(c.shown) == 0 {
		c.list.Add(widgets.Pad(4, 0, 8, 0, widgets.Text(tongue.T("None recorded."), 13.5, theme.Regular, theme.Muted)))
	}
	for _, lasting := range []bool{true, false} {
		for i, p := range c.shown {
			if p.Active() == lasting {
				c.list.Add(c.row(i, p, v))
			}
		}
	}
}

func (c *problemsCard) row(i int, p apppatient.Problem, v View) fyne.CanvasObject {
	text := p.Text
	if p.Code != "" {
		text = fmt.Sprintf("%s (%s)", p.Text, p.Code)
	}
	name, when := widgets.Run{Text: text, Style: theme.SemiBold}, tongue.Tf("noted %s", day(p.Noted))
	if by := named(p.ByName, p.By); by != "" {
		when = tongue.Tf("noted %s by %s", day(p.Noted), by)
	}
	if !p.Active() {
		name = widgets.Run{Text: text, Role: theme.Muted}
		when = tongue.Tf("resolved %s", day(p.Resolved))
	}
	row := widgets.Row(8,
		widgets.Grow(widgets.Runs(14, name, widgets.Run{Text: "\n" + when, Size: 12, Role: theme.Muted}).Wrapped()))
	if p.Active() && v.MayDecide && c.s.actions.ResolveProblem != nil {
		row.Add(widgets.NewButton(widgets.Secondary, tongue.Tf("Resolved for %s", v.Page.Summary.Patient.Family()), "",
			func() { c.s.actions.ResolveProblem(p) }).
			Compact().Since(c.s.since).In(c.s.scroll,
			row).Named(fmt.Sprintf("patient.problem.%d.resolve", i)).About(p.Text))
	}
	return widgets.Col(0, widgets.NewRule(), widgets.Pad(7, 0, 7, 0, row))
}
