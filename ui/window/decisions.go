package window

import (
	"context"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/widgets"
)

// decides begins a signed change for the patient whose chart is open.
func (w *Window) decides(patientID string) (act, patient.Summary, bool) {
	a, ok := w.begins(staff.RecordDecisions, patientID)
	return a, w.chart.Patient(), ok
}

// decide carries a signed change out and shows the chart as it is then.
func (w *Window) decide(a act, change func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error) {
	w.off(func(ctx context.Context) { w.decideOf(ctx, a, patient.Gone{}, change) })
}

// decideOf carries a change out. Something new for a patient who left, moved or died it
// asks about first; gone is what the person was told so.
func (w *Window) decideOf(ctx context.Context, a act, gone patient.Gone,
	change func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error) {
	err := change(ctx, w.opt.Station.Desk(a.ward).Late(gone), a.by, a.ward)
	about := widgets.Pair{Left: tongue.T("Entry"), Right: tongue.T("Problem or decision")}
	if !w.askGone(ctx, a, about, err, func(gone patient.Gone) {
		w.off(func(ctx context.Context) { w.decideOf(ctx, a, gone, change) })
	}) {
		w.answer(a.by, err)
	}
	w.readPage(ctx, a.by, a.patient)
}

// setScale2 asks for the prescription: by whom, for which range, and when. instead is the ID of the decision that
// is shown to hold, "" for none.
func (w *Window) setScale2(patientID, instead string) {
	a, of, ok := w.decides(patientID)
	if !ok {
		return
	}
	prescriber := ""
	if a.by.Staff.Role == staff.Doctor {
		prescriber = a.by.Staff.Name()
	}
	a.ask(ask.Scale2(of, prescriber, func(in map[string]string) string {
		o, wrong := readTarget(in, a.press, time.Now())
		if wrong != "" {
			return wrong
		}
		o.Patient, o.Instead = patientID, instead
		w.decide(a, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
			return d.SetScale2(ctx, s, ward, o)
		})
		return ""
	}))
}

// readTarget reads the dialog of a decision, or says what is wrong with it.
func readTarget(in map[string]string, press string, now time.Time) (o patient.OxygenTarget, wrong string) {
	low, ok1 := obsform.Number(in["low"])
	high, ok2 := obsform.Number(in["high"])
	o = patient.OxygenTarget{ID: press, Prescriber: in["who"], Low: int(low), High: int(high), Decided: now.UTC()}
	if text := strings.TrimSpace(in["when"]); text != "" {
		at, ok := obsform.Moment(text, tongue.Here(now))
		switch {
		case !ok:
			return o, tongue.T("Write when it was decided as 14:30, or leave it empty.")
		case at.Sub(now) > time.Minute: // not half a day ahead: it may be today's, mistyped
			return o, tongue.Tf(
				"%s is still to come. Write when it was decided, with its day if it was before today: %s.",
				text, tongue.Here(now).AddDate(0, 0, -1).Format("01-02 15:04"))
		}
		o.Decided = at.UTC()
	}
	switch {
	case o.Prescriber == "":
		return o, tongue.T("Name who prescribed it.")
	case !ok1 || !ok2 || float64(o.Low) != low || float64(o.High) != high || !o.Valid():
		return o, tongue.T("Write the target as two whole numbers, such as 88 and 92.")
	}
	return o, ""
}

// endScale2 asks why the decision for scale 2 that is shown ends.
func (w *Window) endScale2(o patient.OxygenTarget) {
	a, of, ok := w.decides(o.Patient)
	if !ok {
		return
	}
	a.ask(ask.EndScale2(of, func(reason string) {
		w.decide(a, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
			return d.EndScale2(ctx, s, ward, o, reason)
		})
	}))
}

// noteProblem asks for a problem in words.
func (w *Window) noteProblem(patientID string) {
	a, of, ok := w.decides(patientID)
	if !ok {
		return
	}
	a.ask(ask.NoteProblem(of, func(text string) {
		w.decide(a, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
			return d.NoteProblem(ctx, s, ward, a.press, patientID, text)
		})
	}))
}

// resolveProblem asks once, and ends a problem.
func (w *Window) resolveProblem(p patient.Problem) {
	a, of, ok := w.decides(p.Patient)
	if !ok {
		return
	}
	a.ask(ask.Resolve(of, p, func(string) {
		w.decide(a, func(ctx context.Context, d *chart.Desk, s staff.Session, ward string) error {
			return d.ResolveProblem(ctx, s, ward, p)
		})
	}))
}
