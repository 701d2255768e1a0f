package window

import (
	"context"

	"github.com/wardlight/wardlight/app/staff"
)

// auditBoard has it written down that a person sees the ward's board.
func (w *Window) auditBoard(s staff.Session) {
	wardID := w.place().ID
	w.audit(func(ctx context.Context) { w.opt.Station.Staff.ViewedBoard(ctx, s, wardID) })
}

// auditLock has it written down that the station is being covered, once.
func (w *Window) auditLock() {
	w.mu.Lock()
	s, locked := w.who.session, w.who.locked
	w.mu.Unlock()
	if s != nil && !locked {
		w.audit(func(ctx context.Context) { w.opt.Station.Staff.Locked(ctx, *s) })
	}
}

// audit runs f in the background. It is nothing that a nurse did: a station that
// locks itself is as idle as before.
func (w *Window) audit(f func(ctx context.Context)) {
	w.background(func() {
		ctx, cancel := context.WithTimeout(w.ctx, callLimit)
		defer cancel()
		f(ctx)
	})
}
