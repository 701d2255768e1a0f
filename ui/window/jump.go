package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/obsform"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
)

// askOfJump asks once about a set that was just saved, if the score jumped with it: a
// finger may have slipped. The set stands already, and every board shows it.
func (w *Window) askOfJump(ctx context.Context, s staff.Session, patientID, entryID string) {
	page, err := w.page(ctx, s, patientID)
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
			d := shell.Jumped(page, j, now)
			d.Choices[1].Do = func() { w.correctSet(patientID, o) }
			w.askWhenFree(s.ID, d)
		}
	}
}

// askWhenFree asks as soon as no other dialog is open, unless somebody else is signed in
// by then.
func (w *Window) askWhenFree(session string, d shell.Dialog) {
	w.gate.Do(func() {
		w.unasked = append(w.unasked, question{session, d})
		w.askNext()
	})
}

// question is one that waits until it can be asked, of whom it is.
type question struct {
	session string
	dialog  shell.Dialog
}

// askNext asks what waits, one at a time. UI goroutine only.
func (w *Window) askNext() {
	s, ok := w.signed()
	for len(w.unasked) > 0 && ok && !w.shell.Modal() && !w.shell.Covered() {
		q := w.unasked[0]
		w.unasked = w.unasked[1:]
		if q.session == s.ID {
			w.shell.Ask(q.dialog)
		}
	}
}

// correctSet opens a set that was charted here to be changed.
func (w *Window) correctSet(patientID string, o vitals.Observation) {
	fields := obsform.Write(o)
	fields[screen.AmendsField] = o.ID
	w.openThen(patientID, func() { w.amend(patientID, chart.Observations, fields) })
}
