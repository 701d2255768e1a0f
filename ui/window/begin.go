package window

import (
	"context"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/ask"
)

// edit opens a section of a chart. UI goroutine only.
func (w *Window) edit(patientID string, section chart.Section) {
	w.begin(patientID, section, func(ctx context.Context, d *chart.Desk, a act) (*chart.Editing, error) {
		if err := d.Here(ctx, a.ward, patientID); err != nil {
			return nil, err // before what is held for this nurse is taken
		}
		if e := w.takeReserved(editKey{patientID, section}); e != nil && e.Why() == nil {
			return e, nil // it was waited for and is held already
		}
		return d.Edit(ctx, a.by, a.ward, patientID, section)
	})
}

// takeOver asks for a reason, and takes a section from the person who holds it. UI goroutine only.
func (w *Window) takeOver(patientID string, section chart.Section) {
	a, ok := w.begins(staff.TakeOverLock, patientID)
	if !ok {
		return
	}
	w.off(func(ctx context.Context) {
		page, err := a.page(ctx, patientID)
		if err != nil {
			w.answer(a.by, err)
			return
		}
		from := uint64(0)
		if h := page.Sections[section].Holder; h != nil {
			from = h.Fence
		}
		a.askLater(ask.TakeOver(page, section, func(reason string) {
			w.begin(patientID, section,
				func(ctx context.Context, d *chart.Desk, a act) (*chart.Editing, error) {
					return d.TakeOver(ctx, a.by, a.ward, patientID, section, from, reason)
				})
		}))
	})
}

// amend opens a signed entry to be changed: fields are how it stands. Text of
// one's own that was not saved yet comes first: it is shown, and kept. UI goroutine only.
func (w *Window) amend(patientID string, section chart.Section, fields map[string]string) {
	w.beginWith(opening{key: editKey{patientID, section}, fields: fields,
		take: func(ctx context.Context, d *chart.Desk, a act) (*chart.Editing, error) {
			return d.Edit(ctx, a.by, a.ward, patientID, section)
		}})
}

// begin opens a section by take, for a patient whose chart is open. UI goroutine only.
func (w *Window) begin(patientID string, section chart.Section, take taking) {
	w.beginWith(opening{key: editKey{patientID, section}, take: take})
}
