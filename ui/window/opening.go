package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
)

// taking gets a section for a person to edit. Not on the UI goroutine.
type taking func(context.Context, *chart.Desk, act) (*chart.Editing, error)

// opening is the form of a section on its way to the screen.
type opening struct {
	key    editKey
	take   taking
	fields map[string]string // of the signed entry that is changed; nil: of none
	gone   patient.Gone      // what the person was told of a patient who left, moved or died
}

// beginWith opens a section. For a patient who left, moved or died it asks first whether a late
// entry is meant. UI goroutine only.
func (w *Window) beginWith(o opening) {
	a, ok := w.begins(staff.EditChart, o.key.patient)
	if !ok {
		return
	}
	writer := w.goesOnWith(o.key)
	w.show(a.by, o.key.at(screen.Taking))
	w.off(func(ctx context.Context) {
		late := func(gone patient.Gone) {
			w.goOnWith(chart.Draft{Patient: o.key.patient, Section: o.key.section, Writer: writer})
			again := o
			again.gone = gone
			w.beginWith(again)
		}
		switch e, err := w.takeFor(ctx, a, o, writer); {
		case err == nil:
			w.openForm(ctx, a, o, e)
		case w.askLate(ctx, a, o.key, err, late):
			w.show(a.by, o.key.at(screen.Reading))
		default:
			w.notOpened(ctx, a, o, err)
		}
	})
}

// takeFor takes the section, once what this window still holds of it is written down and given
// back. writer is that of the draft to go on with; "" for the newest.
func (w *Window) takeFor(ctx context.Context, a act, o opening, writer string) (*chart.Editing, error) {
	w.keep(ctx) // what was typed here before is in the draft that comes
	if err := w.handedBack(ctx); err != nil {
		return nil, err
	}
	return o.take(ctx, w.opt.Station.Desk(a.ward).Late(o.gone).GoOn(writer), a)
}

// notOpened says in the chart why no form opens.
func (w *Window) notOpened(ctx context.Context, a act, o opening, err error) {
	m, shown := words.For(err), o.key.at(screen.Reading)
	shown.What, shown.Next = m.What, m.Next
	w.show(a.by, shown)
	w.readPage(ctx, a.by, o.key.patient)
	w.ended(a.by, err)
}

// openForm shows the form of a section that was taken, or what a text that was kept stands
// against, and watches the lease.
func (w *Window) openForm(ctx context.Context, a act, o opening, e *chart.Editing) {
	e.Know(o.gone)
	ed, met := editOf(a.by, e, o.gone)
	if !e.HasDraft {
		ed.began = o.fields
	}
	if !w.holds(o.key, ed) {
		e.Close(ctx) // its text is kept: whoever signed in since never sees it
		return
	}
	draft := o.draft(e)
	if !met || !w.clash(ctx, a, ed, draft,
		words.Message{What: tongue.T("This section changed after you typed what is kept here."),
			Next: tongue.T("Nothing is lost: choose what is to be saved.")}) {
		m, shown := o.words(e), o.key.at(screen.Editing)
		shown.Draft, shown.What, shown.Next = draft, m.What, m.Next
		w.show(a.by, shown)
	}
	w.background(func() { w.watchLease(o.key, ed, e) })
}

// editOf is the edit of a section that was just taken. It reports whether the section changed
// since the text that is kept for it was begun.
func editOf(by staff.Session, e *chart.Editing, gone patient.Gone) (ed *edit, met bool) {
	ed = &edit{Editing: e, by: by, typed: e.Draft.Fields, last: time.Now(), base: e.Version, gone: gone}
	met = e.HasDraft && e.Draft.Version < e.Version && !adds(e.Draft)
	if met { // until it is decided the draft says where it started
		ed.base = e.Draft.Version
		e.Rebase(ed.base)
	}
	return ed, met
}

// draft is what stands in the form at first.
func (o opening) draft(e *chart.Editing) chart.Draft {
	d := e.Draft
	if o.fields != nil && !e.HasDraft {
		d.Fields = o.fields
	}
	d.Typed = e.Typed()
	d.Patient, d.Section, d.Version = o.key.patient, o.key.section, e.From()
	return d
}

// words tell what is special about the form; none if nothing is.
func (o opening) words(e *chart.Editing) words.Message {
	unlocked := tongue.T("Redis is away: this section is not locked. Somebody else may be writing here too.")
	switch {
	case len(e.Others) > 0:
		m := words.TwoDrafts(e.Draft, e.Others[0], time.Now())
		if e.Unlocked {
			m.Next += " " + unlocked
		}
		return m
	case e.Beside:
		return words.Message{What: tongue.T("Another nurse is charting here, too."),
			Next: tongue.T("Yours is saved as a set of its own, beside theirs.")}
	case e.Unlocked:
		return words.Message{What: unlocked}
	case e.HasDraft && o.fields != nil:
		return words.Message{What: tongue.T("You have text here that is not saved yet."),
			Next: tongue.T("Save or discard it first, then change the entry.")}
	case e.HasDraft:
		return words.Message{What: tongue.T("What you had typed before is back.")}
	}
	return words.Message{}
}

// holds keeps an edit in the window, if whoever opened it is signed in still. If they have turned
// from the patient meanwhile, and nothing is typed in it, it is given back.
func (w *Window) holds(key editKey, ed *edit) bool {
	w.mu.Lock()
	is := w.who.session != nil && w.who.session.ID == ed.by.ID
	if is {
		w.editor.edits[key] = ed
	}
	left := is && w.glass.opened != key.patient
	w.mu.Unlock()
	if left {
		w.leaveEmpty(key.patient)
	}
	return is
}
