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
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// handLimit is how long signing out waits for what was pressed before, and then for the record to say
// what somebody has in hand on any ward. It is a variable for the tests, as [callLimit] is.
var handLimit = 2 * time.Second

// signOut signs out, after one question if this person has alerts in hand, on whichever ward: while
// they do, nobody else is called. What was pressed before is recorded first: an accept on its way is
// in hand, too. Where that takes too long, or the record cannot say, they are asked. The screen says
// meanwhile that it looks, and a second press changes nothing. UI goroutine only.
func (w *Window) signOut() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	w.sayHere(words.SigningOut(), saidFor)
	if w.door.leaving {
		return
	}
	w.door.leaving = true
	before := w.acts.now()
	w.off(func(ctx context.Context) {
		l := w.leavingOf(ctx, a.by, before)
		w.gate.Do(func() {
			w.door.leaving = false
			if is, locked := a.mine(); is && !locked {
				w.unsay()
				w.leavesOrAsks(a, l)
			}
		})
	})
}

// leavingOf is what is known of somebody who signs out, once the acts that began before are done.
func (w *Window) leavingOf(ctx context.Context, s staff.Session, before []chan struct{}) (l ask.Leaving) {
	waiting, cancel := context.WithTimeout(ctx, handLimit)
	recorded := waitFor(waiting, before)
	cancel()
	ctx, cancel = context.WithTimeout(ctx, handLimit)
	defer cancel()
	held, known := w.inHand(ctx, s)
	l.Held, l.Doubt = held, !recorded || !known
	if len(held) > 0 || l.Doubt { // where that cannot be known they are asked without
		l.At, _ = w.opt.Station.Staff.AlsoAt(ctx, s)
	}
	return l
}

// leavesOrAsks signs out whoever has nothing in hand for certain, and asks all others. UI goroutine
// only.
func (w *Window) leavesOrAsks(a act, l ask.Leaving) {
	switch {
	case len(l.Held) > 0:
		a.ask(w.asksOfHand(a, l))
	case l.Doubt:
		a.ask(ask.SignOutInDoubt(l, w.signOut, w.switchUser))
	default:
		w.switchUser()
	}
}

// asksOfHand is the question about what somebody has in hand.
func (w *Window) asksOfHand(a act, l ask.Leaving) shell.Dialog {
	return ask.SignOut(l, func() { w.off(func(ctx context.Context) { w.giveAllBack(ctx, a, l) }) },
		func() { w.off(func(ctx context.Context) { w.keepAll(ctx, a, l.Held) }) })
}

// inHand are the alerts that somebody has in hand on any ward, each as the screen shows it if it does;
// those of the ward on the screen, if the record cannot say: then not all are known.
func (w *Window) inHand(ctx context.Context, s staff.Session) (held []alert.Card, known bool) {
	here := w.inHandHere(s)
	all, err := w.opt.Station.InHand(ctx, s)
	if err != nil {
		w.opt.Logger.Warn("what somebody has in hand on other wards could not be read", "staff", s.Staff.ID, "err", err)
		return here, false
	}
	for n, c := range all {
		if shown, is := w.findCard(c.Alert.ID); is && !c.Withheld {
			all[n] = shown
		}
	}
	for _, c := range here { // one that the record has not taken yet
		if !slices.ContainsFunc(all, func(o alert.Card) bool { return o.Alert.ID == c.Alert.ID }) && c.Unrecorded {
			all = append(all, c)
		}
	}
	return all, true
}

// inHandHere are those of the ward on the screen.
func (w *Window) inHandHere(s staff.Session) (out []alert.Card) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.glass.picture.Cards {
		if c.State == alert.TakenInHand && c.TakenID == s.Staff.ID {
			out = append(out, c)
		}
	}
	return out
}

// giveAllBack gives alerts back and signs out. All are tried: where some could not be given back, the
// person stays signed in and is asked about those. Where there may be more, it looks again.
func (w *Window) giveAllBack(ctx context.Context, a act, l ask.Leaving) {
	held := l.Held
	l.Held, l.Refused = nil, nil
	for _, c := range held {
		if _, err := w.opt.Station.Line.TakeBack(ctx, a.by, alert.Read{Alert: c.Alert}, ""); err != nil && !outOfHand(err) {
			l.Held = append(l.Held, c)
			if l.Refused == nil {
				l.Refused = err
			}
		}
	}
	switch {
	case errors.Is(l.Refused, staff.ErrSessionEnded):
		w.ended(a.by, l.Refused)
	case l.Refused != nil:
		a.askLater(w.asksOfHand(a, l))
	case l.Doubt:
		w.forOnly(a.by, w.signOut)
	default:
		w.leaves(a)
	}
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
