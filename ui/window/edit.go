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

type editKey struct {
	patient string
	section chart.Section
}

// edit is one section being edited in this window. Its fields are guarded by
// Window.mu.
type edit struct {
	*chart.Editing
	by    staff.Session     // who opened it: what becomes of it is said to them alone
	typed map[string]string // latest text
	dirty bool              // typed since it was last kept
	// keeping counts who is writing it down just now.
	keeping int
	done    bool // closed by this window: its end is no loss
	// lapsed means that the lease is gone. What is typed is kept all the same, and a
	// conflict can be decided: its save takes the lease again.
	lapsed bool
	// deciding means that the two sides of a conflict are on the screen.
	deciding bool
	// gone is what the person was told of a patient who left, moved or died: what they
	// write is a late entry.
	gone patient.Gone
	// base is the version that the text started from, whatever it was rebased to.
	base int64

	// asked is the set of another person that this one may stand beside.
	asked string

	last   time.Time // when something was typed last
	warned bool
}

// An edit in which nothing is typed is given back: others wait. The nurse is
// warned first, and her text is kept.
const (
	editIdle = 5 * time.Minute
	editWarn = 4 * time.Minute
)

// show shows the person who opened an edit how it stands.
func (w *Window) show(s staff.Session, e screen.Edit) {
	e.Now = time.Now().UTC()
	w.forOnly(s, func() { w.chart.SetEdit(e) })
}

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
		a.askLater(ask.TakeOver(page, section, func(reason string) {
			w.begin(patientID, section,
				func(ctx context.Context, d *chart.Desk, a act) (*chart.Editing, error) {
					return d.TakeOver(ctx, a.by, a.ward, patientID, section, reason)
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
			w.show(s, screen.Edit{Patient: patientID, Section: section, Phase: screen.Reading, What: m.What, Next: m.Next})
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

// changed takes what is typed; it is written down by keepDrafts.
func (w *Window) changed(d chart.Draft) {
	now, back := time.Now(), false
	w.mu.Lock()
	w.active = now
	ed := w.edits[editKey{d.Patient, d.Section}]
	if ed != nil {
		back = ed.warned && !ed.deciding
		ed.typed, ed.dirty, ed.last, ed.warned = d.Fields, true, now, false
	}
	w.mu.Unlock()
	if back { // the warning has done its work
		w.show(ed.by, screen.Edit{Patient: d.Patient, Section: d.Section, Phase: screen.Editing})
	}
}

// keepDrafts writes drafts down once a second while somebody types.
func (w *Window) keepDrafts() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-tick.C:
			w.keep(w.ctx)
			w.expire(time.Now())
		}
	}
}

// expire warns of edits in which nothing is typed, and gives back those in which
// nothing was typed for longer still.
func (w *Window) expire(now time.Time) {
	var warn, over []editKey
	edits := map[editKey]*edit{}
	w.mu.Lock()
	for key, ed := range w.edits {
		if ed.lapsed || ed.Beside { // nobody waits for it
			continue
		}
		edits[key] = ed
		switch idle := now.Sub(ed.last); {
		case idle >= editIdle:
			over = append(over, key)
		case idle >= editWarn && !ed.warned:
			ed.warned = true
			warn = append(warn, key)
		}
	}
	w.mu.Unlock()
	for _, key := range warn {
		if w.isDeciding(edits[key]) {
			continue
		}
		w.showOrSay(edits[key].by, screen.Edit{Patient: key.patient, Section: key.section, Phase: screen.Editing,
			What: tongue.T("Nothing was typed for four minutes."),
			Next: tongue.T("In one more minute this section is given back; your text is kept. Type to keep it.")})
	}
	for _, key := range over {
		deciding := w.lapse(edits[key])
		if deciding {
			continue // nothing on the screen changes: the save takes the lease again
		}
		w.showOrSay(edits[key].by, screen.Edit{Patient: key.patient, Section: key.section, Phase: screen.Lost,
			What: tongue.T("Nothing was typed for five minutes, so this section was given back."),
			Next: tongue.T("Your text is kept. Edit again to go on.")})
	}
}

// keepNow writes drafts down soon, off the window's goroutine.
func (w *Window) keepNow() { w.background(func() { w.keep(w.ctx) }) }

func (w *Window) keep(ctx context.Context) {
	type due struct {
		ed    *edit
		lease *chart.Editing // as it is now: a conflict may take another
		typed map[string]string
	}
	var list []due
	w.mu.Lock()
	for _, ed := range w.edits {
		if ed.dirty {
			ed.dirty = false
			ed.keeping++
			list = append(list, due{ed, ed.Editing, ed.typed})
		}
	}
	w.mu.Unlock()
	for _, d := range list {
		call, cancel := context.WithTimeout(ctx, callLimit)
		err := d.lease.Keep(call, d.typed)
		w.mu.Lock()
		d.ed.keeping--
		if err != nil {
			d.ed.dirty = true // tried again in a second
		}
		w.mu.Unlock()
		if err != nil && ctx.Err() == nil {
			w.opt.Logger.Warn("a draft could not be written down yet", "patient", d.lease.Patient, "err", err)
		}
		if other, is := d.lease.Apart(); is {
			w.sayTo(d.ed.by, words.Apart(other, time.Now()))
		}
		cancel()
	}
}

func (w *Window) take(d chart.Draft) *edit {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.edits[editKey{d.Patient, d.Section}]
}

func (w *Window) discard(patientID string, section chart.Section) {
	// Their own text: whoever may not write here any more may still throw it away.
	a, ok := w.begins("", patientID)
	if !ok {
		return
	}
	key := editKey{patientID, section}
	w.mu.Lock()
	ed := w.edits[key]
	delete(w.edits, key)
	if ed != nil {
		ed.done = true
	}
	w.mu.Unlock()
	w.show(a.by, screen.Edit{Patient: patientID, Section: section, Phase: screen.Reading})
	if ed != nil {
		w.off(func(ctx context.Context) {
			if err := ed.Discard(ctx); err != nil {
				w.answer(a.by, err)
			}
		})
	}
}

// lapse gives the lease back and keeps the text. It reports whether a conflict is
// being decided.
func (w *Window) lapse(ed *edit) bool {
	w.mu.Lock()
	ed.lapsed, ed.dirty = true, len(ed.typed) > 0
	deciding, lease := ed.deciding, ed.Editing
	w.mu.Unlock()
	w.keep(w.ctx)
	lease.Close(w.ctx)
	return deciding
}

func (w *Window) isDeciding(ed *edit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return ed.deciding
}
