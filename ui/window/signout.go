package window

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/words"
)

// handLimit is how long signing out waits to learn what somebody has in hand on other wards. It is a
// variable for the tests, as [callLimit] is.
var handLimit = 2 * time.Second

// signOut signs out, after one question if this person has alerts in hand, on whichever ward: while
// they do, nobody else is called. Signed in at another station, too, they keep them there, and are
// told so.
func (w *Window) signOut() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	w.off(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, handLimit)
		defer cancel()
		held := w.inHand(ctx, a.by)
		var at []string
		if len(held) > 0 { // where that cannot be known they are asked
			at, _ = w.opt.Station.Staff.AlsoAt(ctx, a.by)
		}
		w.forOnly(a.by, func() {
			switch {
			case len(held) == 0:
				w.switchUser()
			case len(at) > 0:
				w.switchUser()
				w.showSignIn(words.StaysInHand(len(held), at), false)
			default:
				a.ask(ask.SignOut(held, func() { w.off(func(ctx context.Context) { w.giveAllBack(ctx, a, held) }) },
					func() { w.off(func(ctx context.Context) { w.keepAll(ctx, a, held) }) }))
			}
		})
	})
}

// inHand are the alerts that somebody has in hand on any ward, each as the screen shows it if it does;
// those of the ward on the screen, if the record cannot say.
func (w *Window) inHand(ctx context.Context, s staff.Session) []alert.Card {
	here := w.inHandHere(s)
	all, err := w.opt.Station.InHand(ctx, s.Staff.ID)
	if err != nil {
		w.opt.Logger.Warn("what somebody has in hand on other wards could not be read", "staff", s.Staff.ID, "err", err)
		return here
	}
	for n, c := range all {
		if shown, is := w.findCard(c.Alert.ID); is {
			all[n] = shown
		}
	}
	for _, c := range here { // one that the record has not taken yet
		if !slices.ContainsFunc(all, func(o alert.Card) bool { return o.Alert.ID == c.Alert.ID }) && c.Unrecorded {
			all = append(all, c)
		}
	}
	return all
}

// inHandHere are those of the ward on the screen.
func (w *Window) inHandHere(s staff.Session) (out []alert.Card) {
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
