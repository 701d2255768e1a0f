package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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
