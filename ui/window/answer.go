package window

import (
	"context"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/words"
)

// inEmergency reports whether a session has emergency access to the ward on the
// screen.
func (w *Window) inEmergency(s staff.Session) bool {
	place := w.place().ID
	for _, e := range w.opt.Station.Staff.Emergency(s) {
		if e.Ward == place {
			return true
		}
	}
	return false
}

// answers is what a session may do with alerts of the ward on the screen, by the
// table that decides it in the record: see [alert.RightsTo].
func (w *Window) answers(s staff.Session) func(alert.Card) alert.Rights {
	if !w.may(s, staff.AnswerAlert) {
		return func(alert.Card) alert.Rights { return alert.Rights{} }
	}
	emergency := w.inEmergency(s)
	return func(c alert.Card) alert.Rights { return c.May(s.Staff, emergency) }
}

// together counts for each patient how many open alerts a session could accept at
// once; "" are those of no known patient.
func (w *Window) together(cards []alert.Card, s staff.Session) map[string]int {
	out := map[string]int{}
	if !w.may(s, staff.AnswerAlert) {
		return out
	}
	of := map[string][]alert.Card{}
	for _, c := range cards {
		if c.State == alert.Open && !c.Unidentified {
			of[c.Alert.Patient] = append(of[c.Alert.Patient], c)
		}
	}
	emergency := w.inEmergency(s)
	for id, list := range of {
		out[id] = len(alert.Together(list, s.Staff, emergency))
	}
	return out
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

// mayNot says why a key of a card does nothing, and who could.
func (w *Window) mayNot(alertID string, k alert.MoveKind) {
	a, in := w.begins("", "")
	c, ok := w.findCard(alertID)
	w.mu.Lock()
	hidden := w.initials
	w.mu.Unlock()
	switch {
	case !in || !ok:
	case hidden:
		w.sayHere(words.Message{What: tongue.T("Names are hidden on this screen."),
			Next: tongue.T("Press Ctrl I to show them, then answer the alert.")}, saidFor)
	default:
		m := words.About(c, words.MayNot(c, w.answers(a.by)(c), a.by.Staff.ID, a.by.Staff.Role, k))
		w.forOnly(a.by, func() { w.refuse(m) })
	}
}

// acceptAll asks whether to accept all open alerts of an alert's patient, or of no
// known patient: those in the list that the person reads, and as they read them.
func (w *Window) acceptAll(alertID string) {
	c, a, ok := w.answersCard(alertID)
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if !ok || lw == nil {
		return
	}
	emergency := w.inEmergency(a.by)
	w.off(func(context.Context) {
		list := alert.Together(lw.Of(c.Alert.Patient), a.by.Staff, emergency)
		if len(list) == 0 {
			w.sayOf(a, c, words.Message{What: tongue.T("Only one alert is left to accept."),
				Next: tongue.T("Accept it on its card.")})
			return
		}
		d := ask.Together(c, list)
		d.OnConfirm = func(string) { w.takeAll(a, c, list) }
		a.askLater(d)
	})
}

// takeAll accepts what was read; c is a card of its patient.
func (w *Window) takeAll(a act, c alert.Card, list []alert.Card) {
	read := make([]alert.Read, len(list))
	for n, one := range list {
		read[n] = one.Read()
	}
	w.off(func(ctx context.Context) {
		errs := w.opt.Station.Line.AcceptAll(ctx, a.by, read)
		if taken, why := alert.Taken(errs); why != nil {
			w.sayOf(a, c, words.NotAll(taken, len(read), why))
			w.ended(a.by, why)
		}
	})
}
