package records

import (
	"context"
	"database/sql"
	"errors"

	"github.com/wardlight/wardlight/app/ward"
)

// EnsureBed implements [hl7.Writer].
func (in intake) EnsureBed(ctx context.Context, w ward.Ward, bed string) error {
	return in.t.ensureBed(ctx, w, bed)
}

// Occupant implements [hl7.Writer].
func (in intake) Occupant(ctx context.Context, wardID, bed string) (string, error) {
	var id string
	err := in.t.QueryRowContext(ctx, `SELECT id FROM patients WHERE ward = ? AND bed = ?`, wardID, bed).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Discharge implements [hl7.Writer].
func (in intake) Discharge(ctx context.Context, patientID string) error {
	return in.t.discharge(ctx, patientID)
}
