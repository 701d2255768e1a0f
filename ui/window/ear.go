package window

import (
	"sync/atomic"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
)

// ear is what calls somebody to this station without being looked at: the tones and the
// desktop's notifications.
type ear struct {
	ringer    *ringer
	notes     *notes
	notifying atomic.Pointer[notify.State] // how it stands with the notifications
	nudge     chan struct{}                // draw how it stands with the sound, now

	testing bool      // a self-test of the sound plays; guarded by Window.mu
	checked time.Time // the last that a nurse heard; zero: none; guarded by Window.mu
}

// onMove tells ear and desktop.
func (w *Window) onMove(m alert.Move, backlog bool) {
	w.ear.ringer.move(m, backlog)
	w.ear.notes.move(m, backlog)
}
