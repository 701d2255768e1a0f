package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

// addIdentifier gives a patient a number; [ErrAmbiguous] if it is one's own and
// another has it.
func (t *tx) addIdentifier(ctx context.Context, patientID string, i patient.Identifier) error {
	if patient.Placeholder(i.Value) {
		return nil
	}
	if _, err := t.exec(ctx, `INSERT INTO identifiers (authority, type, value, patient, given_to, former) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, i.Authority, i.Type, i.Value, patientID, patientID, i.Former); err != nil || !i.Own() {
		return err
	}
	owner, err := t.owner(ctx, i)
	if err == nil && owner.patient != patientID {
		err = fmt.Errorf("patient %s: identifier of %s: %w", patientID, owner.patient, ErrAmbiguous)
	}
	return err
}

// owner is whose a number is.
type owner struct {
	patient string
	givenTo string // who had it first
	former  bool
	told    string // since when the patient's things were said, JSON
}

// owner is whose own number it is; [ErrNotFound] if nobody's.
func (t *tx) owner(ctx context.Context, i patient.Identifier) (owner, error) {
	var o owner
	err := t.QueryRowContext(ctx, `SELECT i.patient, i.given_to, i.former, p.told
		FROM identifiers i JOIN patients p ON p.id = i.patient WHERE i.authority = ? AND i.type = ? AND i.value = ?`,
		i.Authority, i.Type, i.Value).Scan(&o.patient, &o.givenTo, &o.former, &o.told)
	if errors.Is(err, sql.ErrNoRows) {
		return o, fmt.Errorf("identifier: %w", ErrNotFound)
	}
	return o, err
}

// renumber makes a patient's numbers former ones and gives others for them. The
// record stays the same: whoever looks for the old number finds it.
func (t *tx) renumber(ctx context.Context, patientID string, old, now []patient.Identifier) error {
	changed := false
	for _, i := range now {
		was, err := t.owner(ctx, i)
		if errors.Is(err, ErrNotFound) || err == nil && was.former {
			changed = true
		}
		if err := t.addIdentifier(ctx, patientID, i); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE identifiers SET former = FALSE WHERE authority = ? AND type = ? AND value = ? AND patient = ?`,
			i.Authority, i.Type, i.Value, patientID); err != nil {
			return err
		}
	}
	for _, i := range old {
		if _, err := t.exec(ctx, `UPDATE identifiers SET former = TRUE WHERE authority = ? AND type = ? AND value = ? AND patient = ?`,
			i.Authority, i.Type, i.Value, patientID); err != nil {
			return err
		}
		if len(now) == 0 {
			continue
		}
		if _, err := t.exec(ctx, `UPDATE patients SET mrn = ? WHERE id = ? AND mrn = ?`, now[0].Value, patientID, i.Value); err != nil {
			return err
		}
	}
	if !changed {
		return nil
	}
	if _, err := t.touch(ctx, patientID); err != nil {
		return err
	}
	return t.audit(ctx, audit.Event{Action: audit.ChangeNumber, Patient: patientID, Outcome: audit.Done})
}
