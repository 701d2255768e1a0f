package window

import (
	"context"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// showPolicy tells a charge nurse how the ward's alerts escalate. It is changed by
// who answers for the site, with wardctl.
func (w *Window) showPolicy() {
	wd := w.place()
	w.off(func(ctx context.Context) {
		p, err := w.opt.Station.AlertPolicy(ctx, wd.ID)
		if err != nil {
			w.say(words.For(err))
			return
		}
		d := shell.Dialog{Title: tongue.Tf("How alerts escalate on %s", wd.Title()), Text: words.Escalates(p),
			Confirm: tongue.T("Close")}
		w.gate.Do(func() {
			if _, ok := w.signed(); ok {
				w.shell.Ask(d)
			}
		})
	})
}
