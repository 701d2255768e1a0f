package window

import (
	"context"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/ask"
)

// showPolicy tells a charge nurse how the ward's alerts escalate. It is changed by
// whoever answers for the site, with wardctl.
func (w *Window) showPolicy() {
	a, ok := w.begins(staff.RunWard, "")
	if !ok {
		return
	}
	wd := w.place()
	w.off(func(ctx context.Context) {
		p, err := w.opt.Station.AlertPolicy(ctx, wd.ID)
		if err != nil {
			w.answer(a.by, err)
			return
		}
		a.askLater(ask.Policy(wd, p))
	})
}
