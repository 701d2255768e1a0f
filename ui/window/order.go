package window

import (
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
)

// Frames and pages are made beside the window, several at once, and end in any order. Each has a number
// that grows, taken at the moment of what it is made of; the screen refuses one with a lower number than
// what stands there: else names come back that were hidden, or a dose that was given is open again.

// began is the number of what is begun to be read now.
func (w *Window) began() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.glass.order++
	return w.glass.order
}

// moment is all that a frame is made of, as it stood at one moment.
type moment struct {
	order    uint64
	picture  live.Picture
	query    board.Query
	nameless bool
	drafts   int
	session  staff.Session
	signed   bool // somebody is signed in, and not locked out
}

// moment is how things stand now.
func (w *Window) moment() moment {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.glass.order++
	m := moment{order: w.glass.order, picture: w.glass.picture, query: w.glass.query, nameless: w.glass.initials,
		drafts: w.editor.drafts, signed: w.who.session != nil && !w.who.locked}
	if m.signed {
		m.session = *w.who.session
	}
	return m
}
