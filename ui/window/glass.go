package window

import (
	"cmp"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// glass is what stands on the screen, and of which ward; guarded by Window.mu.
type glass struct {
	ward      ward.Ward // on the screen; the station's own while nobody is signed in
	unfollow  func()    // stops following it
	live      *live.Ward
	picture   live.Picture
	wall      alert.Wall // of picture: what a screen shows that nobody has signed in to
	query     board.Query
	initials  bool      // initials in place of names
	opened    string    // patient on the screen
	turned    elsewhere // what was on the screen when it was covered or locked
	unwatched string    // what the ward is called that was on the screen before its own; see watched
	loads     int       // how often the alarm load was asked for
	order     uint64    // of the newest frame or page that was begun
}

// place is the ward on the screen.
func (w *Window) place() ward.Ward {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.glass.ward
}

// title is what that ward is called: as its picture has it, which follows the record.
func (w *Window) title() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return cmp.Or(w.glass.picture.Board.WardName, w.glass.ward.Title())
}

// observe is how often the ward on the screen observes.
func (w *Window) observe() vitals.Intervals {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.glass.picture.Board.Every
}

// row is a patient's row of the picture shown; the zero row if there is none.
func (w *Window) row(patientID string) board.Row {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.glass.picture.Board.Rows {
		if r.Patient == patientID && patientID != "" {
			return r
		}
	}
	return board.Row{}
}

// picture is the newest picture of the ward on the screen.
func (w *Window) picture() live.Picture {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.glass.picture
}

// opened is the patient on the screen; "" for none.
func (w *Window) opened() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.glass.opened
}

// followed is the ward on the screen as it is followed; nil while none is yet.
func (w *Window) followed() *live.Ward {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.glass.live
}
