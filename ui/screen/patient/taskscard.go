package patient

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// tasksCard is what is to be done for a patient, of one kind: what is open by its
// time, then what was closed last: the page has them so, see [task.Ordered]. Every button that closes names the patient.
type tasksCard struct {
	s     *Screen
	kind  task.Kind
	title *widgets.Label
	add   *widgets.Button
	who   *widgets.Label // who may close these, for whoever may not
	list  *fyne.Container
	none  fyne.CanvasObject
	panel *widgets.Panel
	shown []task.Task
	at    time.Time
	may   bool
	// rows are those of the patient shown, by task ID. A task keeps its row while it moves
	// in the list: what is pressed is the button of one task, wherever it stands.
	rows map[string]*taskRow
}

func newTasksCard(s *Screen, kind task.Kind) *tasksCard {
	c := &tasksCard{s: s, kind: kind, title: widgets.Runs(15).Wrapped(), list: widgets.Col(0),
		rows: map[string]*taskRow{}}
	c.who = widgets.Text(tongue.T("Medicines are given by a nurse or a doctor."), 13.5, theme.SemiBold,
		theme.Muted).Wrapped()
	c.who.Hidden = true
	c.none = widgets.Pad(4, 0, 8, 0, widgets.Text(tongue.T("Nothing is open."), 13.5, theme.Regular, theme.Muted))
	c.add = widgets.NewButton(widgets.Secondary, tongue.T("Add a task"), "", func() {
		if s.actions.AddTask != nil && s.shown {
			s.actions.AddTask(s.opened)
		}
	}).Compact().Since(s.since).Named("patient.task.add")
	c.add.Hidden = true
	c.panel = widgets.NewPanel(11, 14, 10, 14,
		widgets.Col(8, widgets.Row(8, widgets.Grow(c.title), c.add), c.who, c.list))
	return c
}

func (c *tasksCard) reset() {
	c.shown, c.list.Objects, c.at = nil, nil, time.Time{}
	clear(c.rows)
	c.title.SetRuns()
	c.add.Hidden, c.who.Hidden = true, true
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
	may := c.mayClose(v)
	c.who.Hidden = may || !v.MayEdit || len(open) == 0
	if slices.Equal(all, c.shown) && c.may == may && v.Now.Sub(c.at) < time.Minute && len(c.list.Objects) > 0 {
		return // the same rows: a focused button keeps its place
	}
	c.shown, c.at, c.may = all, v.Now, may
	closed := slices.DeleteFunc(slices.Clone(all), task.Task.IsOpen)
	c.draw(open, closed[:min(len(closed), mostClosed)], v)
}

// mayClose reports whether this nurse may close the card's tasks.
func (c *tasksCard) mayClose(v View) bool {
	if c.kind == task.Medicine {
		return v.MayGive
	}
	return v.MayEdit
}

// draw sets the rows of the tasks, each the one that it had before.
func (c *tasksCard) draw(open, closed []task.Task, v View) {
	focused := widgets.Focused(c.list)
	rows, list := map[string]*taskRow{}, []fyne.CanvasObject{}
	add := func(i int, t task.Task) {
		r := c.rows[t.ID]
		if r == nil {
			r = newTaskRow(c)
		}
		r.set(i, t, v)
		rows[t.ID], list = r, append(list, r.box)
	}
	for i, t := range open {
		add(i, t)
	}
	if len(open) == 0 {
		list = append(list, c.none)
	}
	for i, t := range closed {
		add(i, t)
	}
	if !slices.Equal(list, c.list.Objects) {
		c.s.stir()
	}
	old := c.rows
	c.rows, c.list.Objects = rows, list
	c.list.Refresh()
	for id, r := range old { // the button that had the keyboard may be gone with its task
		if b, is := focused.(fyne.CanvasObject); is && r.holds(focused) && (rows[id] == nil || !r.pressable(b)) {
			c.s.Focus()
		}
	}
}
