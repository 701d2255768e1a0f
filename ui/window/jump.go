package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/obsform"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
)

// askOfJump asks once about a set that was just saved, if the score jumped with it: a
// finger may have slipped. The set stands already, and every board shows it.
func (w *Window) askOfJump(ctx context.Context, a act, entryID string) {
	patientID := a.patient
	page, err := a.page(ctx, patientID)
	if err != nil {
		return
	}
	now := time.Now()
	if !page.Summary.Scoring(now).Applies() {
		return
	}
	for _, o := range page.Observations {
		if o.ID != entryID {
			continue
		}
		if j, found := vitals.JumpOf(page.Observations, o); found {
			// Of no open chart: it names the patient, and opens the chart to correct.
			a.patient = ""
			a.askWordedLater(func(now time.Time) shell.Dialog {
				known := page
				known.Summary = w.asKnown(page.Summary)
				d := ask.Jumped(known, j, now)
				d.Choices[1].Do = func() { w.correctSet(patientID, o) }
				return d
			})
		}
	}
}

// correctSet opens a set that was charted here to be changed.
func (w *Window) correctSet(patientID string, o vitals.Observation) {
	fields := obsform.Write(o)
	fields[screen.AmendsField] = o.ID
	w.openThen(patientID, func() { w.amend(patientID, chart.Observations, fields) })
}
