package window

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/words"
)

// signOut signs out, after one question if this person has alerts in hand: while they do,
// nobody else is called.
func (w *Window) signOut() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	held := w.inHand(a.by)
	if len(held) == 0 {
		w.switchUser()
		return
	}
	a.ask(ask.SignOut(held, func() { w.off(func(ctx context.Context) { w.giveAllBack(ctx, a, held) }) },
		func() { w.off(func(ctx context.Context) { w.keepAll(ctx, a, held) }) }))
}

// inHand are the alerts of the ward on the screen that somebody has in hand. What they have in
// hand on another ward it does not see, and signing out does not ask about it.
func (w *Window) inHand(s staff.Session) (out []alert.Card) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.picture.Cards {
		if c.State == alert.TakenInHand && c.TakenID == s.Staff.ID {
			out = append(out, c)
		}
	}
	return out
}

// giveAllBack gives alerts back and signs out; where one could not be given back, the person
// stays signed in and reads which.
func (w *Window) giveAllBack(ctx context.Context, a act, held []alert.Card) {
	for _, c := range held {
		if _, err := w.opt.Station.Line.TakeBack(ctx, a.by, alert.Read{Alert: c.Alert}, ""); err != nil && !outOfHand(err) {
			w.sayOf(a, c, words.NotSignedOut(err))
			w.ended(a.by, err)
			return
		}
	}
	w.leaves(a)
}

// outOfHand reports whether a refusal to take an alert back says that the person does not have
// it in hand any more. One who was refused for another reason still does.
func outOfHand(err error) bool {
	return errors.Is(err, alert.ErrNotAccepted) || errors.Is(err, alert.ErrNotYours) || errors.Is(err, alert.ErrResolved)
}

// keepAll has it written down that the person keeps alerts in hand, and signs out.
func (w *Window) keepAll(ctx context.Context, a act, held []alert.Card) {
	for _, c := range held {
		w.opt.Station.Staff.Note(ctx, a.by, audit.Event{Action: audit.KeepAlert, Patient: c.Alert.Patient,
			Object: c.Alert.ID, Outcome: audit.Done})
	}
	w.leaves(a)
}

// leaves signs out whoever began an act, if they are signed in still.
func (w *Window) leaves(a act) {
	w.gate.Do(func() {
		if is, _ := a.mine(); is {
			w.switchUser()
		}
	})
}
