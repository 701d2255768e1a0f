package window

import (
	"context"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/words"
)

// acceptAll asks whether to accept all open alerts of an alert's patient, or of no
// known patient: those in the list that the person reads, and as they read them.
func (w *Window) acceptAll(alertID string) {
	c, a, ok := w.answersCard(alertID)
	lw := w.followed()
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
