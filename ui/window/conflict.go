package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
)

// clash shows what a text that was not saved stands against, and says why. It
// reports whether it could be read; without it there is nothing to decide.
func (w *Window) clash(ctx context.Context, a act, ed *edit, d chart.Draft, m words.Message) bool {
	c, err := w.opt.Station.Desk(a.ward).Conflict(ctx, a.by, a.ward, ed.Patient, ed.Section, ed.base,
		d.Fields[screen.AmendsField])
	if err != nil {
		w.opt.Logger.Warn("a conflict could not be read", "patient", ed.Patient, "err", err)
		return false
	}
	sides := sidesOf(c, time.Now())
	sides.Settled(d)
	w.mu.Lock()
	ed.deciding, ed.last = true, time.Now()
	w.mu.Unlock()
	w.showOf(a.by, ed, screen.Edit{Patient: d.Patient, Section: d.Section, Phase: screen.Conflict, Draft: d, What: m.What,
		Next: m.Next, Sides: &sides})
	return true
}

// resolve saves what was chosen in a conflict, from the version that was shown: if
// the section has moved on again, the record refuses it and there is more to see.
func (w *Window) resolve(d chart.Draft) {
	ed, a, ok := w.sends(d)
	if !ok || !w.startsSave(ed) {
		return
	}
	d = w.fixes(ed, d)
	if d.Fields[screen.AmendsField] != "" {
		w.askReason(ed, a, d, w.retake)
		return
	}
	w.retake(ed, a, d, "")
}

// retake takes the lease again if it is gone, and saves.
func (w *Window) retake(ed *edit, a act, d chart.Draft, reason string) {
	w.showOf(a.by, ed, keyOf(d).at(screen.Saving))
	w.off(func(ctx context.Context) {
		w.mu.Lock()
		lapsed, gone := ed.lapsed, ed.gone
		w.mu.Unlock()
		if lapsed {
			e, err := w.opt.Station.Desk(a.ward).Late(gone).Edit(ctx, a.by, a.ward, d.Patient, d.Section)
			if err != nil {
				w.stopsSave(ed)
				w.askLate(ctx, a, keyOf(d), err, func(gone patient.Gone) {
					w.mu.Lock()
					ed.gone = gone
					w.mu.Unlock()
					w.retake(ed, a, d, reason)
				})
				m := words.For(err)
				w.showOf(a.by, ed, screen.Edit{Patient: d.Patient, Section: d.Section, Phase: screen.Conflict, What: m.What,
					Next: tongue.Tf("%s Your choice stands.", m.Next)})
				w.ended(a.by, err)
				return
			}
			if w.adopts(keyOf(d), ed, e) {
				w.background(func() { w.watchLease(keyOf(d), ed, e) })
			} else { // left meanwhile: what was pressed is saved all the same, and nobody waits for the section
				defer e.Close(ctx)
				ed = &edit{Editing: e, by: a.by, base: ed.base, pressed: ed.pressed}
			}
		}
		w.mu.Lock()
		lease := ed.Editing
		w.mu.Unlock()
		lease.Rebase(d.Version)
		w.saveNow(ctx, ed, a, d, reason)
	})
}

// adopts gives an edit the lease that was taken again for it, if it is here still.
func (w *Window) adopts(key editKey, ed *edit, e *chart.Editing) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	is := w.editor.edits[key] == ed
	if is {
		ed.Editing, ed.lapsed, ed.last = e, false, time.Now()
	}
	return is
}

// compare sets a text that was not saved beside what is in the record now.
func (w *Window) compare(patientID string, section chart.Section) {
	d := w.chart.Draft(section)
	ed, a, ok := w.sends(chart.Draft{Patient: patientID, Section: section})
	if !ok {
		return
	}
	w.off(func(ctx context.Context) {
		page, err := a.page(ctx, patientID)
		switch {
		case err != nil:
			w.answer(a.by, err)
		case page.Sections[section].Version == ed.base:
			w.sayTo(a.by, words.Message{What: tongue.T("Nothing was saved here since you began."),
				Next: tongue.T("Your text is kept; edit again when the section is free.")})
		default:
			w.clash(ctx, a, ed, d, words.Message{What: tongue.T("Your text beside what is in the record now."),
				Next: tongue.T("Saving takes the section again, as soon as it is free.")})
		}
	})
}
