package records

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
)

// Save takes one chart entry, or refuses it, in one transaction, and forgets the draft
// it came from.
//
// A set of observations is never refused for what others saved: it adds itself, as an
// entry of its own in the order of its time, and neither Version nor Fence is asked for.
// The section's version stays: nobody who changes another entry need see it first.
//
// The same Key again is answered as the first time and changes nothing, so
// that a save whose answer was lost may be sent again; [ErrKeyReused] if the
// key came with another entry, which is [chart.ErrSavedBefore], too. Of a note
// [chart.ErrConflict] means the section is past
// Version; [chart.ErrStaleFence] that a later lease has already saved; both come
// as a [*ConflictError] that says what was, is and would have been. Fence 0 is a
// save without a lease (Redis was away): Version alone guards it then. A
// [*patient.GoneError] means that the patient left, moved from the save's ward or died,
// and that whoever writes did not know; [patient.ErrNeverHere] that the record never had
// them on that ward. These come before the other two.
func (s *Store) Save(ctx context.Context, save chart.Save) (chart.Saved, error) {
	return s.once(ctx, save, "", func(t *tx, at int64) (int64, error) {
		version, err := int64(0), error(nil)
		if save.Entry.Observation != nil {
			version, err = t.added(ctx, save, at)
		} else {
			version, err = t.guard(ctx, save, at)
		}
		if err != nil {
			return 0, err
		}
		return version, t.insertEntry(ctx, save, at)
	})
}

// once runs change, which says the section's version, or answers save's key as it was
// answered the first time. What tells apart two changes with one key is the
// entry and why ("" for a new entry).
func (s *Store) once(ctx context.Context, save chart.Save, why string,
	change func(*tx, int64) (int64, error)) (chart.Saved, error) {
	var out chart.Saved
	digest, err := digest(save, why)
	if err != nil {
		return out, err
	}
	err = s.write(ctx, func(t *tx) error {
		var had string
		err := t.QueryRowContext(ctx, `SELECT digest, version, revision FROM saves WHERE key = ?`, save.Key).
			Scan(&had, &out.Version, &out.Revision)
		switch {
		case err == nil && had != digest:
			return fmt.Errorf("save %s: %w: %w", save.Key, ErrKeyReused, chart.ErrSavedBefore)
		case err == nil:
			return nil
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		out, err = t.save(ctx, save, digest, change)
		return err
	})
	if err != nil {
		if errors.Is(err, chart.ErrConflict) || errors.Is(err, chart.ErrStaleFence) ||
			errors.Is(err, patient.ErrGone) ||
			errors.Is(err, patient.ErrNeverHere) {
			s.auditRefused(ctx, save, err)
		}
		return chart.Saved{}, err
	}
	return out, nil
}

// digest is what must be the same when a key comes again: the entry, not the
// circumstances.
func digest(save chart.Save, why string) (string, error) {
	e := save.Entry
	switch {
	case save.Key == "":
		return "", fmt.Errorf("%w: save without idempotency key", ErrInvalid)
	case (e.Observation == nil) == (e.Note == nil):
		return "", fmt.Errorf("%w: save needs exactly one entry", ErrInvalid)
	case e.Observation != nil && save.Section != chart.Observations, e.Note != nil && save.Section != chart.Notes:
		return "", fmt.Errorf("%w: entry does not belong in section %q", ErrInvalid, save.Section)
	case save.Fence > math.MaxInt64:
		return "", fmt.Errorf("%w: fence out of range", ErrInvalid)
	}
	what := []any{save.Patient, save.Section, save.Staff}
	if o := e.Observation; o != nil {
		c := *o
		c.ID, c.Patient, c.Received = "", "", time.Time{}
		what = append(what, c)
	} else {
		what = append(what, e.Note.Text)
	}
	if why != "" { // which entry is meant, and why
		what = append(what, entryID(e), why)
	}
	b, err := json.Marshal(what)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

func (t *tx) save(ctx context.Context, save chart.Save, digest string,
	change func(*tx, int64) (int64, error)) (chart.Saved, error) {
	var out chart.Saved
	at := must(save.At, t.at)
	p, err := t.standing(ctx, save.Patient)
	if err != nil {
		return out, err
	}
	if p.mergedInto != "" {
		return out, fmt.Errorf("patient %s: %w", save.Patient, ErrMerged)
	}
	away, err := t.here(ctx, save.Patient, save.Ward, save.Knowing)
	if err != nil {
		return out, err
	}
	if out.Version, err = change(t, at); err != nil {
		return out, err
	}
	if err := t.dropSaved(ctx, save); err != nil {
		return out, err
	}
	if out.Revision, err = t.touch(ctx, save.Patient); err != nil {
		return out, err
	}
	if _, err := t.exec(ctx, `INSERT INTO saves (key, digest, version, revision, at, patient, section, entry)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, save.Key, digest, out.Version, out.Revision, t.at.UnixMicro(),
		save.Patient, string(save.Section), entryID(save.Entry)); err != nil {
		return out, err
	}
	e := saveEvent(save)
	e.Version, e.Outcome = out.Version, audit.Done
	if err := t.audit(ctx, e); err != nil || !away.Is() {
		return out, err
	}
	e.Action, e.Reason = audit.Override, string(away.State)
	return out, t.audit(ctx, e)
}

// added notes who wrote in a section last, and says its version, which stays.
func (t *tx) added(ctx context.Context, save chart.Save, at int64) (version int64, err error) {
	if _, err := t.exec(ctx, `INSERT INTO sections (patient, section, version, fence, changed, by_staff)
		VALUES (?, ?, 0, 0, ?, ?) ON CONFLICT (patient, section)
		DO UPDATE SET changed = excluded.changed, by_staff = excluded.by_staff`,
		save.Patient, string(save.Section), at, save.Staff); err != nil {
		return 0, err
	}
	err = t.QueryRowContext(ctx, `SELECT version FROM sections WHERE patient = ? AND section = ?`,
		save.Patient, string(save.Section)).Scan(&version)
	return version, err
}

// guard moves the section on if, and only if, nobody else has: the condition
// and the change are one statement. It says the section's version then.
func (t *tx) guard(ctx context.Context, save chart.Save, at int64) (int64, error) {
	if _, err := t.exec(ctx, `INSERT INTO sections (patient, section, version, fence, changed, by_staff)
		VALUES (?, ?, 0, 0, NULL, '') ON CONFLICT (patient,
		section) DO NOTHING`, save.Patient, string(save.Section)); err != nil {
		return 0, err
	}
	fence := int64(save.Fence)
	n, err := t.exec(ctx, `
		UPDATE sections SET version = version + 1, changed = ?, by_staff = ?,
			fence = CASE WHEN fence < ? THEN ? ELSE fence END
		WHERE patient = ? AND section = ? AND version = ? AND (fence <= ? OR CAST(? AS BIGINT) = 0)`,
		at, save.Staff, fence, fence, save.Patient, string(save.Section), save.Version, fence, fence)
	if err != nil || n == 1 {
		return save.Version + 1, err
	}
	return 0, t.conflict(ctx, save)
}

func (t *tx) insertEntry(ctx context.Context, save chart.Save, at int64) error {
	if n := save.Entry.Note; n != nil {
		note := *n
		note.Patient = save.Patient
		if note.Written.IsZero() {
			note.Written = time.UnixMicro(at)
		}
		return t.insertNote(ctx, note)
	}
	o := *save.Entry.Observation
	o.Patient = save.Patient
	fresh, err := t.insertObservation(ctx, o)
	if err == nil && !fresh {
		err = fmt.Errorf("observation %s: %w", o.ID, ErrKeyReused)
	}
	return err
}

func saveEvent(save chart.Save) audit.Event {
	return audit.Event{At: save.At, Actor: save.Staff, Role: save.Role, Station: save.Station, Session: save.Session,
		Action: audit.SaveChart, Patient: save.Patient, Object: string(save.Section), Version: save.Version}
}

// auditRefused notes a refused save. The refusal stands whether or not the
// note can be written.
func (s *Store) auditRefused(ctx context.Context, save chart.Save, why error) {
	e := saveEvent(save)
	e.Outcome, e.Reason = audit.Refused, "conflict"
	var gone *patient.GoneError
	switch {
	case errors.As(why, &gone):
		e.Reason = string(gone.Gone.State)
	case errors.Is(why, patient.ErrNeverHere):
		e.Reason = "never-on-ward"
	case errors.Is(why, chart.ErrStaleFence):
		e.Reason = "stale-fence"
	}
	if err := s.Audit(ctx, e); err != nil {
		s.log.WarnContext(ctx, "refused save not audited", "key", save.Key, "err", err)
	}
}
