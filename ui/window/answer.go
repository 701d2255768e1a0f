package window

import (
	"context"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// answersCard is a card that the person who is signed in wants to answer, as it stands on the
// screen, and their act: what the station knows and has not drawn yet nobody has read. Where there
// is none, nothing is on its way, and the card may be asked again. UI goroutine only.
func (w *Window) answersCard(alertID string) (alert.Card, act, bool) {
	a, ok := w.begins(staff.AnswerAlert, "")
	if !ok {
		w.alerts.Answered(alertID)
		return alert.Card{}, a, false
	}
	c, drawn := w.alerts.Reading(alertID)
	_, found := w.findCard(alertID)
	if found = found && drawn; !found { // it went while she was asked, or while the station was locked
		w.sayHere(words.For(alert.ErrUnknown), saidFor)
		w.alerts.Answered(alertID)
	}
	return c, a, found
}

// answered takes a step with an alert, for the person who is signed in, at once.
func (w *Window) answered(alertID string, step func(context.Context, staff.Session, alert.Read) error) {
	if c, a, ok := w.answersCard(alertID); ok {
		w.move(a, c, step)
	}
}

// move takes a step with an alert as the person who began the act read it, however long they were
// asked about it: what it says by now they may not have read.
func (w *Window) move(a act, c alert.Card, step func(context.Context, staff.Session, alert.Read) error) {
	w.off(func(ctx context.Context) {
		if err := step(ctx, a.by, c.Read()); err != nil {
			w.sayOf(a, c, words.For(err))
			w.gate.Do(func() { w.alerts.Answered(c.Alert.ID) })
			w.ended(a.by, err)
		}
	})
}

// sayOf says something about an alert: whose it is, and what it says.
func (w *Window) sayOf(a act, c alert.Card, m words.Message) {
	w.sayTo(a.by, words.About(c, m))
}

// accept takes an alert in hand.
func (w *Window) accept(alertID string) { w.answered(alertID, w.accepts) }

// accepts is the step of [Window.accept].
func (w *Window) accepts(ctx context.Context, s staff.Session, a alert.Read) error {
	_, err := w.opt.Station.Line.Accept(ctx, s, a)
	return err
}

// reject asks for a reason, and turns an alert down at this station.
func (w *Window) reject(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	do := func(reason string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.Reject(ctx, s, a, reason)
			return err
		})
	}
	a.askOfCard(&c, func() shell.Dialog {
		return ask.TurnDown(c, do, func() { w.alerts.Answered(alertID) })
	})
}

// giveBack gives up what the person who is signed in has, or asks why a charge nurse takes it
// from another.
func (w *Window) giveBack(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	back := func(reason string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.TakeBack(ctx, s, a, reason)
			return err
		})
	}
	if c.TakenID == a.by.Staff.ID {
		back("")
		return
	}
	a.askOfCard(&c, func() shell.Dialog { return ask.TakeBack(c, back) })
}

// end asks for what was done, and ends an alert.
func (w *Window) end(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	do := func(reason string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.End(ctx, s, a, reason)
			return err
		})
	}
	a.askOfCard(&c, func() shell.Dialog { return ask.End(c, a.by.Staff.ID, do) })
}

// onMyWay says that the person signed in is going there.
func (w *Window) onMyWay(alertID string) {
	w.answered(alertID, func(ctx context.Context, s staff.Session, a alert.Read) error {
		_, err := w.opt.Station.Line.OnMyWay(ctx, s, a)
		return err
	})
}

// notComing takes back that the person signed in is going there.
func (w *Window) notComing(alertID string) {
	w.answered(alertID, func(ctx context.Context, s staff.Session, a alert.Read) error {
		_, err := w.opt.Station.Line.NotComing(ctx, s, a)
		return err
	})
}
