package window

import (
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/words"
)

// chosen does what was chosen on a notification. The window comes to the front in
// any case; whoever is not signed in does that first.
func (w *Window) chosen() {
	for {
		var c notify.Chosen
		select {
		case <-w.ctx.Done():
			return
		case c = <-w.opt.Notify.Chosen():
		}
		who, signed := w.signed()
		w.gate.Do(func() {
			w.fyne.RequestFocus()
			// Whoever unlocked the station since did not choose it.
			if now, ok := w.signed(); !ok || !signed || now.ID != who.ID || c.Key == "" || c.Ward != w.place().ID {
				return
			}
			if strings.HasPrefix(c.Action, acceptPrefix) {
				w.acceptNoted(c)
				return
			}
			if a, ok := w.find(c.Key); ok {
				w.staysHome()
				w.open(a.Patient)
			}
		})
	}
}

// acceptNoted accepts an alert as the note said it whose Accept was pressed: the screen may be
// behind other windows, and nobody has read what it says since. UI goroutine only.
func (w *Window) acceptNoted(chosen notify.Chosen) {
	a, ok := w.begins(staff.AnswerAlert, "")
	c, found := w.findCard(chosen.Key)
	r, said := w.ear.notes.said(chosen.Key, chosen.Action)
	switch {
	case !ok:
	case !found:
		w.sayHere(words.For(alert.ErrUnknown), saidFor)
	case !said:
		w.sayHere(words.About(c, words.For(alert.ErrChanged)), saidFor)
	default:
		c.Alert, c.Turn, c.Said = r.Alert, r.AsOf.Turn, r.AsOf.Said
		w.move(a, c, w.accepts)
	}
}
