package window

import (
	"context"

	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// unlock lets the person who locked the station back in, if the password is theirs. UI goroutine only.
func (w *Window) unlock(password string) {
	s := w.whose()
	if s == nil {
		return
	}
	w.busy()
	w.off(func(ctx context.Context) {
		if err := w.opt.Station.Staff.Unlock(ctx, *s, password); err != nil {
			w.admitted(*s, err)
			return
		}
		w.turnBack()
		w.enter(ctx, *s)
		freeMemory()
	})
}

// resume finds the session that a restart left and shows it locked.
func (w *Window) resume() {
	ctx, cancel := context.WithTimeout(w.ctx, callLimit)
	defer cancel()
	s, err := w.opt.Station.Staff.Resume(ctx)
	if err != nil {
		return
	}
	w.mu.Lock()
	if w.who.session == nil {
		w.who.session, w.who.locked = &s, true
	}
	w.mu.Unlock()
	w.gate.Do(func() { w.showSignIn(words.Message{}, false) })
}

// lock covers the station; the session lives on until its idle limit.
func (w *Window) lock() {
	w.auditLock()
	w.mu.Lock()
	had := w.who.session != nil
	w.who.locked = had
	w.mu.Unlock()
	w.moved()
	w.ear.notes.reword()
	w.uncopy()
	w.keepNow()
	w.home()
	if w.isElsewhere() {
		w.closeEdits()
	}
	w.unsay()
	w.showSignIn(words.Message{}, false)
	w.shell.Go(shell.SignIn)
	w.signin.Focus()
}

// switchUser gives the session up so that another person can sign in.
func (w *Window) switchUser() {
	s := w.whose()
	if s != nil {
		w.afterOthers(func(ctx context.Context) { _ = w.opt.Station.Staff.SignOut(ctx, *s) })
	}
	w.forget()
	w.uncopy()
	w.unsay()
	w.showSignIn(words.Message{}, false)
	w.shell.Go(shell.SignIn)
	w.signin.Focus()
}
