package ask

import (
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// Emergency asks why somebody needs emergency access to a ward.
func Emergency(wd ward.Ward) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("Emergency access to %s?", wd.Title()), Danger: true,
		Text: tongue.Tf("For %d minutes you can read and write all charts of this ward and answer its alerts.",
			int(staff.EmergencyLimit.Minutes())) + " " +
			tongue.T("That you do so, your reason and each thing you open are recorded. A charge nurse reviews them."),
		Reason: tongue.T("Why it cannot wait"), Confirm: tongue.T("Take emergency access"), Cancel: tongue.T("Cancel")}
}

// Policy says how the alerts of a ward escalate.
func Policy(wd ward.Ward, p alert.Policy) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("How alerts escalate on %s", wd.Title()), Text: words.Escalates(p),
		Confirm: tongue.T("Close")}
}

// Wards asks which ward to turn to; without any it says so.
func Wards(choices []shell.Choice) shell.Dialog {
	if len(choices) == 0 {
		return shell.Dialog{Title: tongue.T("No other ward"),
			Text: tongue.T("You are set up for this ward only. IT can add another."), Confirm: tongue.T("Close")}
	}
	return shell.Dialog{Title: tongue.T("Turn to another ward"), Choices: choices, Cancel: tongue.T("Cancel"),
		Text: tongue.T("Sections you are editing are given back; what you typed is kept as a draft.")}
}

// Station is the menu of the station.
func Station(choices []shell.Choice) shell.Dialog {
	return shell.Dialog{Title: tongue.T("This station"),
		Text:    tongue.T("Drafts are kept for you; you find them at any station of the ward."),
		Choices: choices, Cancel: tongue.T("Cancel")}
}

// LooksAfter asks which nurse gets a patient, or loses one.
func LooksAfter(r board.Row, choices []shell.Choice) shell.Dialog {
	w := OfRow(r)
	return shell.Dialog{Title: tongue.Tf("Who looks after %s?", w.Name), Whom: w, Choices: choices,
		Cancel: tongue.T("Cancel"), Text: tongue.T("Until the shift ends, or the patient is given back.")}
}
