package patient

import (
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
)

// sectionNote says how old a section is.
func sectionNote(v View, section chart.Section) string {
	st := v.Page.Sections[section]
	at, by := st.Changed, st.By
	if at.IsZero() {
		at, by = lastByHand(v.Page, section)
	}
	if at.IsZero() {
		return tongue.T("nothing charted by hand yet")
	}
	s := tongue.Tf("%s ago", board.Span(max(v.Now.Sub(at), 0)))
	if by != "" {
		s += ", " + by
	}
	return s
}

// lastByHand is when, and by whom, what a person wrote last in a section is: what another system sent, or a
// chart that was merged into this one brought, stands there without the section having been edited here.
func lastByHand(p chart.Page, section chart.Section) (at time.Time, by string) {
	if section == chart.Notes && len(p.Notes) > 0 {
		return p.Notes[0].Written, p.Notes[0].ByName
	}
	if section == chart.Observations {
		for _, o := range p.Observations {
			if o.By != "" && !o.Future {
				return o.Taken, p.Charter(o)
			}
		}
	}
	return at, by
}
