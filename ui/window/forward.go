package window

import (
	"cmp"
	"context"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// forward asks to whom, then what to tell them.
func (w *Window) forward(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	w.off(func(ctx context.Context) {
		people, err := w.opt.Station.Colleagues(ctx, c.Alert.Ward)
		if err != nil {
			w.sayTo(a.by, words.For(err))
		}
		choices := []shell.Choice{{Text: tongue.T("The charge nurse"),
			Do: func() { w.forwardTo(a, c, alert.ChargeNurse, "") }},
			{Text: tongue.T("Everyone on the ward"), Do: func() { w.forwardTo(a, c, alert.Everyone, "") }}}
		titled, out := staff.Apart(people, staff.Titled), w.signedOut(c.Alert.Ward, people)
		var absent []shell.Choice
		for _, p := range people {
			choice := shell.Choice{Text: titled[p.ID],
				Do: func() { w.forwardTo(a, c, alert.Person(p.ID), staff.Lasting(p, people)) }}
			switch {
			case p.ID == a.by.Staff.ID:
			case out[p.ID]:
				choice.Text = tongue.Tf("%s, not signed in on this ward", choice.Text)
				absent = append(absent, choice)
			default:
				choices = append(choices, choice)
			}
		}
		a.askLater(ask.ForwardTo(c, append(choices, absent...)))
	})
}

// signedOut are those of some people who are known to be signed in at no station of a ward, by staff ID.
// Of another ward than the one on the screen it is not known.
func (w *Window) signedOut(wardID string, people []staff.Staff) map[string]bool {
	lw := w.followed()
	if lw == nil || lw.ID != wardID {
		return nil
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return lw.SignedOut(ids)
}

// forwardTo asks what to tell whom an alert is forwarded to. UI goroutine only.
func (w *Window) forwardTo(a act, c alert.Card, to alert.Target, name string) {
	do := func(comment string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.Forward(ctx, s, a, to, name, comment)
			return err
		})
	}
	a.askOfCard(&c, func() shell.Dialog { return ask.Forward(c, cmp.Or(name, to.Words()), do) })
}
