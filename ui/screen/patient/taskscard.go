package patient

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// tasksCard is what is to be done for a patient, of one kind: what is open by its
// time, then what was closed last. Every button that closes names the patient.
type tasksCard struct {
	s     *Screen
	kind  task.Kind
	title *widgets.Label
	add   *widgets.Button
	list  *fyne.Container
	panel *widgets.Panel
	shown []task.Task
	at    time.Time
	may   bool
}

func newTasksCard(s *Screen, kind task.Kind) *tasksCard {
	c := &tasksCard{s: s, kind: kind, title: widgets.Runs(15).Ellipsis(), list: widgets.Col(0)}
	c.add = widgets.NewButton(widgets.Secondary, tongue.T("Add a task"), "", func() {
		if s.actions.AddTask != nil && s.shown {
			s.actions.AddTask(s.opened)
		}
	}).Compact().Named("patient.task.add")
	c.add.Hidden = true
	c.panel = widgets.NewPanel(11, 14, 10, 14, widgets.Col(8, widgets.Row(8, widgets.Grow(c.title), c.add), c.list))
	return c
}

func (c *tasksCard) reset() {
	c.shown, c.list.Objects, c.at = nil, nil, time.Time{}
	c.title.SetRuns()
	c.add.Hidden = true
}

// mostClosed bounds the closed tasks drawn.
const mostClosed = 12

func (c *tasksCard) set(v View) {
	all := make([]task.Task, 0, len(v.Page.Tasks))
	for _, t := range v.Page.Tasks {
		if t.Kind == c.kind {
			all = append(all, t)
		}
	}
	open := slices.DeleteFunc(slices.Clone(all), func(t task.Task) bool { return !t.IsOpen() })
	slices.SortStableFunc(open, func(a, b task.Task) int { return a.Due.Compare(b.Due) })
	name := tongue.T("Tasks")
	if c.kind == task.Medicine {
		name = tongue.T("Medicines due")
	}
	late := 0
	for _, t := range open {
		if t.Overdue(v.Now) {
			late++
		}
	}
	note := "  " + tongue.Tf("%d open, %d late", len(open), late) + " · " + tongue.Tf("as of %s",
		tongue.Clock(v.Page.Confirmed))
	c.title.SetRuns(widgets.Run{Text: name, Style: theme.Bold}, widgets.Run{Text: note, Size: 12.5, Role: theme.Muted})
	c.add.Hidden = !v.MayEdit || c.kind != task.Care || c.s.actions.AddTask == nil
	if slices.Equal(all, c.shown) && c.may == v.MayEdit && v.Now.Sub(c.at) < time.Minute && len(c.list.Objects) > 0 {
		return // the same rows: a focused button keeps its place
	}
	c.shown, c.at, c.may = all, v.Now, v.MayEdit
	c.list.Objects = nil
	for i, t := range open {
		c.list.Add(c.openRow(i, t, v))
	}
	if len(open) == 0 {
		c.list.Add(widgets.Pad(4, 0, 8, 0,
			widgets.Text(tongue.T("Nothing is open."), 13.5, theme.Regular, theme.Muted)))
	}
	closed := slices.DeleteFunc(slices.Clone(all), task.Task.IsOpen)
	slices.SortStableFunc(closed, func(a, b task.Task) int { return b.Closed.Compare(a.Closed) })
	for _, t := range closed[:min(len(closed), mostClosed)] {
		c.list.Add(closedRow(t, v.Now))
	}
}

func what(t task.Task) []widgets.Run {
	runs := []widgets.Run{{Text: t.Text, Style: theme.SemiBold}}
	if t.Dose != "" || t.Route != "" {
		runs = append(runs, widgets.Run{Text: "  " + t.Dose + " " + t.Route})
	}
	return runs
}

func (c *tasksCard) openRow(i int, t task.Task, v View) fyne.CanvasObject {
	due := []widgets.Run{{Text: tongue.Clock(t.Due), Style: theme.SemiBold}}
	if t.Overdue(v.Now) {
		due = append(due, widgets.Run{Text: "\n" + tongue.Tf("%s late", board.Span(v.Now.Sub(t.Due))), Size: 12,
			Style: theme.SemiBold, Role: theme.Alarm})
	} else {
		due = append(due,
			widgets.Run{Text: "\n" + tongue.Tf("in %s", board.Span(t.Due.Sub(v.Now))), Size: 12, Role: theme.Muted})
	}
	text := append(what(t),
		widgets.Run{Text: "\n" + tongue.Tf("asked by %s", named(t.ByName, t.By)), Size: 12, Role: theme.Muted})
	words := widgets.Runs(14, text...).Wrapped()
	right := widgets.Col(5, words)
	row := widgets.RowAt(widgets.AlignTop, 10,
		widgets.Wide(func() float32 { return theme.Sp(72) }, widgets.Runs(14, due...).Wrapped()), widgets.Grow(right))
	if v.MayEdit && c.s.actions.CloseTask != nil {
		word := tongue.T("Done")
		if c.kind == task.Medicine {
			word = tongue.T("Given")
		}
		kind := widgets.Secondary
		if t.Overdue(v.Now) {
			kind = widgets.Primary // colour for what waits for a nurse
		}
		done := widgets.NewButton(kind, tongue.Tf("%s for %s", word, short(v.Page.Summary.Patient)), "",
			func() { c.s.actions.CloseTask(t, task.Done) }).
			Compact().Named(fmt.Sprintf("patient.task.%s.%d.done", c.kind, i))
		omit := widgets.NewButton(widgets.Secondary, tongue.T("Not done…"), "",
			func() { c.s.actions.CloseTask(t, task.Omitted) }).
			Compact().Named(fmt.Sprintf("patient.task.%s.%d.omit", c.kind, i))
		right.Add(widgets.Flow(6, 6, done, omit))
	}
	spots.Mark(fmt.Sprintf("patient.task.%s.%d", c.kind, i), words)
	return widgets.Col(0, widgets.NewRule(), widgets.Pad(7, 0, 7, 0, row))
}

// named is a person's name, or the ID where no name is known.
func named(name, id string) string {
	if name != "" {
		return name
	}
	return id
}

// short is a patient's surname as a button names them.
func short(p patient.Patient) string {
	p.Given = ""
	return p.Name()
}

func closedRow(t task.Task, now time.Time) fyne.CanvasObject {
	by := named(t.ClosedByName, t.ClosedBy)
	text := moment(t.Closed, now) + "  " + t.Text
	if t.Dose != "" {
		text += " " + t.Dose
	}
	switch t.Outcome {
	case task.Omitted:
		text += ": " + tongue.Tf("not done, %s", t.Reason)
	default:
		text += ": " + tongue.T("done")
	}
	return widgets.Col(0, widgets.NewRule(), widgets.Pad(5, 0, 5, 0,
		widgets.Text(text+" · "+by, 12.5, theme.Regular, theme.Muted).Wrapped()))
}
