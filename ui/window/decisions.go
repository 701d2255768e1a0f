package window

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// decide carries a signed change out and shows the chart as it is then.
func (w *Window) decide(patientID string,
	change func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error) {
	if s, ok := w.signed(); ok {
		w.off(func(ctx context.Context) { w.decideOf(ctx, s, patientID, patient.Gone{}, change) })
	}
}

// decideOf carries a change out. Something new for a patient who left, moved or died it
// asks about first; gone is what the person was told so.
func (w *Window) decideOf(ctx context.Context, s staff.Session, patientID string, gone patient.Gone,
	change func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error) {
	place := w.place().ID
	err := change(ctx, w.opt.Station.Desk(place).Late(gone), s, place)
	about := widgets.Pair{Left: tongue.T("Entry"), Right: tongue.T("Problem or decision")}
	if !w.askGone(ctx, s, patientID, about, err, func(gone patient.Gone) {
		w.off(func(ctx context.Context) { w.decideOf(ctx, s, patientID, gone, change) })
	}) {
		w.answer(err)
	}
	w.readPage(ctx, s, patientID)
}

// setScale2 asks who prescribed scale 2 for which range, and when.
func (w *Window) setScale2(patientID string) {
	s, ok := w.signed()
	if !ok {
		return
	}
	row, who := w.row(patientID), ""
	if s.Staff.Role == staff.Doctor {
		who = s.Staff.Name()
	}
	w.shell.Ask(shell.Dialog{
		Title: tongue.Tf("SpO₂ scale 2 for %s, %s, MRN %s?", row.Surname, row.Given, row.MRN),
		Text: tongue.T(
			"Only by a prescriber's decision, for confirmed hypercapnic respiratory failure. NEWS2 uses scale 2 from now on; what was charted stays as it was scored."),
		Fields: []shell.DialogField{{Name: "who", Label: tongue.T("Prescribed by"), Text: who},
			{Name: "low", Label: tongue.T("Target from, %"), Text: fmt.Sprint(patient.TargetLow)},
			{Name: "high", Label: tongue.T("Target to, %"), Text: fmt.Sprint(patient.TargetHigh)},
			{Name: "when", Label: tongue.T("Decided at (empty: now)")}},
		Confirm: tongue.Tf("Record for %s", row.Surname), Cancel: tongue.T("Cancel"),
		OnFields: func(in map[string]string) string {
			o, wrong := readTarget(in, time.Now())
			if wrong != "" {
				return wrong
			}
			o.Patient = patientID
			w.decide(patientID, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
				return d.SetScale2(ctx, s, ward, o)
			})
			return ""
		}})
}

// readTarget reads the dialog of a decision, or says what is wrong with it.
func readTarget(in map[string]string, now time.Time) (o patient.OxygenTarget, wrong string) {
	low, ok1 := obsform.Number(in["low"])
	high, ok2 := obsform.Number(in["high"])
	o = patient.OxygenTarget{ID: "typed", Prescriber: in["who"], Low: int(low), High: int(high), Decided: now.UTC()}
	if text := strings.ReplaceAll(in["when"], ".", ":"); text != "" {
		at, err := time.ParseInLocation("15:04", text, now.Location())
		if err != nil {
			return o, tongue.T("Write when it was decided as 14:30, or leave it empty.")
		}
		day := now
		if o.Decided = on(day, at); o.Decided.After(now) {
			o.Decided = on(now.AddDate(0, 0, -1), at)
		}
	}
	switch {
	case o.Prescriber == "":
		return o, tongue.T("Name who prescribed it.")
	case !ok1 || !ok2 || float64(o.Low) != low || float64(o.High) != high || !o.Valid():
		return o, tongue.T("Write the target as two whole numbers, such as 88 and 92.")
	}
	return o, ""
}

// on is a clock time on a day, in UTC.
func on(day, at time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, day.Location()).UTC()
}

// endScale2 asks why scale 2 ends.
func (w *Window) endScale2(patientID string) {
	row := w.row(patientID)
	w.shell.Ask(shell.Dialog{Title: tongue.Tf("Back to SpO₂ scale 1 for %s, %s?", row.Surname, row.Given), Danger: true,
		Text:   tongue.T("NEWS2 uses scale 1 from the next set on. The decision stays in the history."),
		Reason: tongue.T("Who decided it, and why"), Confirm: tongue.Tf("End scale 2 for %s", row.Surname),
		Cancel: tongue.T("Cancel"),
		OnConfirm: func(reason string) {
			w.decide(patientID, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
				return d.EndScale2(ctx, s, ward, patientID, reason)
			})
		}})
}

// noteProblem asks for a problem in words.
func (w *Window) noteProblem(patientID string) {
	row := w.row(patientID)
	w.shell.Ask(shell.Dialog{Title: tongue.Tf("A problem of %s, %s", row.Surname, row.Given),
		Reason:  tongue.T("Diagnosis or complaint"),
		Confirm: tongue.Tf("Add for %s", row.Surname), Cancel: tongue.T("Cancel"), OnConfirm: func(text string) {
			w.decide(patientID, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
				return d.NoteProblem(ctx, s, ward, patientID, text)
			})
		}})
}

// resolveProblem asks once, and ends a problem.
func (w *Window) resolveProblem(p patient.Problem) {
	row := w.row(p.Patient)
	w.shell.Ask(shell.Dialog{Title: tongue.Tf("Is this resolved for %s, %s?", row.Surname, row.Given), Text: p.Text,
		Confirm: tongue.Tf("Resolved for %s", row.Surname), Cancel: tongue.T("Cancel"), OnConfirm: func(string) {
			w.decide(p.Patient, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
				return d.ResolveProblem(ctx, s, ward, p)
			})
		}})
}
