package main

import (
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// showChart opens the sickest patient's chart as change leaves it.
func showChart(s *stage, change func(*patient.View)) {
	atChart(s)
	v := chartView()
	change(&v)
	s.patient.Show(v)
}

// doseTwice asks before a medicine that was given already, as the window does.
func doseTwice() shell.Dialog {
	return doseAsked("Paracetamol", tongue.Tf("%s was given at %s by %s, due %s.", "Paracetamol 1 g PO", "13:50",
		"Diaz, M", "14:00")+"\n"+tongue.Tf("It is not due yet: in %s.", "57 min"))
}

// doseAllergic asks before a medicine that the patient is recorded to bear badly.
func doseAllergic() shell.Dialog {
	return doseAsked("Benzylpenicillin", tongue.Tf("⚠ Recorded allergy: %s.", "Penicillin"))
}

func doseAsked(medicine, why string) shell.Dialog {
	p := fixture.Chart().Summary.Patient
	surname := "ADELEKE"
	return shell.Dialog{Title: tongue.Tf("Give it to %s all the same?", surname), Danger: true,
		Text: why,
		Pairs: []widgets.Pair{{Left: tongue.T("Patient"), Right: tongue.Tf("%s, MRN %s", p.Name(), p.GroupedMRN())},
			{Left: tongue.T("Bed"), Right: tongue.Tf("Bed %s", "07")},
			{Left: tongue.T("Medicine"), Right: medicine}, {Left: tongue.T("Dose"), Right: "1 g"},
			{Left: tongue.T("Route"), Right: "PO"}, {Left: tongue.T("Due"), Right: "15:00"}},
		Confirm: tongue.Tf("Given for %s all the same", surname), Cancel: tongue.T("Cancel")}
}

// lateEntry asks before anything is charted for a patient who is not here any more.
func lateEntry() shell.Dialog {
	p := fixture.Chart().Summary.Patient
	return shell.Dialog{Title: tongue.Tf("A late entry for %s?", "ADELEKE"), Danger: true,
		Text: tongue.Tf("On ward %s since %s", "5A Surgery", "12:33") + ".\n" + tongue.T(
			"Check that this is the right patient. What you write now is kept as written after that."),
		Pairs: []widgets.Pair{{Left: tongue.T("Patient"), Right: tongue.Tf("%s, MRN %s", p.Name(), p.GroupedMRN())},
			{Left: tongue.T("Section"), Right: tongue.T("Observations")}},
		Confirm: tongue.Tf("Write a late entry for %s", "ADELEKE"), Cancel: tongue.T("Cancel")}
}
