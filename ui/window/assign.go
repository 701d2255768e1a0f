package window

import (
	"context"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
)

// mine takes a patient for the shift, or gives them back.
func (w *Window) mine(patientID string, take bool) {
	a, ok := w.begins(staff.EditChart, "")
	if !ok {
		return
	}
	s, place := a.by, a.ward
	w.off(func(ctx context.Context) {
		al := w.opt.Station.Allocation
		var err error
		if !take {
			err = al.Release(ctx, s, place, patientID, s.Staff.ID)
		} else {
			err = al.Take(ctx, s, place, patientID)
		}
		w.answer(s, err)
	})
}

// assign asks which nurse gets a patient.
func (w *Window) assign(patientID string) {
	a, ok := w.begins(staff.AssignPatients, "")
	if !ok {
		return
	}
	s, place, row := a.by, a.ward, w.row(patientID)
	w.off(func(ctx context.Context) {
		al := w.opt.Station.Allocation
		people, err := al.People(ctx, place)
		if err != nil {
			w.answer(s, err)
			return
		}
		var choices, away []shell.Choice // the first is under Enter: none that takes away
		names := staff.Apart(people, staff.Whole)
		for _, p := range people {
			text, move, list := names[p.ID], al.Assign, &choices
			if row.Has(p.ID) {
				text, move, list = tongue.Tf("%s: take away", names[p.ID]), al.Release, &away
			}
			*list = append(*list, shell.Choice{Text: text, Do: func() {
				w.off(func(ctx context.Context) { w.answer(s, move(ctx, s, place, patientID, p.ID)) })
			}})
		}
		choices = append(choices, away...)
		a.askLater(ask.LooksAfter(row, choices))
	})
}
