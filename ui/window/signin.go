package window

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screen/signin"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// showSignIn draws the sign-in screen with a message. UI goroutine only.
func (w *Window) showSignIn(m words.Message, refused bool) {
	w.signInState = signin.State{Message: m, Refused: refused}
	w.redrawSignIn()
	// A refusal empties the password once, not with every new picture.
	w.signInState.Refused = false
}

// busy says that an answer is awaited. UI goroutine only.
func (w *Window) busy() {
	w.signInState = signin.State{Busy: true}
	w.redrawSignIn()
}

// redrawSignIn draws the sign-in screen as things stand now.
func (w *Window) redrawSignIn() {
	st := w.signInState
	st.Site, st.Ward, st.Station, st.Note = w.opt.Ward.Site, w.title(), w.stationLine(), w.keyring
	w.mu.Lock()
	st.Links = w.links(w.picture)
	if w.session != nil {
		st.Locked = w.session.Staff.Name()
	}
	st.Alerts = w.wall
	st.Deaf, st.DeafNext = deafText(w.picture.Links)
	w.mu.Unlock()
	st.Mute, st.MuteNext = w.soundTrouble()
	st.Unwatched = w.unwatchedText()
	w.signin.Show(st)
}

func (w *Window) signIn(id, password string) {
	w.busy()
	w.off(func(ctx context.Context) {
		s, err := w.opt.Station.Staff.SignIn(ctx, id, password)
		if err == nil {
			w.enter(ctx, s)
			giveBack()
			return
		}
		w.admitted(s, err)
	})
}

// giveBack returns to the system the 64 MiB that a look at a password took: the
// runtime itself takes minutes to.
func giveBack() { debug.FreeOSMemory() }

func (w *Window) unlock(password string) {
	w.mu.Lock()
	s := w.session
	w.mu.Unlock()
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
		giveBack()
	})
}

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
	another := w.session == nil || w.session.Staff.ID != s.Staff.ID
	if another {
		w.query, w.initials = board.Query{}, false
	}
	w.session, w.locked, w.active = &s, false, time.Now()
	p, opened := w.picture, w.opened
	w.mu.Unlock()
	w.moved()
	w.notes.reword()
	if w.opt.Notify != nil {
		w.opt.Notify.Look()
	}
	f := w.prepare(p)
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
		w.keyring = note
		w.redrawSignIn()
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
	if w.session == nil {
		w.session, w.locked = &s, true
	}
	w.mu.Unlock()
	w.gate.Do(func() { w.showSignIn(words.Message{}, false) })
}

// lock covers the station; the session lives on until its idle limit.
func (w *Window) lock() {
	w.auditLock()
	w.mu.Lock()
	had := w.session != nil
	w.locked = had
	w.mu.Unlock()
	w.moved()
	w.notes.reword()
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
	w.mu.Lock()
	s := w.session
	w.mu.Unlock()
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

func (w *Window) user() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	choices := []shell.Choice{{Text: tongue.T("Lock"), Do: w.lock}, {Text: tongue.T("Sign out"), Do: w.signOut},
		{Text: tongue.T("My drafts"), Do: w.myDrafts}}
	offer := func(is bool, text string, do func()) {
		if is {
			choices = append(choices, shell.Choice{Text: text, Do: do})
		}
	}
	offer(w.opt.Sound != nil, tongue.T("Check the sound"), w.checkSound)
	offer(w.opt.Load != nil && a.by.Staff.Role.May(staff.RunWard), tongue.T("Alarm load of this ward"), w.showLoad)
	offer(true, tongue.T("How this station stands"), w.showStation)
	offer(w.offersBreakGlass(a.by), tongue.T("Emergency access"), func() { w.breakGlass(w.place()) })
	offer(w.may(a.by, staff.RunWard), tongue.T("How alerts escalate here"), w.showPolicy)
	a.ask(ask.Station(choices))
}

// unsay takes the last message away: it may name a patient. UI goroutine only.
func (w *Window) unsay() {
	w.saidUntil, w.refusing = time.Time{}, false
	w.shell.Say("", "")
}

// forget drops the session and all that belongs to it from this window. It does not wait for the
// record: what was typed is written down in the background.
func (w *Window) forget() {
	w.mu.Lock()
	w.session, w.locked, w.opened, w.drafts = nil, false, "", 0
	w.chosenDraft = chart.Draft{}
	w.query, w.initials = board.Query{}, false
	w.soundChecked = time.Time{} // the next nurse checks for herself
	w.mu.Unlock()
	w.leaveLines() // after that: what is opened from now on is given back by whoever opens it
	w.closeEdits()
	w.gate.Do(w.endChoices)
	w.moved()
	w.notes.reword()
	w.home()
	w.mu.Lock()
	w.turned = elsewhere{}
	w.mu.Unlock()
}

// endChoices forgets what one nurse chose to see, and what she was to be asked: it is not for
// the next one. UI goroutine only.
func (w *Window) endChoices() {
	w.shell.Drop()
	w.board.SetQuery(board.Query{})
	w.board.SetList(false)
	w.alerts.ShowTab(alerts.Open)
	w.chart.Unturn()
}

// isOn reports whether a session is the one that is signed in here: what comes late, of
// another, is not for the person who is.
func (w *Window) isOn(s staff.Session) bool {
	is, _ := act{w: w, by: s}.mine()
	return is
}

// ended turns to sign-in if err says that a session is over, and it is the one that is
// signed in.
func (w *Window) ended(s staff.Session, err error) {
	if !errors.Is(err, staff.ErrSessionEnded) || !w.isOn(s) {
		return
	}
	w.forget()
	w.atDoor(func() {
		w.uncopy()
		w.unsay()
		w.showSignIn(words.For(err), false)
		w.shell.Go(shell.SignIn)
	})
}

// coverNow hides the patients until somebody presses a key. The ward's alerts stay, naming nobody: see
// [alert.Wall]. They are those of the station's own ward from the first moment, as behind the lock. UI
// goroutine only.
func (w *Window) coverNow() {
	w.home()
	v := shell.Covering{Text: tongue.T("Press any key, or click.")}
	v.Mute, v.MuteNext = w.soundTrouble()
	v.Unwatched = w.unwatchedText()
	w.mu.Lock()
	v.Alerts = w.wall
	v.Deaf, v.DeafNext = deafText(w.picture.Links)
	w.mu.Unlock()
	w.shell.Cover(v)
}

// deafText says that alerts can reach this station in no way, and what to do; "" if they can.
func deafText(l live.Links) (head, rest string) {
	if !l.Deaf() {
		return "", ""
	}
	head = tongue.T("This station cannot hear alerts.")
	if !l.Since.IsZero() {
		head = tongue.Tf("This station cannot hear alerts since %s.", tongue.Here(l.Since).Format("15:04:05"))
	}
	return head, tongue.T("Use another station until this line goes away, and tell the charge nurse.")
}
