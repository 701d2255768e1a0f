package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
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
	w.glass.query.Text = "" // the search has found
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

// readPages reads the open chart anew whenever a picture came, until the window ends. It is apart from
// the pictures, so that a record that hangs holds no alert back.
func (w *Window) readPages() {
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-w.pages:
		}
		if s, ok := w.signed(); ok {
			if opened := w.opened(); opened != "" {
				w.readPage(w.ctx, s, opened)
			}
		}
	}
}

// readPage reads and shows a chart. The screen refuses it if the nurse has
// turned to another patient meanwhile, or if one that began later stands there.
func (w *Window) readPage(ctx context.Context, s staff.Session, patientID string) {
	order := w.began()
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	page, err := w.page(ctx, s, patientID)
	if err != nil {
		w.cannotShow(s, patientID, err)
		return
	}
	gone := page.Summary.GoneFrom(w.place().ID).Since(page.Encounters)
	v := screenpatient.View{Order: order, Page: page, Now: time.Now().UTC(), MayEdit: w.may(s, staff.EditChart),
		MayGive: w.may(s, staff.GiveMedicine), Me: s.Staff.ID, Gone: w.goneText(ctx, gone),
		MayTakeOver: w.may(s, staff.TakeOverLock),
		MayDecide:   s.Staff.Role.May(staff.RecordDecisions), Every: w.observe(), Told: w.told(patientID)}
	w.mu.Lock()
	v.TwoInBed, v.Alike = w.glass.picture.Board.TwoIn(patientID), w.glass.picture.Board.NameAlike(patientID)
	turned := w.glass.opened != patientID || w.who.session == nil || w.who.session.ID != s.ID
	w.mu.Unlock()
	if !page.FromCache {
		w.countDrafts(s, order, page.Drafts)
	}
	if !turned { // the newest page replaces one that still waits: never another patient's
		w.drawPage(v)
	}
}

// showPage draws a chart for the person for whom it was read: it has their drafts in it. UI goroutine
// only.
func (w *Window) showPage(v screenpatient.View) {
	if s, ok := w.signed(); ok && s.Staff.ID == v.Me && w.chart.Show(v) {
		w.shell.AskNext() // a question about this patient may have waited for it
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

// page reads a patient's chart, on the ward on the screen.
func (w *Window) page(ctx context.Context, s staff.Session, patientID string) (chart.Page, error) {
	return w.actOf(s, "", "").page(ctx, patientID)
}

// page reads a patient's chart, on the ward where the act began.
func (a act) page(ctx context.Context, patientID string) (chart.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	sum, err := a.w.opt.Station.Reader.Get(ctx, patientID)
	if err != nil {
		return chart.Page{}, err
	}
	return a.w.opt.Station.Desk(a.ward).Page(ctx, a.by, patient.Confirmed(sum))
}

// back leaves the chart. What was typed there is kept, and the nurse is told where.
func (w *Window) back() {
	w.turns("")
	w.sayKept()
	w.shell.Go(shell.Board)
}
