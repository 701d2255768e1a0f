package window

import (
	"context"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/ask"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
)

// adds reports whether a draft is a new set of observations: it stands beside whatever
// others save, and nothing makes it a conflict.
func adds(d chart.Draft) bool {
	return d.Section == chart.Observations && d.Fields[screen.AmendsField] == ""
}

// beside opens the form for a set of one's own while another holds the section.
func (w *Window) beside(patientID string) {
	w.begin(patientID, chart.Observations,
		func(ctx context.Context, d *chart.Desk, a act) (*chart.Editing, error) {
			return d.Beside(ctx, a.by, a.ward, patientID, chart.Observations)
		})
}

// commitSet saves a new set, after one question if another person charted one minutes
// apart from it. The yes is to the set that was shown: one that came meanwhile is asked about, too. What is there
// cannot be asked without the record, and a save would not come through then either: so nothing is asked, and the
// save says it.
func (w *Window) commitSet(ed *edit, a act, d chart.Draft) {
	w.showOf(a.by, ed, keyOf(d).at(screen.Saving))
	w.off(func(ctx context.Context) {
		entry, err := w.entry(ctx, ed, d)
		if err != nil {
			w.saveNow(ctx, ed, a, d, "")
			return
		}
		page, err := a.page(ctx, d.Patient)
		mine := *entry.Observation
		mine.By = a.by.Staff.ID
		near, found := vitals.Near(w.unasked(ed, page.Observations), mine)
		if err != nil || !found {
			w.saveNow(ctx, ed, a, d, "")
			return
		}
		dialog := func(now time.Time) shell.Dialog {
			q := ask.SetsApart(page, near, mine, now)
			q.Choices[0].Do = func() {
				w.mu.Lock()
				ed.asked[near.ID] = true
				w.mu.Unlock()
				w.commitSet(ed, a, d)
			}
			q.OnCancel = func() { w.stopsSave(ed) }
			return q
		}
		w.mu.Lock()
		phase := screen.Editing
		if ed.lapsed {
			phase = screen.Lost
		}
		w.mu.Unlock()
		w.showOf(a.by, ed, keyOf(d).at(phase))
		a.askWordedLater(dialog)
	})
}

// unasked are the sets that the person was not asked about beside theirs.
func (w *Window) unasked(ed *edit, sets []vitals.Observation) []vitals.Observation {
	w.mu.Lock()
	defer w.mu.Unlock()
	if ed.asked == nil {
		ed.asked = map[string]bool{}
	}
	return slices.DeleteFunc(slices.Clone(sets), func(o vitals.Observation) bool { return ed.asked[o.ID] })
}
