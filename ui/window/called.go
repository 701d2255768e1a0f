package window

import (
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// here is who is signed in at this station and looks; "" while nobody does.
func (w *Window) here() (string, staff.Role) {
	s, ok := w.signed()
	if !ok {
		return "", ""
	}
	return s.Staff.ID, s.Staff.Role
}

// called reports whether a call is for this station: for who is signed in, or for
// everyone.
func (w *Window) called(c alert.Call) bool { return c.Calls(w.here()) }

// call is whom an alert calls now; everyone while no ward is followed yet.
func (w *Window) call(alertID string) alert.Call {
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if lw == nil {
		return alert.Call{Everyone: true}
	}
	return lw.Call(alertID)
}

// moved tells the ward that somebody signed in or out here, or that the sound
// changed. It does not block.
func (w *Window) moved() {
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if lw != nil {
		lw.Moved()
	}
}
