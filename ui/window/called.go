package window

import (
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// here is whoever is signed in at this station and looks; "" while nobody does.
func (w *Window) here() (string, staff.Role) {
	s, ok := w.signed()
	if !ok {
		return "", ""
	}
	return s.Staff.ID, s.Staff.Role
}

// behindLock is whoever is signed in here while the station is locked; "" while nobody is.
func (w *Window) behindLock() (string, staff.Role) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.who.session == nil || !w.who.locked {
		return "", ""
	}
	return w.who.session.Staff.ID, w.who.session.Staff.Role
}

// called reports whether a call is for this station: for whoever is signed in, or
// for everyone.
func (w *Window) called(c alert.Call) bool { return c.Calls(w.here()) }

// call is whom an alert calls now; everyone while no ward is followed yet.
func (w *Window) call(alertID string) alert.Call {
	lw := w.followed()
	if lw == nil {
		return alert.Call{Everyone: true}
	}
	return lw.Call(alertID)
}

// moved tells the ward that somebody signed in or out here, or that the sound
// changed. It does not block.
func (w *Window) moved() {
	lw := w.followed()
	if lw != nil {
		lw.Moved()
	}
}
