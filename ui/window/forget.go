package window

import (
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// forget drops the session and all that belongs to it from this window. It does not wait for the
// record: what was typed is written down in the background.
func (w *Window) forget() {
	w.mu.Lock()
	w.who.session, w.who.locked, w.glass.opened, w.editor.drafts = nil, false, "", 0
	w.editor.chosenDraft = chart.Draft{}
	w.glass.query, w.glass.initials = board.Query{}, false
	w.ear.checked = time.Time{} // the next nurse checks for herself
	w.mu.Unlock()
	w.leaveLines() // after that: what is opened from now on is given back by whoever opens it
	w.closeEdits()
	w.gate.Do(w.endChoices)
	w.moved()
	w.ear.notes.reword()
	w.home()
	w.mu.Lock()
	w.glass.turned = elsewhere{}
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
