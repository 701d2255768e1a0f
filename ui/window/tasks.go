package window

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// closeTask ends a task: done at once, unless there is something to ask first; left out
// with a reason.
func (w *Window) closeTask(t task.Task, how task.Outcome) {
	a, ok := w.begins(staff.ViewChart, t.Patient) // the record says what a medicine needs
	if !ok {
		return
	}
	of := w.chart.Patient()
	if how == task.Done {
		w.endTask(a, of, t, how, "", task.Sure{})
		return
	}
	a.ask(ask.NotDone(of, t, func(reason string) { w.endTask(a, of, t, how, reason, task.Sure{}) }))
}

// takeBackTask asks why a closing was an error, and opens the task again.
func (w *Window) takeBackTask(t task.Task) {
	a, ok := w.begins(staff.ViewChart, t.Patient) // the record says what a medicine needs
	if !ok {
		return
	}
	of := w.chart.Patient()
	a.askWorded(func(now time.Time) shell.Dialog {
		return ask.InError(of, t, now, func(reason string) {
			w.off(func(ctx context.Context) {
				w.answer(a.by, w.opt.Station.Tasks.TakeBack(ctx, a.by, a.ward, t, reason))
				w.readPage(ctx, a.by, t.Patient)
			})
		})
	})
}

// endTask ends a task, and asks first about whatever the record doubts; sure is what the person was
// asked already.
func (w *Window) endTask(a act, of patient.Summary, t task.Task, how task.Outcome, reason string, sure task.Sure) {
	w.off(func(ctx context.Context) {
		err := w.opt.Station.Tasks.Close(ctx, a.by, a.ward, a.press, t, how, reason, sure)
		var closed *task.ClosedError
		var doubt *task.DoubtError
		switch {
		case errors.As(err, &closed):
			w.sayTo(a.by, words.Closed(closed.Task, a.by.Staff.ID, time.Now()))
		case errors.As(err, &doubt):
			gone := ""
			if doubt.Doubts.Gone.Is() {
				gone = w.goneText(ctx, doubt.Doubts.Gone)
			}
			a.askWordedLater(func(now time.Time) shell.Dialog {
				return ask.Doubt(w.asKnown(of), *doubt, gone, now, func(string) {
					w.endTask(a, of, t, how, reason, doubt.Doubts.Sure())
				})
			})
		case errors.Is(err, staff.ErrNotAllowed) && t.Kind == task.Medicine:
			w.sayTo(a.by, words.Message{What: tongue.T("A medicine is given by a nurse or a doctor."),
				Next: tongue.T("Ask a nurse to give it.")})
		default:
			w.answer(a.by, err)
		}
		w.readPage(ctx, a.by, t.Patient)
	})
}

// addTask asks what is to be done, and when: "Turn to the left 15:30", or without
// a time, now. A time that cannot be read is said in the dialog.
func (w *Window) addTask(patientID string) {
	a, ok := w.begins(staff.EditChart, patientID)
	if !ok {
		return
	}
	a.ask(ask.NewTask(w.chart.Patient(), func(in map[string]string) string {
		what, due, wrong := whenDue(in["task"], time.Now())
		if wrong == "" {
			w.off(func(ctx context.Context) { w.addTaskOf(ctx, a, what, due, patient.Gone{}) })
		}
		return wrong
	}))
}

// addTaskOf adds a task. For a patient who left, moved or died it asks first; gone is what
// the person was told so.
func (w *Window) addTaskOf(ctx context.Context, a act, what string, due time.Time, gone patient.Gone) {
	err := w.opt.Station.Tasks.Late(gone).Add(ctx, a.by, a.ward, a.press, a.patient, what, due)
	about := widgets.Pair{Left: tongue.T("Task"), Right: what}
	if !w.askGone(ctx, a, about, err, func(gone patient.Gone) {
		w.off(func(ctx context.Context) { w.addTaskOf(ctx, a, what, due, gone) })
	}) {
		w.answer(a.by, err)
	}
	w.readPage(ctx, a.by, a.patient)
}
