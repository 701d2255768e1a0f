package live

import (
	"context"
	"slices"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
)

// elsewhere are the patients of alerts who are in no bed of this ward: moved since, on
// another ward from the start, or discharged. Their cards have a name all the same.
type elsewhere map[string]away

// away is one of them; found is false while the record cannot say who it is.
type away struct {
	patient.Summary
	ward  string // its name
	found bool
}

// notHere are those whom alerts are about beside the patients of the ward.
func notHere(all, here []string) []string {
	return slices.DeleteFunc(all, func(id string) bool { return slices.Contains(here, id) })
}

// readElsewhere makes of what was read who is elsewhere. Of whom it was not read, what
// was known before stays.
func (w *Ward) readElsewhere(ctx context.Context, ids []string, read map[string]patient.Confirmed) elsewhere {
	w.mu.Lock()
	before := w.elsewhere
	w.mu.Unlock()
	out := make(elsewhere, len(ids))
	for _, id := range ids {
		k, is := read[id]
		if !is {
			out[id] = before[id]
			continue
		}
		out[id] = away{Summary: k.Summary, ward: w.wardName(ctx, k.Summary.Ward), found: true}
	}
	return out
}

// wardName is what another ward is called.
func (w *Ward) wardName(ctx context.Context, id string) string {
	if id == w.ID {
		return ""
	}
	return w.Titles.Of(ctx, id)
}

// identify puts the patient's two identifiers on each card, and where the patient is
// by now. It reports whether there is somebody whom nobody looked for yet.
func identify(cards []alert.Card, in board.Input, others elsewhere) (unasked bool) {
	for i := range cards {
		c := &cards[i]
		if c.Alert.Patient == "" {
			continue
		}
		if k, here := in.Patients[c.Alert.Patient]; here {
			*c = c.Identified(k.Summary, "")
			continue
		}
		o, asked := others[c.Alert.Patient]
		if !o.found {
			c.Unidentified, c.Unread = true, asked
			unasked = unasked || !asked
			continue
		}
		*c = c.Identified(o.Summary, o.ward)
	}
	return unasked
}
