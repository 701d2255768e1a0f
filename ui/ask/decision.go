package ask

import (
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
)

// Scale2 asks for the prescription of SpO₂ scale 2; prescriber stands there at first.
func Scale2(s patient.Summary, prescriber string, do func(map[string]string) (wrong string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("SpO₂ scale 2 for %s?", s.Patient.Name()), Whom: OfSummary(s),
		Text: tongue.T(
			"Only by a prescriber's decision, for confirmed hypercapnic respiratory failure. NEWS2 uses scale 2 from now on; what was charted stays as it was scored."),
		Fields: []shell.DialogField{{Name: "who", Label: tongue.T("Prescribed by"), Text: prescriber},
			{Name: "low", Label: tongue.T("Target from, %"), Text: fmt.Sprint(patient.TargetLow)},
			{Name: "high", Label: tongue.T("Target to, %"), Text: fmt.Sprint(patient.TargetHigh)},
			{Name: "when", Label: tongue.T("Decided at (empty: now)")}},
		Confirm: tongue.Tf("Record for %s", s.Patient.Family()), Cancel: tongue.T("Cancel"), OnFields: do}
}

// EndScale2 asks why scale 2 ends.
func EndScale2(s patient.Summary, do func(reason string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("Back to SpO₂ scale 1 for %s?", s.Patient.Name()), Whom: OfSummary(s),
		Danger: true,
		Text:   tongue.T("NEWS2 uses scale 1 from the next set on. The decision stays in the history."),
		Reason: tongue.T("Who decided it, and why"), Confirm: tongue.Tf("End scale 2 for %s", s.Patient.Family()),
		Cancel: tongue.T("Cancel"), OnConfirm: do}
}

// NoteProblem asks for a problem in words.
func NoteProblem(s patient.Summary, do func(text string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("A problem of %s", s.Patient.Name()), Whom: OfSummary(s),
		Reason: tongue.T("Diagnosis or complaint"), Confirm: tongue.Tf("Add for %s", s.Patient.Family()),
		Cancel: tongue.T("Cancel"), OnConfirm: do}
}

// Resolve asks whether a problem is resolved.
func Resolve(s patient.Summary, p patient.Problem, do func(string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("Is this resolved for %s?", s.Patient.Name()), Whom: OfSummary(s),
		Text: p.Text, Confirm: tongue.Tf("Resolved for %s", s.Patient.Family()), Cancel: tongue.T("Cancel"),
		OnConfirm: do}
}
