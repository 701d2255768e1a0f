package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
)

// over says that something was ended before, and by whom: "" by another system.
type over struct {
	is bool
	by string
}

// unless answers whoever ends it again as the first time, and others with [patient.ErrEnded].
func (o over) unless(staff, id string) error {
	if o.by == staff {
		return nil
	}
	return fmt.Errorf("%s: %w", id, patient.ErrEnded)
}

// endable is in whose chart stands what a person ends from a patient's by its ID, and whether it was ended
// before. A patient who was merged is their survivor, as what was charted for them is. What is not in that chart is a
// [patient.ErrNotInChart].
func (t *tx) endable(ctx context.Context, table, by, ended, patientID, id string) (who string, was over, err error) {
	if who, err = t.survivor(ctx, patientID); err != nil {
		return "", was, err
	}
	of := ""
	err = t.QueryRowContext(ctx, `SELECT patient, `+ended+` IS NOT NULL, `+by+` FROM `+table+` WHERE id = ?`, id).
		Scan(&of, &was.is, text{&was.by})
	if errors.Is(err, sql.ErrNoRows) || err == nil && of != who {
		err = fmt.Errorf("%s %s: %w", table, id, patient.ErrNotInChart)
	}
	return who, was, err
}
