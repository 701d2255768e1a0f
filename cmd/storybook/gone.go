package main

import (
	"time"

	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
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

// lies is the sickest patient, in their bed.
func lies() apppatient.Summary { return fixture.Chart().Summary }

// doseTwice asks before a medicine that was given already.
func doseTwice() shell.Dialog {
	at := fixture.Now
	given := dose("Paracetamol")
	given.Closed, given.ClosedByName, given.Due = at.Add(-12*time.Minute), "Diaz, M", at.Add(-2*time.Minute)
	return ask.Doubt(lies(), task.DoubtError{Task: dose("Paracetamol"),
		Doubts: task.Doubts{Again: given, Early: 57 * time.Minute}}, "", at, nil)
}

// doseAllergic asks before a medicine that the patient is recorded to be allergic to.
func doseAllergic() shell.Dialog {
	return ask.Doubt(lies(), task.DoubtError{Task: dose("Benzylpenicillin"),
		Doubts: task.Doubts{Allergic: []string{"Penicillin"}}}, "", fixture.Now, nil)
}

// doseUnasked asks before a medicine for a patient whose allergies nobody recorded, and which is early.
func doseUnasked(p chart.Page) shell.Dialog {
	return ask.Doubt(p.Summary, task.DoubtError{Task: p.Tasks[0],
		Doubts: task.Doubts{Unasked: true, Early: 57 * time.Minute}}, "", fixture.Now, nil)
}

// doseWaited asks about a dose that was early when it was given, after an hour behind the lock.
func doseWaited() shell.Dialog {
	return ask.Doubt(lies(), task.DoubtError{Task: dose("Paracetamol"), Doubts: task.Doubts{Early: 57 * time.Minute}},
		"",
		fixture.Now.Add(time.Hour), nil)
}

func dose(medicine string) task.Task {
	return task.Task{ID: "d", Kind: task.Medicine, Text: medicine, Dose: "1 g", Route: "PO",
		Due: fixture.Now.Add(57 * time.Minute)}
}

// lateEntry asks before anything is charted for a patient who is not here any more.
func lateEntry() shell.Dialog {
	return ask.Late(lies(), widgets.Pair{Left: tongue.T("Section"), Right: chart.Observations.Title()},
		tongue.Tf("On ward %s since %s", "5A Surgery", "12:33"), nil)
}
