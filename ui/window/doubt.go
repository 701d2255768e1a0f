package window

import (
	"context"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// doubtDialog asks before a task is closed, naming the patient and what it is about.
func (w *Window) doubtDialog(ctx context.Context, who patient.Summary, e task.DoubtError, yes func()) shell.Dialog {
	t, now := e.Task, time.Now()
	var why []string
	if e.Doubts.Gone.Is() {
		why = append(why, w.goneText(ctx, e.Doubts.Gone)+".")
	}
	if a := e.Doubts.Allergic; a != "" {
		why = append(why, tongue.Tf("⚠ Recorded allergy: %s.", a))
	}
	if again := e.Doubts.Again; again.ID != "" {
		why = append(why, tongue.Tf("%s was given at %s by %s, due %s.", again.Line(),
			board.Moment(again.Closed, now), again.ClosedByName, board.Moment(again.Due, now)))
	}
	if early := e.Doubts.Early; early > 0 {
		why = append(why, tongue.Tf("It is not due yet: in %s.", board.Span(early)))
	}
	d := shell.Dialog{Text: strings.Join(why, "\n"), Cancel: tongue.T("Cancel"), Danger: true,
		OnConfirm: func(string) { yes() }}
	p := who.Patient
	if t.Kind != task.Medicine {
		d.Title, d.Confirm = tongue.Tf("Done for %s all the same?", who.Patient.Family()),
			tongue.Tf("Done for %s all the same", who.Patient.Family())
		d.Pairs = []widgets.Pair{{Left: tongue.T("Patient"), Right: identified(p)},
			{Left: tongue.T("Task"), Right: t.Text}, {Left: tongue.T("Due"), Right: board.Moment(t.Due, now)}}
		return d
	}
	d.Title, d.Confirm = tongue.Tf("Give it to %s all the same?", who.Patient.Family()),
		tongue.Tf("Given for %s all the same", who.Patient.Family())
	d.Pairs = []widgets.Pair{{Left: tongue.T("Patient"), Right: identified(p)},
		{Left: tongue.T("Bed"), Right: board.Row{Bed: who.Bed, Room: who.Room}.Place()},
		{Left: tongue.T("Medicine"), Right: t.Text}, {Left: tongue.T("Dose"), Right: orNone(t.Dose)},
		{Left: tongue.T("Route"), Right: orNone(t.Route)}, {Left: tongue.T("Due"), Right: board.Moment(t.Due, now)}}
	return d
}

func orNone(s string) string {
	if s == "" {
		return tongue.T("Not recorded")
	}
	return s
}

// takeBackTask asks why a closing was an error, and opens the task again.
func (w *Window) takeBackTask(t task.Task) {
	s, ok := w.signed()
	if !ok {
		return
	}
	who, now := w.chart.Patient(), time.Now()
	w.shell.Ask(shell.Dialog{Title: tongue.Tf("Entered in error for %s?", who.Patient.Family()),
		Text: tongue.T("What you entered stays on record as taken back, with your reason, and the task is open again."),
		Pairs: []widgets.Pair{{Left: tongue.T("Patient"), Right: identified(who.Patient)},
			{Left: tongue.T("Entry"), Right: t.Line()},
			{Left: tongue.T("Entered"), Right: board.Moment(t.Closed, now)}},
		Reason: tongue.T("Why it was an error"), Confirm: tongue.Tf("Take back for %s", who.Patient.Family()),
		Cancel: tongue.T("Cancel"), OnConfirm: func(reason string) {
			w.off(func(ctx context.Context) {
				w.answer(w.opt.Station.Tasks.TakeBack(ctx, s, w.place().ID, t, reason))
				w.readPage(ctx, s, t.Patient)
			})
		}})
}
