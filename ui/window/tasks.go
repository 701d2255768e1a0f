package window

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// closeTask ends a task: done at once, unless there is something to ask first; left out
// with a reason.
func (w *Window) closeTask(t task.Task, how task.Outcome) {
	s, ok := w.signed()
	if !ok {
		return
	}
	who := w.chart.Patient()
	if how == task.Done {
		w.endTask(s, who, t, how, "", task.Sure{})
		return
	}
	w.shell.Ask(shell.Dialog{Title: tongue.Tf("Not done for %s?", who.Patient.Family()),
		Text: strings.TrimSpace(t.Text + " " + t.Dose), Reason: tongue.T("Why it was not done"),
		Confirm: tongue.Tf("Not done for %s", who.Patient.Family()), Cancel: tongue.T("Cancel"),
		OnConfirm: func(reason string) { w.endTask(s, who, t, how, reason, task.Sure{}) }})
}

func (w *Window) endTask(s staff.Session, who patient.Summary, t task.Task, how task.Outcome, reason string,
	sure task.Sure) {
	w.off(func(ctx context.Context) {
		err := w.opt.Station.Tasks.Close(ctx, s, w.place().ID, t, how, reason, sure)
		var closed *task.ClosedError
		var doubt *task.DoubtError
		switch {
		case errors.As(err, &closed):
			w.say(words.Closed(closed.Task, s.Staff.ID, time.Now()))
		case errors.As(err, &doubt):
			w.askOf(s, t.Patient, w.doubtDialog(ctx, who, *doubt, func() {
				w.endTask(s, who, t, how, reason, doubt.Doubts.Sure())
			}))
		case errors.Is(err, staff.ErrNotAllowed) && t.Kind == task.Medicine:
			w.say(words.Message{What: tongue.T("A medicine is given by a nurse or a doctor."),
				Next: tongue.T("Ask a nurse to give it.")})
		default:
			w.answer(err)
		}
		w.readPage(ctx, s, t.Patient)
	})
}

// addTask asks what is to be done, and when: "Turn to the left 15:30", or without
// a time, now.
func (w *Window) addTask(patientID string) {
	s, ok := w.signed()
	if !ok {
		return
	}
	who := w.chart.Patient()
	w.shell.Ask(shell.Dialog{Title: tongue.Tf("A task for %s", who.Patient.Name()),
		Text: tongue.T(
			"What is to be done, and at its end when: 15:30, or +45 for minutes. Without a time it is due now."),
		Reason: tongue.T("Turn to the left side 15:30"), Confirm: tongue.Tf("Add for %s", who.Patient.Family()),
		Cancel: tongue.T("Cancel"), OnConfirm: func(text string) {
			what, due := whenDue(text, time.Now())
			w.off(func(ctx context.Context) { w.addTaskOf(ctx, s, patientID, what, due, patient.Gone{}) })
		}})
}

// addTaskOf adds a task. For a patient who left, moved or died it asks first; gone is what
// the person was told so.
func (w *Window) addTaskOf(ctx context.Context, s staff.Session, patientID, what string, due time.Time,
	gone patient.Gone) {
	err := w.opt.Station.Tasks.Late(gone).Add(ctx, s, w.place().ID, patientID, what, due)
	about := widgets.Pair{Left: tongue.T("Task"), Right: what}
	if !w.askGone(ctx, s, patientID, about, err, func(gone patient.Gone) {
		w.off(func(ctx context.Context) { w.addTaskOf(ctx, s, patientID, what, due, gone) })
	}) {
		w.answer(err)
	}
	w.readPage(ctx, s, patientID)
}

// whenDue cuts the time off the end of a task's text. A clock time is the next
// such moment.
func whenDue(text string, now time.Time) (what string, due time.Time) {
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return strings.TrimSpace(text), now
	}
	last, rest := fields[len(fields)-1], strings.Join(fields[:len(fields)-1], " ")
	if minutes, is := strings.CutPrefix(last, "+"); is {
		if d, err := time.ParseDuration(minutes + "m"); err == nil && d <= 24*time.Hour {
			return rest, now.Add(d)
		}
	}
	at, err := time.ParseInLocation("15:04", strings.ReplaceAll(last, ".", ":"), now.Location())
	if err != nil {
		return strings.TrimSpace(text), now
	}
	due = time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), 0, 0, now.Location())
	if due.Before(now.Add(-time.Minute)) {
		due = due.AddDate(0, 0, 1)
	}
	return rest, due
}
