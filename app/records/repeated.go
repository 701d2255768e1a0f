package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// repeated reports whether a table holds what a person recorded for a patient by this ID already: its answer was lost.
// The ID of another person's act, or of one for another patient, is an [ErrKeyReused].
func (t *tx) repeated(ctx context.Context, table, id, patientID, staff string) (bool, error) {
	var of, by string
	err := t.QueryRowContext(ctx, `SELECT patient, by_staff FROM `+table+` WHERE id = ?`, id).Scan(&of, &by)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	who, err := t.survivor(ctx, patientID)
	if err != nil {
		return false, err
	}
	if of != who || by != staff {
		return false, fmt.Errorf("%s %s: %w", table, id, ErrKeyReused)
	}
	return true, nil
}
