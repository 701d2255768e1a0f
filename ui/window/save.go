package window

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/obsform"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
)

// save saves what was typed in a section: of a signed entry, after a reason. UI goroutine only.
func (w *Window) save(d chart.Draft) {
	ed, a, ok := w.sends(d)
	if !ok || !w.startsSave(ed) {
		return
	}
	d = w.fixes(ed, d)
	switch {
	case d.Fields[screen.AmendsField] != "":
		w.askReason(ed, a, d, w.commit)
	case adds(d):
		w.commitSet(ed, a, d)
	default:
		w.commit(ed, a, d, "")
	}
}

// askReason asks why a signed entry is changed, and then saves by do. UI goroutine only.
func (w *Window) askReason(ed *edit, a act, d chart.Draft, do func(*edit, act, chart.Draft, string)) {
	q := ask.Change(w.chart.Patient(), w.chart.Amending(d.Section), func(reason string) { do(ed, a, d, reason) })
	q.OnCancel = func() { w.stopsSave(ed) }
	a.ask(q)
}

// commit saves what was typed: as a new entry, or in place of one with a reason.
func (w *Window) commit(ed *edit, a act, d chart.Draft, reason string) {
	w.showOf(a.by, ed, keyOf(d).at(screen.Saving))
	w.off(func(ctx context.Context) { w.saveNow(ctx, ed, a, d, reason) })
}

// saveNow saves, and shows what came of it. Not on the UI goroutine.
func (w *Window) saveNow(ctx context.Context, ed *edit, a act, d chart.Draft, reason string) {
	saved, err := w.send(ctx, ed, d, reason)
	if err != nil {
		w.notSaved(ctx, ed, a, d, reason, err)
		return
	}
	if w.ends(keyOf(d), ed) {
		w.showOf(a.by, nil, keyOf(d).at(screen.Saved)) // unless it is opened again by then
	} else {
		w.sayStands(a.by, d)
	}
	w.readPage(ctx, a.by, d.Patient)
	if adds(d) {
		w.askOfJump(ctx, a, saved.Entry)
	}
}

// send hands what was typed to the record: as a new entry, or in place of the one that it amends.
func (w *Window) send(ctx context.Context, ed *edit, d chart.Draft, reason string) (saved chart.Saved, err error) {
	entry, err := w.entry(ctx, ed, d)
	if err != nil {
		return saved, err
	}
	w.mu.Lock()
	ed.done = true // the save itself gives the lease back
	ed.typed = d.Fields
	ed.text++ // where it fails, this is what is kept
	lease := ed.Editing
	w.mu.Unlock()
	if id := d.Fields[screen.AmendsField]; id != "" {
		_, err = lease.Amend(ctx, d.Fields, entry, id, reason)
		return saved, err
	}
	return lease.Save(ctx, d.Fields, entry)
}

// notSaved shows why nothing was saved. What was typed stays in the form, beside what the record
// holds by now where that is why.
func (w *Window) notSaved(ctx context.Context, ed *edit, a act, d chart.Draft, reason string, err error) {
	w.mu.Lock()
	ed.done = false
	ed.stopsSave()
	lease, here := ed.Editing, w.editor.edits[keyOf(d)] == ed
	w.mu.Unlock()
	m := words.For(err)
	shown := keyOf(d).at(screen.Failed)
	shown.Draft, shown.What, shown.Next = d, m.What, m.Next
	if !here { // it was left meanwhile, and its text is kept
		lease.Close(ctx)
		w.showOrSay(a.by, ed, shown)
		w.ended(a.by, err)
		return
	}
	met := errors.Is(err, chart.ErrConflict) || errors.Is(err, chart.ErrStaleFence)
	var before *chart.SavedBeforeError
	if errors.As(err, &before) { // the answer to an earlier try was lost
		shown.Amends = before.Entry
	}
	switch {
	case errors.Is(err, chart.ErrStaleFence): // what follows needs a newer lease
		w.lapse(ed)
	case errors.Is(err, chart.ErrLeaseLost):
		w.lapse(ed)
		shown.Phase = screen.Lost
	case lease.Why() != nil: // while the save was on its way, and its watch stood aside for that
		w.lapse(ed)
		m = w.lostWords(keyOf(d), d.Fields, lease)
		shown.Phase, shown.What, shown.Next = screen.Lost, m.What, m.Next
		defer w.readPage(w.ctx, a.by, d.Patient) // who holds it now, and the way to ask for it
	}
	switch {
	case met && w.clash(ctx, a, ed, d, m):
		w.readPage(ctx, a.by, d.Patient)
	case w.isDeciding(ed): // not saved, and all that was chosen stands
		shown.Phase = screen.Conflict
		w.showOrSay(a.by, ed, shown)
	default:
		w.showOrSay(a.by, ed, shown)
	}
	w.saveLate(ctx, ed, a, d, reason, err)
	w.ended(a.by, err)
}

// errNothing is of a form without anything that the record takes.
var errNothing = errors.New("window: nothing to save")

// entry reads what was typed into what the record takes, as of when Save was pressed.
func (w *Window) entry(ctx context.Context, ed *edit, d chart.Draft) (chart.Entry, error) {
	if d.Section == chart.Notes {
		n := chart.Note{Text: d.Fields[screen.NoteField]}
		if at, err := time.Parse(time.RFC3339, d.Fields[screen.WrittenField]); err == nil {
			n.Written = at.UTC()
		}
		return chart.Entry{Note: &n}, nil
	}
	sum, err := w.opt.Station.Reader.Get(ctx, d.Patient)
	if err != nil {
		return chart.Entry{}, err
	}
	at, then := w.pressed(ed, d)
	r := obsform.Read(d.Fields, sum.Summary.Has(patient.FlagScale2), at, tongue.Zone())
	if len(r.Wrong) > 0 || !r.Any {
		return chart.Entry{}, errNothing
	}
	if then { // to the moment: another person's set may be of the same second
		r.Observation.Taken = at.UTC()
	}
	return chart.Entry{Observation: &r.Observation}, nil
}
