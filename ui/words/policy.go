package words

import (
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
)

// Escalates says a ward's policy in sentences, a line for each priority: whom an
// alert calls first, and who is called when nobody answers.
func Escalates(p alert.Policy) string {
	var out []string
	for _, pr := range []alert.Priority{alert.High, alert.Medium, alert.Technical, alert.Low} {
		r := p.For(pr)
		s := Priority(pr) + ": "
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
	return strings.Join(append(out, tongue.T("Anybody not signed in is passed over at once. IT changes this.")),
		"\n")
}

// Priority is the word that stands on an alert's card, in capitals.
func Priority(p alert.Priority) string {
	switch p {
	case alert.Medium:
		return tongue.T("MEDIUM")
	case alert.Low:
		return tongue.T("LOW")
	case alert.Technical:
		return tongue.T("TECHNICAL")
	}
	return tongue.T("HIGH")
}
