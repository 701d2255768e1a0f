package chart

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/staff"
)

// Save commits what was typed as entry. With a nil error it is in the record,
// the draft is gone and the section free. With any error nothing of it is in
// the chart, except that after [ErrRecordAway] the same Save may be tried again:
// it is one save however often it is sent. A set of observations is saved whether or
// not the lease holds, and whatever was saved meanwhile: it stands beside. If an
// earlier text of it is in the record after all, the error is a [*SavedBeforeError],
// and what was typed since can be saved as a change of that entry.
func (e *Editing) Save(ctx context.Context, fields map[string]string, entry Entry) (Saved, error) {
	return e.commit(ctx, fields, entry, "", "")
}

// Amend commits what was typed in place of a signed entry, which stays on record
// with the reason. It answers as [Editing.Save] does.
func (e *Editing) Amend(ctx context.Context, fields map[string]string, entry Entry, entryID,
	reason string) (Saved, error) {
	return e.commit(ctx, fields, entry, entryID, reason)
}

func (e *Editing) commit(ctx context.Context, fields map[string]string, entry Entry, amends,
	reason string) (Saved, error) {
	d, s := e.desk, e.session
	if err := d.Guard.Require(ctx, s, staff.EditChart, e.Ward); err != nil {
		return Saved{}, err
	}
	e.work.Lock()
	defer e.work.Unlock()
	adds := amends == "" && entry.Observation != nil
	if err := e.Why(); err != nil && !adds {
		return Saved{}, errors.Join(err, e.keep(ctx, fields))
	}
	var fence uint64
	if e.lease != nil {
		fence = e.lease.Fence()
	}
	key, taken := e.sending(fields)
	save := Save{Patient: e.Patient, Section: e.Section, Version: e.From(), Fence: fence,
		Key: key, Draft: e.id, Entry: e.signed(entry, key, taken), Staff: s.Staff.ID, Role: string(s.Staff.Role),
		Station: s.Station, Session: s.ID, At: d.now(),
		Ward: e.Ward, Knowing: e.knows()}
	var saved Saved
	var err error
	if amends == "" {
		saved, err = d.Record.Save(ctx, save)
	} else {
		save.Entry = e.renamed(save.Entry, amends)
		saved, err = d.Record.Amend(ctx, save, reason)
	}
	saved.Entry = save.Entry.id()
	if errors.Is(err, ErrSavedBefore) {
		e.mu.Lock()
		e.renew() // what was typed since is another change
		e.mu.Unlock()
		err = &SavedBeforeError{Entry: saved.Entry}
	}
	if err != nil {
		return Saved{}, errors.Join(err, e.keep(ctx, fields))
	}
	e.over = true
	if err := e.drop(ctx); err != nil && d.Logger != nil {
		d.Logger.Warn("a saved draft could not be dropped", "err", err)
	}
	e.Close(ctx)
	if d.Saved != nil {
		d.Saved(e.Patient)
	}
	return saved, nil
}

// signed completes an entry with what the editor does not decide: whose chart
// it is, who wrote it and, where the entry does not say, when. The copy leaves the
// caller's entry as it is. A set that is sent again was taken when it was sent first.
func (e *Editing) signed(entry Entry, key string, taken time.Time) Entry {
	now, by := e.desk.now(), e.session.Staff
	if entry.Note != nil {
		n := *entry.Note
		n.ID, n.Patient, n.By, n.ByName, n.Received = key, e.Patient, by.ID, by.Short(), now
		if n.Written.IsZero() || now.Sub(n.Written) < time.Minute {
			n.Written = now
		}
		entry.Note = &n
	}
	if entry.Observation != nil {
		o := *entry.Observation
		o.ID, o.Patient, o.By, o.Received = key, e.Patient, by.ID, now
		if !taken.IsZero() {
			o.Taken = taken
		}
		if o.Taken.IsZero() {
			o.Taken = now
		}
		e.mu.Lock()
		e.taken = o.Taken
		e.mu.Unlock()
		if o.Source == "" {
			o.Source = "charted"
		}
		entry.Observation = &o
	}
	return entry
}

// renamed gives an entry the ID of the one it replaces.
func (e *Editing) renamed(entry Entry, id string) Entry {
	if entry.Note != nil {
		n := *entry.Note
		n.ID = id
		entry.Note = &n
	}
	if entry.Observation != nil {
		o := *entry.Observation
		o.ID = id
		entry.Observation = &o
	}
	return entry
}
