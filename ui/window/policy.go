package window

import (
	"context"
	"strings"

	"github.com/wardlight/wardlight/app/alert"
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
		d := shell.Dialog{Title: tongue.Tf("How alerts escalate on %s", wd.Name), Text: escalates(p), Confirm: tongue.T("Close")}
		w.gate.Do(func() {
			if _, ok := w.signed(); ok {
				w.shell.Ask(d)
			}
		})
	})
}

// escalates is a policy in sentences.
func escalates(p alert.Policy) string {
	var out []string
	for _, pr := range []alert.Priority{alert.High, alert.Medium, alert.Technical, alert.Low} {
		r := p.For(pr)
		s := strings.ToUpper(string(pr[:1])) + string(pr[1:]) + ": "
		for n, t := range r.Path {
			switch {
			case n == 0:
				s += t.Words()
			case r.After == 0:
				s += ", " + tongue.Tf("then %s", t.Words())
			default:
				s += ", " + tongue.Tf("%s after %g s", t.Words(), float64(n)*r.After.D().Seconds())
			}
		}
		if r.After == 0 {
			s += ", " + tongue.T("but not by time")
		}
		if r.Latching {
			s += "; " + tongue.T("stays until a person ends it")
		}
		out = append(out, s+".")
	}
	if p.Unshown > 0 {
		out = append(out, tongue.Tf("What no screen shows calls the next after %s.", p.Unshown.Words()))
	}
	return strings.Join(append(out, tongue.T("Who is signed in nowhere is passed over at once. IT changes this.")), "\n")
}
