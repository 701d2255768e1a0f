package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

// leftAt is when a patient who is not in the house was discharged last.
const leftAt = `CASE WHEN ward IS NULL THEN (SELECT MAX(e.discharged) FROM encounters e
	WHERE e.patient = patients.id) END`

// Gone says whether a patient left, moved from a ward or died; see
// [patient.Summary.GoneFrom]. Asked from no ward (""), a patient who is on one has moved there.
// [patient.ErrNeverHere] if the record never had the patient on the ward.
func (s *Store) Gone(ctx context.Context, patientID, wardID string) (g patient.Gone, err error) {
	err = s.reader.snapshot(ctx, func(q querier) error {
		g, err = gone(ctx, q, patientID, wardID)
		return err
	})
	return g, away(err)
}

// here asks whether a person who writes for a patient from a ward knows that the patient is
// gone from it, in the transaction that writes. The ward is the one that their guard checked;
// the record says where the patient is. away is what they knew of: a late entry.
func (t *tx) here(ctx context.Context, patientID, wardID string, knowing patient.Gone) (away patient.Gone, err error) {
	if away, err = gone(ctx, t, patientID, wardID); err == nil {
		err = away.Unless(knowing)
	}
	return away, err
}

// lateBy asks [tx.here] for a person who signs something new, and writes down what they
// went past.
func (t *tx) lateBy(ctx context.Context, by patient.Signed, patientID, object string) error {
	who, err := t.survivor(ctx, patientID)
	if err != nil {
		return err
	}
	away, err := t.here(ctx, who, by.Ward, by.Knowing)
	if err != nil || !away.Is() {
		return err
	}
	e := signedEvent(by, audit.Override, who, object)
	e.Reason = string(away.State)
	return t.audit(ctx, e)
}

func gone(ctx context.Context, q querier, patientID, wardID string) (patient.Gone, error) {
	var sum patient.Summary
	err := q.QueryRowContext(ctx, `SELECT deceased, died, ward, `+leftAt+` FROM patients WHERE id = ?`, patientID).
		Scan(&sum.Patient.Deceased, clock{&sum.Patient.Died}, text{&sum.Ward}, clock{&sum.Left})
	if errors.Is(err, sql.ErrNoRows) {
		return patient.Gone{}, fmt.Errorf("patient %s: %w", patientID, ErrNotFound)
	}
	if err != nil {
		return patient.Gone{}, err
	}
	g := sum.GoneFrom(wardID)
	if wardID == "" && g.State == patient.Here && sum.Ward != "" {
		g = patient.Gone{State: patient.Moved, Ward: sum.Ward}
	}
	if !g.Is() {
		return g, nil
	}
	had, err := encounters(ctx, q, patientID, false)
	if err != nil {
		return g, err
	}
	if !patient.WasOn(had, wardID) {
		return g, fmt.Errorf("patient %s, ward %q: %w", patientID, wardID, patient.ErrNeverHere)
	}
	return g.Since(had), nil
}
