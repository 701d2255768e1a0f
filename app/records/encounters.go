package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/patient"
)

// Encounters lists a patient's encounters, oldest first; those of merged
// records are among them. They follow from where [Store.PutPatient],
// [Store.Discharge] and [Store.Merge] put the patient.
func (s *Store) Encounters(ctx context.Context, patientID string) ([]patient.Encounter, error) {
	var out []patient.Encounter
	rows, err := s.reader.QueryContext(ctx, `SELECT e.id, e.patient, e.admitted, e.discharged, e.reason,
			s.ward, s.bed, s.since, s.until
		FROM encounters e JOIN stays s ON s.encounter = e.id WHERE e.patient = ? ORDER BY e.admitted, e.id, s.n`, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var e patient.Encounter
		var s patient.Stay
		err := r.Scan(&e.ID, &e.Patient, clock{&e.Admitted}, clock{&e.Discharged}, &e.Reason,
			&s.Ward, &s.Bed, clock{&s.Since}, clock{&s.Until})
		if n := len(out); n == 0 || out[n-1].ID != e.ID {
			out = append(out, e)
		}
		last := &out[len(out)-1]
		last.Stays = append(last.Stays, s)
		return err
	})
	return out, away(err)
}

// moved writes down where a patient is from now on; an empty ward is out of the
// house. admitted is zero if nobody knows when the patient came.
func (t *tx) moved(ctx context.Context, patientID, ward, bed, reason string, admitted time.Time) error {
	now := t.at.UnixMicro()
	var open string
	err := t.QueryRowContext(ctx, `SELECT id FROM encounters WHERE patient = ? AND discharged IS NULL`, patientID).Scan(&open)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if open != "" {
		if _, err := t.exec(ctx, `UPDATE stays SET until = ? WHERE encounter = ? AND until IS NULL`, now, open); err != nil {
			return err
		}
	}
	switch {
	case ward == "" && open == "":
		return nil
	case ward == "":
		_, err := t.exec(ctx, `UPDATE encounters SET discharged = ? WHERE id = ?`, now, open)
		return err
	}
	since := now
	if open == "" {
		open, since = uuid.NewString(), must(admitted, t.at)
		if _, err := t.exec(ctx, `INSERT INTO encounters (id, patient, charted_for, admitted, discharged, reason)
			VALUES (?, ?, ?, ?, NULL, ?)`, open, patientID, patientID, since, reason); err != nil {
			return fmt.Errorf("encounter of %s: %w", patientID, err)
		}
	}
	_, err = t.exec(ctx, `INSERT INTO stays (encounter, n, ward, bed, since, until)
		VALUES (?, (SELECT COALESCE(MAX(n), 0) + 1 FROM stays WHERE encounter = ?), ?, ?, ?, NULL)`,
		open, open, ward, bed, since)
	return err
}
