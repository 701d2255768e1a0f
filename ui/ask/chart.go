package ask

import (
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// TakeOver asks why a section is taken from the person who edits it.
func TakeOver(p chart.Page, section chart.Section, do func(reason string)) shell.Dialog {
	d := shell.Dialog{Title: tongue.Tf("Take over the %s of %s?", section.Lower(), p.Summary.Patient.Name()),
		Whom: OfSummary(p.Summary), Danger: true,
		Text:   tongue.T("What they typed is kept for them as a draft, and they are told."),
		Reason: tongue.T("Why you take over"), Confirm: tongue.T("Take over"), Cancel: tongue.T("Cancel"),
		OnConfirm: do}
	if h := p.Sections[section].Holder; h != nil {
		d.Text = tongue.Tf("%s at %s has been editing since %s. %s", h.Name, h.Station, tongue.Clock(h.Since), d.Text)
		d.Confirm = tongue.Tf("Take over from %s", h.Name)
	}
	return d
}

// Late asks whether a late entry is meant, for a patient who is gone as gone says; about is
// what is to be written.
func Late(s patient.Summary, about widgets.Pair, gone string, do func(string)) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("A late entry for %s?", s.Patient.Family()), Whom: OfSummary(s), Danger: true,
		Text: gone + ".\n" +
			tongue.T("Check that this is the right patient. What you write now is kept as written after that."),
		Pairs:   []widgets.Pair{about},
		Confirm: tongue.Tf("Write a late entry for %s", s.Patient.Family()), Cancel: tongue.T("Cancel"), OnConfirm: do}
}

// Change asks why a signed entry is changed, and says which: its time, and by whom it is. "" where
// that is not known.
func Change(s patient.Summary, which string, do func(reason string)) shell.Dialog {
	text := tongue.T("The entry as it was stays on record with your reason.")
	if which != "" {
		text = which + ".\n" + text
	}
	return shell.Dialog{Title: tongue.T("Why is this changed?"), Whom: OfSummary(s), Text: text,
		Reason: tongue.T("Reason"), Confirm: tongue.Tf("Save the change for %s", s.Patient.Name()),
		Cancel: tongue.T("Go on typing"), OnConfirm: do}
}
