package chart

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/staff"
)

// Draft is what has been typed and not saved: raw text by field name, so that
// nothing is lost because it did not parse. It belongs to one person, and to the edit in
// which it was typed: whoever types in one section at two stations has two.
type Draft struct {
	Patient string            `json:"patient"`
	Section Section           `json:"section"`
	Staff   string            `json:"staff"`
	Version int64             `json:"version"` // the section's version it started from
	Fields  map[string]string `json:"fields"`
	Saved   time.Time         `json:"saved"` // when this draft was last written down
	// Typed is when this text was begun. Whoever saves it later is asked whether it is
	// of then or of now.
	Typed time.Time `json:"typed"`
	// Key is the idempotency key with which it is saved: one draft is one entry.
	Key string `json:"key,omitempty"`
	// Tried means that an earlier text of this draft was sent with Key, and that what
	// became of it is not known.
	Tried bool `json:"tried,omitempty"`
	// Writer is the ID of the edit that writes it; "" for one of before there were any.
	Writer  string `json:"writer,omitempty"`
	Station string `json:"station,omitempty"` // where it was written last
	// Again means that its writer wrote it down before: if it is not there any more,
	// another edit went on with it.
	Again bool `json:"-"`
}

// Empty reports whether nothing was typed.
func (d Draft) Empty() bool {
	for _, v := range d.Fields {
		if v != "" {
			return false
		}
	}
	return true
}

// OldDraft is the age from which a draft is not of now without a word: its writer says
// whether it is of when it was typed.
const OldDraft = 5 * time.Minute

// Old reports whether a text that was begun at typed is so old that its time is asked
// for.
func Old(typed, now time.Time) bool { return !typed.IsZero() && now.Sub(typed) >= OldDraft }

// Drafts lists what this person has typed anywhere and not saved, newest first.
func (d *Desk) Drafts(ctx context.Context, s staff.Session) ([]Draft, error) {
	return d.Record.Drafts(ctx, s.Staff.ID)
}

// Keep writes the draft down. It is called while typing, at most once a second. Once the
// text is saved or discarded there is nothing left to keep, and nothing is.
func (e *Editing) Keep(ctx context.Context, fields map[string]string) error {
	return e.KeepNewest(ctx, 0, func() (map[string]string, bool) { return fields, true })
}

// KeepNewest is [Editing.Keep] where several may write the draft down at once: newest is asked for the
// text only when its turn has come, so that none who waited writes an older one over it, and nothing is
// written if it says that nothing is due. limit, unless it is 0, bounds the write and not the wait for
// the one before, which may have hung for as long.
func (e *Editing) KeepNewest(ctx context.Context, limit time.Duration,
	newest func() (fields map[string]string, due bool)) error {
	e.work.Lock()
	defer e.work.Unlock()
	if e.over {
		return nil
	}
	fields, due := newest()
	if !due {
		return nil
	}
	if limit > 0 {
		call, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		ctx = call
	}
	return e.keep(ctx, fields)
}

// keep is [Editing.Keep] with work held.
func (e *Editing) keep(ctx context.Context, fields map[string]string) error {
	saved := e.desk.now()
	if saved.Before(e.last) { // this station's clock is behind the one where the text was begun
		saved = e.last
	}
	d := Draft{Patient: e.Patient, Section: e.Section, Staff: e.session.Staff.ID, Version: e.From(), Fields: fields,
		Saved: saved, Writer: e.id, Station: e.session.Station, Again: e.kept}
	e.mu.Lock()
	e.changed(fields)
	switch {
	case d.Empty():
		e.typedAt = time.Time{}
	case e.typedAt.IsZero():
		e.typedAt = d.Saved
	}
	d.Typed, d.Key, d.Tried = e.typedAt, e.key, e.tried
	e.mu.Unlock()
	if d.Empty() {
		return e.drop(ctx)
	}
	err := e.desk.Record.SaveDraft(ctx, d)
	switch {
	case errors.Is(err, ErrDraftTaken) && maps.Equal(fields, e.was):
		return nil // nothing was typed here since: where it went, all of it is
	case errors.Is(err, ErrDraftTaken):
		err = e.keepApart(ctx, d)
	}
	if err == nil {
		e.kept, e.was, e.last = true, maps.Clone(fields), saved
	}
	return err
}

// drop forgets the draft of this edit. work is held.
func (e *Editing) drop(ctx context.Context) error {
	err := e.desk.Record.DropDraft(ctx, e.session.Staff.ID, e.Patient, e.Section, e.id)
	if err == nil {
		e.kept = false
	}
	return err
}

// Discard drops the draft and frees the section.
func (e *Editing) Discard(ctx context.Context) error {
	e.work.Lock()
	e.over = true
	err := e.drop(ctx)
	e.work.Unlock()
	e.Close(ctx)
	return err
}

// resume goes on with what was typed before. It may have been sent, and nobody here
// knows what became of that: once it is changed it counts as another text.
func (e *Editing) resume() {
	if !e.HasDraft {
		return
	}
	e.was, e.last = e.Draft.Fields, e.Draft.Saved
	e.typedAt, e.tried, e.sent, e.kept = e.Draft.Typed, e.Draft.Tried, e.Draft.Fields, true
	if e.Draft.Key != "" {
		e.key = e.Draft.Key
	}
}

// Typed is when the text here was begun; the zero time while there is none.
func (e *Editing) Typed() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.typedAt
}

// Began says when the text that is typed now was begun: whoever empties a form and writes on begins another, which
// may never be written down empty between. An earlier moment than is known changes nothing.
func (e *Editing) Began(at time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.typedAt.IsZero() && at.After(e.typedAt) {
		e.typedAt = at
	}
}

// changed sees whether fields are another text than the one that was sent. A set keeps
// its key: the record then says whether the first is there, and no second one comes
// beside it. A note that was sent and then changed meets the first as a conflict. mu is
// held.
func (e *Editing) changed(fields map[string]string) {
	switch {
	case e.sent == nil || maps.Equal(e.sent, fields):
	case e.Section == Observations:
		e.tried = true
	default:
		e.renew()
	}
}

// renew gives what is typed another key. mu is held.
func (e *Editing) renew() {
	e.key, e.sent, e.tried, e.taken = uuid.NewString(), nil, false, time.Time{}
}

// sending notes that fields are sent, and says with which key. The same text again is
// the same save, taken when it was first sent: taken is that time, or the zero time.
func (e *Editing) sending(fields map[string]string) (key string, taken time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.changed(fields)
	if maps.Equal(e.sent, fields) {
		taken = e.taken
	}
	e.sent = maps.Clone(fields)
	if e.sent == nil {
		e.sent = map[string]string{}
	}
	return e.key, taken
}
