package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

// renumber makes a patient's numbers former ones and gives others for them, as of a
// time. The record stays the same: an old number still finds the patient. Of a number
// that changed later than that the later change stands; it reports whether there is
// one.
func (t *tx) renumber(ctx context.Context, patientID string, old, now []patient.Identifier,
	at time.Time) (bool, error) {
	r := renumbering{t, patientID, at.UnixMicro(), false}
	var given []patient.Identifier // of now, those that no later change took back
	for _, i := range now {
		later, err := r.later(ctx, i)
		if err != nil {
			return false, err
		}
		if !later {
			given = append(given, i)
		}
	}
	gone := false // an old number was given again, or changed into another
	for _, i := range old {
		later, err := r.later(ctx, i)
		if err != nil {
			return false, err
		}
		gone = gone || later
	}
	late := gone || len(given) < len(now)
	for _, i := range given {
		if gone { // it was the patient's for a while, and is to find them
			switch _, err := t.owner(ctx, i); {
			case err == nil:
				continue
			case !errors.Is(err, ErrNotFound):
				return late, err
			}
		}
		if err := r.set(ctx, i, gone); err != nil {
			return late, err
		}
	}
	if !gone {
		for _, i := range old {
			if err := r.set(ctx, i, true); err != nil {
				return late, err
			}
		}
		if err := r.name(ctx, old, given); err != nil {
			return late, err
		}
	}
	if !r.changed {
		return late, nil
	}
	if _, err := t.touch(ctx, patientID); err != nil {
		return late, err
	}
	return late, t.audit(ctx, audit.Event{Action: audit.ChangeNumber, Patient: patientID, Outcome: audit.Done})
}

// renumbering is one change of a patient's numbers.
type renumbering struct {
	*tx
	patient string
	at      int64
	changed bool // anything that is seen
}

// later reports whether a number changed later than this change.
func (r *renumbering) later(ctx context.Context, i patient.Identifier) (later bool, err error) {
	err = r.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM identifiers
		WHERE authority = ? AND type = ? AND value = ? AND patient = ? AND changed > ?)`,
		i.Authority, i.Type, i.Value, r.patient, r.at).Scan(&later)
	return later, err
}

// set makes a number a former one, or one that holds.
func (r *renumbering) set(ctx context.Context, i patient.Identifier, former bool) error {
	was, err := r.owner(ctx, i)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	r.changed = r.changed || err != nil || was.former != former
	i.Former = former
	if err := r.addIdentifier(ctx, r.patient, i); err != nil {
		return err
	}
	_, err = r.exec(ctx, `UPDATE identifiers SET former = ?, changed = ?
		WHERE authority = ? AND type = ? AND value = ? AND patient = ?`,
		former, r.at, i.Authority, i.Type, i.Value, r.patient)
	return err
}

// name lets the patient be known by a number that holds, where it was one of old: by
// the first that was given, or by the one that changed last.
func (r *renumbering) name(ctx context.Context, old, given []patient.Identifier) error {
	for _, i := range old {
		mrn := ""
		if len(given) > 0 {
			mrn = given[0].Value
		} else if err := r.QueryRowContext(ctx, `SELECT value FROM identifiers
			WHERE patient = ? AND authority = ? AND type = ? AND NOT former
			ORDER BY changed DESC, value LIMIT 1`, r.patient,
			i.Authority, i.Type).Scan(&mrn); errors.Is(err, sql.ErrNoRows) {
			continue
		} else if err != nil {
			return err
		}
		n, err := r.exec(ctx, `UPDATE patients SET mrn = ? WHERE id = ? AND mrn = ?`, mrn, r.patient, i.Value)
		if err != nil {
			return fmt.Errorf("patient %s: %w", r.patient, err)
		}
		r.changed = r.changed || n > 0
	}
	return nil
}
