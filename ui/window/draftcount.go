package window

import (
	"context"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
)

// lookForDrafts counts what this nurse has typed and not saved.
func (w *Window) lookForDrafts() {
	s, ok := w.signed()
	if !ok {
		return
	}
	order := w.began()
	ctx, cancel := context.WithTimeout(w.ctx, callLimit)
	defer cancel()
	if list, err := w.opt.Station.Desk(w.place().ID).Drafts(ctx, s); err == nil {
		w.countDrafts(s, order, list)
	}
}

// countDrafts shows in the head of the window how many drafts there are. What is being
// typed on the screen now is not among them. They are of a session: while another is signed in
// nothing is counted, nor what was read before what was counted last; order says when that began.
func (w *Window) countDrafts(s staff.Session, order uint64, list []chart.Draft) {
	w.mu.Lock()
	if w.who.session == nil || w.who.session.ID != s.ID || order < w.editor.counted {
		w.mu.Unlock()
		return
	}
	n := 0
	for _, d := range list {
		ed := w.editor.edits[keyOf(d)]
		if ed == nil || ed.lapsed || w.glass.opened != d.Patient {
			n++
		}
	}
	same := w.editor.drafts == n
	w.editor.drafts, w.editor.counted = n, order
	w.mu.Unlock()
	if !same {
		w.redraw()
	}
}
