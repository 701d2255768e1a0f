package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
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

// observe is how often the ward on the screen observes.
func (w *Window) observe() vitals.Intervals {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.picture.Board.Every
}

// answer tells a person what was refused them, if they are signed in still.
func (w *Window) answer(s staff.Session, err error) {
	if err != nil {
		w.sayTo(s, words.For(err))
		w.ended(s, err)
	}
}

// row is a patient's row of the picture shown; the zero row if there is none.
func (w *Window) row(patientID string) board.Row {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.picture.Board.Rows {
		if r.Patient == patientID && patientID != "" {
			return r
		}
	}
	return board.Row{}
}

// turnInitials puts initials in place of names, or names again.
func (w *Window) turnInitials() {
	w.mu.Lock()
	w.initials = !w.initials
	p := w.picture
	w.mu.Unlock()
	w.off(func(context.Context) { w.draw(w.prepare(p)) })
}

// withoutNames leaves out of a frame what the public must not read. Nothing can
// be acted on then: two identifiers are missing.
func (f *frame) withoutNames(q board.Query) {
	f.board.Snapshot = f.board.Snapshot.InInitials()
	q.Text = "" // a search by name would tell who lies here
	f.board.Rows = f.board.Snapshot.Select(q)
	f.board.MayEdit, f.board.MayAssign = false, false
	f.board.Notice, f.board.NoticeRest = tongue.T("Names are hidden."),
		tongue.T("Ctrl I shows them again. Charts do not open meanwhile.")
	for _, list := range [][]widgets.Alert{f.alerts.Open, f.alerts.Mine, f.alerts.History} {
		for i := range list {
			a := &list[i]
			if a.Alert.Patient != "" { // the card of nobody, with the place in its text
				a.Alert.Text = tongue.Tf("Bed %s, %s: %s", a.Alert.Bed, board.Initials(a.Given, a.Surname),
					a.Alert.Text)
			}
			if a.Alert.Patient != "" {
				a.Alert.Bed, a.Change = "", nil
			}
			a.Alert.Sent, a.Alert.Holders = "", ""
			a.Surname, a.Given, a.MRN, a.Born = "", "", "", time.Time{}
			a.Alert.Patient, a.Unidentified, a.May, a.All = "", false, alert.Rights{}, 0
			a.Unread, a.Now = false, alert.Whereabouts{}
		}
	}
}

// openNamed opens a chart from the board. While names are hidden nobody can be
// told apart, so none opens.
func (w *Window) openNamed(patientID string) {
	w.mu.Lock()
	hidden := w.initials
	w.mu.Unlock()
	if hidden {
		w.sayHere(words.Message{What: tongue.T("Names are hidden on this screen."),
			Next: tongue.T("Press Ctrl I to show them, then open the chart.")}, saidFor)
		return
	}
	w.open(patientID)
}
