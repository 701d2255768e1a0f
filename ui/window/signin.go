package window

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/screen/signin"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// door is what the sign-in screen says, and whether somebody is on the way out. UI goroutine only.
type door struct {
	state   signin.State
	keyring string // what Options.Keyring said
	leaving bool   // it is looked up what whoever signs out has in hand
}

// showSignIn draws the sign-in screen with a message. UI goroutine only.
func (w *Window) showSignIn(m words.Message, refused bool) {
	w.door.state = signin.State{Message: m, Refused: refused}
	w.redrawSignIn()
	// A refusal empties the password once, not with every new picture.
	w.door.state.Refused = false
}

// busy says that an answer is awaited. UI goroutine only.
func (w *Window) busy() {
	w.door.state = signin.State{Busy: true}
	w.redrawSignIn()
}

// redrawSignIn draws the sign-in screen as things stand now.
func (w *Window) redrawSignIn() {
	st := w.door.state
	st.Site, st.Ward, st.Station, st.Note = w.opt.Ward.Site, w.title(), w.stationLine(), w.door.keyring
	w.mu.Lock()
	st.Links = w.links(w.glass.picture)
	if w.who.session != nil {
		st.Locked = w.who.session.Staff.Name()
	}
	st.Alerts = w.glass.wall
	st.Deaf, st.DeafNext = deafText(w.glass.picture.Links)
	w.mu.Unlock()
	st.Mute, st.MuteNext = w.soundTrouble()
	st.Unwatched = w.unwatchedText()
	w.signin.Show(st)
}

// signIn signs a person in by their ID and password. UI goroutine only.
func (w *Window) signIn(id, password string) {
	w.busy()
	w.off(func(ctx context.Context) {
		s, err := w.opt.Station.Staff.SignIn(ctx, id, password)
		if err == nil {
			w.enter(ctx, s)
			freeMemory()
			return
		}
		w.admitted(s, err)
	})
}

// freeMemory returns to the system the 64 MiB that a look at a password took: the
// runtime itself takes minutes to.
func freeMemory() { debug.FreeOSMemory() }

// admitted shows the board to a person who may see it, and tells anybody else why not.
func (w *Window) admitted(s staff.Session, err error) {
	if errors.Is(err, staff.ErrSessionEnded) {
		w.forget()
	}
	if err != nil {
		refused := errors.Is(err, staff.ErrBadCredentials)
		w.atDoor(func() { w.showSignIn(words.AtSignIn(err), refused) })
		return
	}
	w.mu.Lock()
	another := w.who.session == nil || w.who.session.Staff.ID != s.Staff.ID
	if another {
		w.glass.query, w.glass.initials = board.Query{}, false
	}
	w.who.session, w.who.locked, w.who.active = &s, false, time.Now()
	opened := w.glass.opened
	w.mu.Unlock()
	w.moved()
	w.ear.notes.reword()
	if w.opt.Notify != nil {
		w.opt.Notify.Look()
	}
	f := w.prepare()
	w.gate.Do(func() {
		w.signin.Clear()
		if another {
			w.endChoices()
		}
		w.showFrame(f)
		w.shell.Go(shell.Board)
		if opened != "" {
			w.open(opened) // back where the nurse was
		}
	})
	w.auditBoard(s)
	w.background(w.lookForDrafts)
}

// askKeyring finds out what to say of the keyring. A keyring that hangs must not
// keep the window from opening.
func (w *Window) askKeyring() {
	if w.opt.Keyring == nil {
		return
	}
	note := w.opt.Keyring(w.ctx)
	w.gate.Do(func() {
		w.door.keyring = note
		w.redrawSignIn()
	})
}
