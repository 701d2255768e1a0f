package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
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
// one's own that was not saved yet comes first: it is shown, and kept.
func (w *Window) amend(patientID string, section chart.Section, fields map[string]string) {
	w.beginWith(patientID, section, fields, patient.Gone{},
		func(ctx context.Context, d *chart.Desk, a act) (*chart.Editing, error) {
			return d.Edit(ctx, a.by, a.ward, patientID, section)
		})
}

// begin opens a section by take, for a patient whose chart is open. UI goroutine only.
func (w *Window) begin(patientID string, section chart.Section,
	take func(context.Context, *chart.Desk, act) (*chart.Editing, error)) {
	w.beginWith(patientID, section, nil, patient.Gone{}, take)
}

// beginWith opens a section by take. For a patient who left, moved or died it asks first
// whether a late entry is meant; gone is what the person was told so.
func (w *Window) beginWith(patientID string, section chart.Section, fields map[string]string, gone patient.Gone,
	take func(context.Context, *chart.Desk, act) (*chart.Editing, error)) {
	a, ok := w.begins(staff.EditChart, patientID)
	if !ok {
		return
	}
	s, key := a.by, editKey{patientID, section}
	writer := w.goesOnWith(key)
	w.show(s, screen.Edit{Patient: patientID, Section: section, Phase: screen.Taking})
	w.off(func(ctx context.Context) {
		w.keep(ctx) // what was typed here before is in the draft that comes
		err := w.handedBack(ctx)
		var e *chart.Editing
		if err == nil {
			e, err = take(ctx, w.opt.Station.Desk(a.ward).Late(gone).GoOn(writer), a)
		}
		if w.askLate(ctx, a, key, err,
			func(gone patient.Gone) {
				w.goOnWith(chart.Draft{Patient: patientID, Section: section, Writer: writer})
				w.beginWith(patientID, section, fields, gone, take)
			}) {
			w.show(s, screen.Edit{Patient: patientID, Section: section, Phase: screen.Reading})
			return
		}
		if err != nil {
			m := words.For(err)
			w.show(s, screen.Edit{Patient: patientID, Section: section, Phase: screen.Reading, What: m.What,
				Next: m.Next})
			w.readPage(ctx, s, patientID)
			w.ended(s, err)
			return
		}
		e.Know(gone)
		ed := &edit{Editing: e, by: s, typed: e.Draft.Fields, last: time.Now(), base: e.Version, gone: gone}
		met := e.HasDraft && e.Draft.Version < e.Version && !adds(e.Draft)
		if met { // until it is decided the draft says where it started
			ed.base = e.Draft.Version
			e.Rebase(ed.base)
		}
		if !w.holds(key, ed) {
			e.Close(ctx) // its text is kept: whoever signed in since never sees it
			return
		}
		draft := e.Draft
		if fields != nil && !e.HasDraft {
			draft.Fields = fields
		}
		draft.Typed = e.Typed()
		draft.Patient, draft.Section, draft.Version = patientID, section, e.Version
		if met && w.clash(ctx, a, ed, draft,
			words.Message{What: tongue.T("This section changed after you typed what is kept here."),
				Next: tongue.T("Nothing is lost: choose what is to be saved.")}) {
			w.background(func() { w.watchLease(key, ed, e) })
			return
		}
		shown := screen.Edit{Patient: patientID, Section: section, Phase: screen.Editing, Draft: draft}
		unlocked := tongue.T("Redis is away: this section is not locked. Somebody else may be writing here too.")
		switch {
		case len(e.Others) > 0:
			m := words.TwoDrafts(e.Draft, e.Others[0], time.Now())
			if shown.What, shown.Next = m.What, m.Next; e.Unlocked {
				shown.Next += " " + unlocked
			}
		case e.Beside:
			shown.What, shown.Next = tongue.T("Another nurse is charting here, too."),
				tongue.T("Yours is saved as a set of its own, beside theirs.")
		case e.Unlocked:
			shown.What = unlocked
		case e.HasDraft && fields != nil:
			shown.What, shown.Next = tongue.T("You have text here that is not saved yet."),
				tongue.T("Save or discard it first, then change the entry.")
		case e.HasDraft:
			shown.What = tongue.T("What you had typed before is back.")
		}
		w.show(s, shown)
		w.background(func() { w.watchLease(key, ed, e) })
	})
}

// holds keeps an edit in the window, if who opened it is signed in still. If they have turned from
// the patient meanwhile, and nothing is typed in it, it is given back.
func (w *Window) holds(key editKey, ed *edit) bool {
	w.mu.Lock()
	is := w.session != nil && w.session.ID == ed.by.ID
	if is {
		w.edits[key] = ed
	}
	left := is && w.opened != key.patient
	w.mu.Unlock()
	if left {
		w.leaveEmpty(key.patient)
	}
	return is
}
