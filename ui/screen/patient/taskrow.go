package patient

import (
	"fmt"
	"strings"
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

// taskRow is one task for as long as its card shows it, open or closed. Its buttons act on
// the task that it was made for.
type taskRow struct {
	card             *tasksCard
	task             task.Task
	due, words, past *widgets.Label
	done, omit, back *widgets.Button
	open, closed     fyne.CanvasObject
	buttons          *fyne.Container
	box              fyne.CanvasObject
}

func newTaskRow(c *tasksCard) *taskRow {
	r := &taskRow{card: c, due: widgets.Runs(14).Wrapped(), words: widgets.Runs(14).Wrapped(),
		past: widgets.Text("", 12.5, theme.Regular, theme.Muted).Wrapped()}
	r.done = widgets.NewButton(widgets.Secondary, "", "", func() { c.s.actions.CloseTask(r.task, task.Done) }).Compact()
	r.omit = widgets.NewButton(widgets.Secondary, tongue.T("Not done…"), "",
		func() { c.s.actions.CloseTask(r.task, task.Omitted) }).Compact()
	r.back = widgets.NewButton(widgets.Quiet, tongue.T("Entered in error…"), "",
		func() { c.s.actions.TakeBackTask(r.task) }).Compact()
	for _, b := range []*widgets.Button{r.done, r.omit, r.back} {
		b.Since(c.s.since).In(c.s.scroll, r.words)
	}
	r.buttons = widgets.Flow(6, 6, r.done, r.omit)
	right := widgets.Col(5, r.words, r.buttons)
	r.open = widgets.Pad(7, 0, 7, 0, widgets.RowAt(widgets.AlignTop, 10,
		widgets.Wide(func() float32 { return theme.Sp(72) }, r.due), widgets.Grow(right)))
	r.closed = widgets.Pad(5, 0, 5, 0, widgets.Row(8, widgets.Grow(r.past), r.back))
	r.box = widgets.Col(0, widgets.NewRule(), r.open, r.closed)
	return r
}

// holds reports whether f is one of the row's buttons.
func (r *taskRow) holds(f fyne.Focusable) bool {
	b, is := f.(*widgets.Button)
	return is && (b == r.done || b == r.omit || b == r.back)
}

// pressable reports whether a button of the row can be pressed now.
func (r *taskRow) pressable(b fyne.CanvasObject) bool {
	if b == fyne.CanvasObject(r.back) {
		return r.closed.Visible() && r.back.Visible()
	}
	return r.open.Visible() && r.buttons.Visible()
}

// set draws the task as it is now, at its place among those that are open or closed.
func (r *taskRow) set(i int, t task.Task, v View) {
	r.task = t
	name := fmt.Sprintf("patient.task.%s.%d", r.card.kind, i)
	show(r.open, t.IsOpen())
	show(r.closed, !t.IsOpen())
	if !t.IsOpen() {
		r.past.Set(closedText(t, v.Now))
		admitted, over := patient.NowIn(v.Page.Encounters)
		r.back.Hidden = t.CanTakeBack(v.Me, admitted, over) != nil || !r.card.mayClose(v) ||
			r.card.s.actions.TakeBackTask == nil
		r.back.Named(name + ".back")
		return
	}
	r.due.SetRuns(dueRuns(t, v.Now)...)
	text := append(what(t),
		widgets.Run{Text: "\n" + tongue.Tf("asked by %s", named(t.ByName, t.By)), Size: 12, Role: theme.Muted})
	if t.Backs > 0 {
		text = append(text, widgets.Run{Text: "\n" + backText(t, v.Now), Size: 12, Style: theme.SemiBold})
	}
	r.words.SetRuns(text...)
	spots.Mark(name, r.words)
	word := tongue.Tf("Done for %s", v.Page.Summary.Patient.Family())
	if t.Kind == task.Medicine {
		word = tongue.Tf("Given for %s", v.Page.Summary.Patient.Family())
	}
	r.done.Set(word)
	kind := widgets.Secondary
	if t.Overdue(v.Now) {
		kind = widgets.Primary // colour for what waits for a nurse
	}
	if r.done.Kind != kind {
		r.done.Kind = kind
		r.done.Refresh()
	}
	show(r.buttons, r.card.mayClose(v) && r.card.s.actions.CloseTask != nil)
	r.done.Named(name + ".done")
	r.omit.Named(name + ".omit")
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
		return
	}
	o.Hide()
}

func dueRuns(t task.Task, now time.Time) []widgets.Run {
	at := widgets.Run{Text: tongue.Clock(t.Due), Style: theme.SemiBold}
	switch late := now.Sub(t.Due); {
	case late >= 0 && late < time.Minute: // as it says the minute on which it is due
		return []widgets.Run{at, {Text: "\n" + tongue.T("now"), Size: 12, Style: theme.SemiBold}}
	case t.Overdue(now):
		return []widgets.Run{at, {Text: "\n" + tongue.Tf("%s late", board.Span(now.Sub(t.Due))), Size: 12,
			Style: theme.SemiBold, Role: theme.Alarm}}
	}
	return []widgets.Run{at,
		{Text: "\n" + tongue.Tf("in %s", board.Span(t.Due.Sub(now))), Size: 12, Role: theme.Muted}}
}

func what(t task.Task) []widgets.Run {
	runs := []widgets.Run{{Text: t.Text, Style: theme.SemiBold}}
	if t.Dose != "" || t.Route != "" {
		runs = append(runs, widgets.Run{Text: "  " + strings.TrimSpace(t.Dose+" "+t.Route)})
	}
	return runs
}

// named is a person's name, or the ID where no name is known.
func named(name, id string) string {
	if name != "" {
		return name
	}
	return id
}

// outcomeText is how a task ended, in words.
func outcomeText(k task.Kind, o task.Outcome, reason string) string {
	switch {
	case o == task.Omitted && k == task.Medicine:
		return tongue.Tf("not given, %s", reason)
	case o == task.Omitted:
		return tongue.Tf("not done, %s", reason)
	case k == task.Medicine:
		return tongue.T("given")
	}
	return tongue.T("done")
}

// closedText is a task that ended: when, what, with dose and route, when it was due, how, and
// by whom.
func closedText(t task.Task, now time.Time) string {
	text := tongue.Moment(t.Closed, now) + "  " + t.Line() + ", " +
		tongue.Tf("due %s", tongue.Moment(t.Due, now)) + ": " + outcomeText(t.Kind, t.Outcome, t.Reason) + " · " +
		named(t.ClosedByName, t.ClosedBy)
	if t.Backs > 0 {
		text += "\n" + backText(t, now)
	}
	return text
}

// backText says what was taken back last, by whom and why.
func backText(t task.Task, now time.Time) string {
	b := t.Back
	was := tongue.T("done")
	switch {
	case b.Outcome == task.Omitted && t.Kind == task.Medicine:
		was = tongue.T("not given")
	case b.Outcome == task.Omitted:
		was = tongue.T("not done")
	case t.Kind == task.Medicine:
		was = tongue.T("given")
	}
	text := tongue.Tf("Entered in error: “%s” of %s, taken back %s by %s: %s", was, tongue.Moment(b.Closed, now),
		tongue.Moment(b.At, now), named(b.ByName, b.By), b.Reason)
	if t.Backs > 1 {
		text += " · " + tongue.Tf("the last of %d", t.Backs)
	}
	return text
}
