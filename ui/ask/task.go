package ask

import (
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Doubt asks, in words of now, before a task is closed of which the record doubts something; gone is how the
// patient is gone, "" if they are not.
func Doubt(s patient.Summary, e task.DoubtError, gone string, now time.Time, do func(string)) shell.Dialog {
	t := e.Task
	var why []string
	if gone != "" {
		why = append(why, gone+".")
	}
	if a := e.Doubts.Allergic; len(a) > 0 {
		why = append(why, tongue.Tf("⚠ Recorded allergy: %s.", withReactions(a, s.Allergic)))
	}
	if e.Doubts.Unasked {
		why = append(why, tongue.T(
			"⚠ Allergies are not recorded. Ask the patient or a relative before you give it, and have the answer recorded."))
	}
	if again := e.Doubts.Again; again.ID != "" {
		why = append(why, tongue.Tf("%s, given %s by %s, due %s.", again.Line(),
			tongue.Moment(again.Closed, now), again.ClosedByName, tongue.Moment(again.Due, now)))
	}
	if e.Doubts.Early > 0 {
		why = append(why, early(t, now))
	}
	// It stays: a dose that was given and not yet recorded must not be forgotten behind a cover.
	d := shell.Dialog{Whom: OfSummary(s), Text: strings.Join(why, "\n"), Cancel: tongue.T("Cancel"), Danger: true,
		Stays: true, OnConfirm: do}
	if t.Kind != task.Medicine {
		d.Title, d.Confirm = tongue.Tf("Done for %s all the same?", s.Patient.Family()),
			tongue.Tf("Done for %s all the same", s.Patient.Family())
		d.Pairs = []widgets.Pair{{Left: tongue.T("Task"), Right: t.Text},
			{Left: tongue.T("Due"), Right: tongue.Moment(t.Due, now)}}
		return d
	}
	d.Title, d.Confirm = tongue.Tf("Give it to %s all the same?", s.Patient.Family()),
		tongue.Tf("Given for %s all the same", s.Patient.Family())
	d.Pairs = []widgets.Pair{{Left: tongue.T("Medicine"), Right: t.Text},
		{Left: tongue.T("Dose"), Right: orNone(t.Dose)}, {Left: tongue.T("Route"), Right: orNone(t.Route)},
		{Left: tongue.T("Due"), Right: tongue.Moment(t.Due, now)}}
	return d
}

// early says of a task that was early when it was pressed how long it is early by now: the question may
// have waited.
func early(t task.Task, now time.Time) string {
	by := t.Due.Sub(now)
	switch {
	case by > 0:
	case t.Kind == task.Medicine:
		return tongue.T("It was not due yet when you pressed Given. It is due now.")
	default:
		return tongue.T("It was not due yet when you pressed Done. It is due now.")
	}
	return tongue.Tf("It is not due yet: in %s.", board.Span(by))
}

// withReactions names the allergies that a question is about as the banner does, each with
// what it did.
func withReactions(named []string, recorded []patient.Allergy) string {
	all := slices.Clone(named) // the yes names them as they were
	for n, one := range all {
		for _, a := range recorded {
			if a.Substance == one && a.Reaction != "" {
				all[n] = one + ": " + a.Reaction
			}
		}
	}
	return strings.Join(all, ", ")
}

// NotDone asks why a task was not done.
func NotDone(s patient.Summary, t task.Task, do func(reason string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("Not done for %s?", s.Patient.Family()), Whom: OfSummary(s),
		Text: strings.TrimSpace(t.Text + " " + t.Dose), Reason: tongue.T("Why it was not done"),
		Confirm: tongue.Tf("Not done for %s", s.Patient.Family()), Cancel: tongue.T("Cancel"), OnConfirm: do}
}

// InError asks why the closing of a task was an error.
func InError(s patient.Summary, t task.Task, now time.Time, do func(reason string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("Entered in error for %s?", s.Patient.Family()), Whom: OfSummary(s),
		Text: tongue.T("What you entered stays on record as taken back, with your reason, and the task is open again."),
		Pairs: []widgets.Pair{{Left: tongue.T("Entry"), Right: t.Line()},
			{Left: tongue.T("Entered"), Right: tongue.Moment(t.Closed, now)}},
		Reason: tongue.T("Why it was an error"), Confirm: tongue.Tf("Take back for %s", s.Patient.Family()),
		Cancel: tongue.T("Cancel"), OnConfirm: do}
}

// NewTask asks what is to be done, and when: "Turn to the left 15:30", or without a time, now.
func NewTask(s patient.Summary, do func(map[string]string) (wrong string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("A task for %s", s.Patient.Name()), Whom: OfSummary(s),
		Text: tongue.T(
			"What is to be done, and at its end when: 15:30, or +45 for minutes. Without a time it is due now."),
		Fields:  []shell.DialogField{{Name: "task", Label: tongue.T("Such as: Turn to the left side 15:30")}},
		Confirm: tongue.Tf("Add for %s", s.Patient.Family()), Cancel: tongue.T("Cancel"), OnFields: do}
}

// orNone is a text, or that nothing was recorded.
func orNone(s string) string {
	if s == "" {
		return tongue.T("Not recorded")
	}
	return s
}
