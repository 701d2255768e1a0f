package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/staff"
	screenpatient "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// open turns to a patient's chart.
func (w *Window) open(patientID string) { w.openThen(patientID, nil) }

// openThen turns to a patient's chart and, once it is shown and still the one on the
// screen, does then.
func (w *Window) openThen(patientID string, then func()) {
	s, ok := w.signed()
	switch {
	case !ok || patientID == "":
		return
	case w.shell.Place() == shell.Patient && w.chart.Opened() == patientID: // it stands there already
		if then != nil {
			then()
		}
		return
	}
	w.turns(patientID)
	w.mu.Lock()
	w.query.Text = "" // the search has found
	w.mu.Unlock()
	w.board.EndSearch()
	w.chart.Open(patientID)
	w.shell.Go(shell.Patient)
	w.off(func(ctx context.Context) {
		if err := w.opt.Station.Staff.Require(ctx, s, staff.ViewChart, w.place().ID); err != nil {
			w.refused(s, err, patientID)
			return
		}
		w.opt.Station.Staff.Viewed(ctx, s, patientID)
		w.readPage(ctx, s, patientID)
		if then != nil {
			w.forOnly(s, func() { // not for whoever signed in meanwhile, and turned to the same patient
				if w.chart.Opened() == patientID {
					then()
				}
			})
		}
	})
}

// readPage reads and shows a chart. The screen refuses it if the nurse has
// turned to another patient meanwhile.
func (w *Window) readPage(ctx context.Context, s staff.Session, patientID string) {
	page, err := w.page(ctx, s, patientID)
	if err != nil {
		w.cannotShow(s, patientID, err)
		return
	}
	gone := page.Summary.GoneFrom(w.place().ID).Since(page.Encounters)
	v := screenpatient.View{Page: page, Now: time.Now().UTC(), MayEdit: w.may(s, staff.EditChart),
		MayGive: w.may(s, staff.GiveMedicine), Me: s.Staff.ID, Gone: w.goneText(ctx, gone),
		MayTakeOver: w.may(s, staff.TakeOverLock),
		MayDecide:   s.Staff.Role.May(staff.RecordDecisions), Every: w.observe(), Told: w.told(patientID)}
	w.mu.Lock()
	v.TwoInBed, v.Alike = w.picture.Board.TwoIn(patientID), w.picture.Board.NameAlike(patientID)
	turned := w.opened != patientID || w.session == nil || w.session.ID != s.ID
	w.mu.Unlock()
	if !page.FromCache {
		w.countDrafts(s, page.Drafts)
	}
	if !turned { // the newest page replaces one that still waits: never another patient's
		w.drawPage(v)
	}
}

// refused says on a chart why it is not shown, and ends what is over with that.
func (w *Window) refused(s staff.Session, err error, patientID string) {
	w.cannotShow(s, patientID, err)
	w.ended(s, err)
}

// cannotShow says on the still blank chart of a patient why it cannot be shown, to whoever opened
// it.
func (w *Window) cannotShow(s staff.Session, patientID string, err error) {
	w.forOnly(s, func() { w.chart.Failed(patientID, words.For(err).String()) })
}

// back leaves the chart. What was typed there is kept, and the nurse is told where.
func (w *Window) back() {
	w.turns("")
	w.sayKept()
	w.shell.Go(shell.Board)
}
