package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/words"
)

// reservation is how long a section that somebody waited for is held for them.
const reservation = 2 * time.Minute

// inLine is one wait for a section; leave ends it.
type inLine struct{ leave context.CancelFunc }

// tell stands in line for a section. When it is this nurse's turn she is told, and
// the section is held for her a while.
func (w *Window) tell(patientID string, section chart.Section) {
	a, ok := w.begins(staff.EditChart, patientID)
	if !ok {
		return
	}
	s, key := a.by, editKey{patientID, section}
	w.mu.Lock()
	if w.editor.waiting[key] != nil {
		w.mu.Unlock()
		return
	}
	ctx, cancel := context.WithTimeout(w.ctx, staff.IdleLimit)
	place := &inLine{cancel}
	w.editor.waiting[key] = place
	w.mu.Unlock()
	row := w.row(patientID)
	w.background(func() {
		defer cancel()
		defer w.readPage(w.ctx, s, patientID)
		e, err := w.opt.Station.Desk(a.ward).Await(ctx, s, a.ward, patientID, section)
		w.mu.Lock()
		takeOut(w.editor.waiting, key, place) // she may have left the line, and another stand there
		left := w.who.session == nil || w.who.session.ID != s.ID
		if err == nil && !left {
			w.editor.reserved[key] = e
		}
		w.mu.Unlock()
		switch {
		case err != nil:
			return // the time is over, or nobody is signed in any more
		case left:
			e.Close(w.ctx)
			return
		}
		w.sayToFor(s, words.Message{What: tongue.Tf("The %s of %s are free and held for you.", section.Lower(), row.Surname),
			Next: tongue.T("Open the chart and press Edit within two minutes.")}, reservation)
		select {
		case <-w.ctx.Done():
		case <-e.Lost():
		case <-time.After(reservation):
		}
		if w.takesBack(key, e) {
			e.Close(w.ctx)
		}
	})
	w.background(func() { w.readPage(ctx, s, patientID) }) // says that she is in line
}

// takeReserved is the section that was held for this nurse, once.
func (w *Window) takeReserved(key editKey) *chart.Editing {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := w.editor.reserved[key]
	delete(w.editor.reserved, key)
	return e
}

// takesBack reports whether a section was still held for whoever waited for it, and holds it for them no
// longer. What is held for another by then stays so.
func (w *Window) takesBack(key editKey, e *chart.Editing) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return takeOut(w.editor.reserved, key, e)
}

// leaveLines gives up what is waited for and what is held for later. It does not wait for it.
func (w *Window) leaveLines() {
	w.mu.Lock()
	held := w.editor.reserved
	w.editor.reserved = map[editKey]*chart.Editing{}
	for _, place := range w.editor.waiting {
		place.leave()
	}
	w.editor.waiting = map[editKey]*inLine{} // the next person may stand in line at once
	w.mu.Unlock()
	if len(held) > 0 {
		w.givesBack(func() {
			for _, e := range held {
				e.Close(w.ctx)
			}
		})
	}
}

// told are the sections of a patient that this nurse waits for.
func (w *Window) told(patientID string) map[chart.Section]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := map[chart.Section]bool{}
	for key := range w.editor.waiting {
		if key.patient == patientID {
			out[key.section] = true
		}
	}
	return out
}
