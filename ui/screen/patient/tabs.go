package patient

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
)

// tabNames are the tabs as they are shown, and as tests find them.
func tabNames() [][2]string {
	return [][2]string{{tongue.T("Summary"), "summary"}, {tongue.T("Observations"), "observations"},
		{tongue.T("Notes"), "notes"}, {tongue.T("Tasks"), "tasks"}, {tongue.T("History"), "history"}}
}

// TabNames are the tabs in their order, as they are shown.
func TabNames() (out []string) {
	for _, t := range tabNames() {
		out = append(out, t[0])
	}
	return out
}

// countedTasks is the tab of the tasks with how many are open.
func countedTasks(n int) string { return fmt.Sprintf("%s (%d)", tabNames()[Tasks][0], n) }

// countTasks says on the tab how many tasks are open.
func (s *Screen) countTasks() {
	n := 0
	for _, t := range s.view.Page.Tasks {
		if t.IsOpen() {
			n++
		}
	}
	text := tabNames()[Tasks][0]
	if n > 0 {
		text = countedTasks(n)
	}
	s.tabs[Tasks].Set(text)
}

// ShowTab turns to a tab.
func (s *Screen) ShowTab(t Tab) {
	s.tab, s.deciding, s.sideFirst = t, "", t == Observations
	for i := range s.tabs {
		s.lines[i].set(i == int(t))
	}
	switch t {
	case Summary:
		s.body.Objects = []fyne.CanvasObject{widgets.Col(10, s.summary.panel, s.problems.panel, widgets.Spring()),
			widgets.Col(10, s.obs.panel, widgets.Grow(s.notes.panel))}
	case Observations:
		s.body.Objects = []fyne.CanvasObject{s.trend.panel, widgets.Col(10, s.obs.panel, widgets.Grow(s.notes.panel))}
	case Notes:
		s.body.Objects = []fyne.CanvasObject{s.notes.panel, widgets.Col(10, s.obs.panel, widgets.Spring())}
	case Tasks:
		s.body.Objects = []fyne.CanvasObject{widgets.Col(10, s.meds.panel, s.tasks.panel, widgets.Spring()),
			widgets.Col(10, s.obs.panel, widgets.Grow(s.notes.panel))}
	case History:
		s.body.Objects = []fyne.CanvasObject{s.history.panel, widgets.Col(10, s.obs.panel, widgets.Grow(s.notes.panel))}
	}
	s.scroll.ToTop()
	s.content.Refresh()
}
