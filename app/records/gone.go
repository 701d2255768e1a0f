package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
)

// leftAt is when a patient who is not in the house was discharged last.
const leftAt = `CASE WHEN ward IS NULL THEN (SELECT MAX(e.discharged) FROM encounters e
	WHERE e.patient = patients.id) END`

// Gone says whether a patient left, moved from a ward or died; see
// [patient.Summary.GoneFrom].
func (s *Store) Gone(ctx context.Context, patientID, wardID string) (patient.Gone, error) {
	g, err := gone(ctx, s.reader, patientID, wardID)
	return g, away(err)
}

func gone(ctx context.Context, q querier, patientID, wardID string) (patient.Gone, error) {
	var sum patient.Summary
	err := q.QueryRowContext(ctx, `SELECT deceased, died, ward, `+leftAt+` FROM patients WHERE id = ?`, patientID).
		Scan(&sum.Patient.Deceased, clock{&sum.Patient.Died}, text{&sum.Ward}, clock{&sum.Left})
	if errors.Is(err, sql.ErrNoRows) {
		return patient.Gone{}, fmt.Errorf("patient %s: %w", patientID, ErrNotFound)
	}
	return sum.GoneFrom(wardID), err
}
