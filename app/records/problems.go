package records

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
)

// PutProblem adds a problem, or changes the one with its ID (as when it is
// resolved). A problem for a merged patient goes to the survivor.
func (s *Store) PutProblem(ctx context.Context, p patient.Problem) error {
	if p.ID == "" || p.Text == "" {
		return fmt.Errorf("%w: problem without ID or text", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		who, err := t.survivor(ctx, p.Patient)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO problems (id, patient, charted_for, code, system, text, onset, noted, by_staff, resolved)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET code = excluded.code, system = excluded.system,
				text = excluded.text, onset = excluded.onset, resolved = excluded.resolved`,
			p.ID, who, who, p.Code, p.System, p.Text, micros(p.Onset), must(p.Noted, t.at), p.By, micros(p.Resolved)); err != nil {
			return err
		}
		_, err = t.touch(ctx, who)
		return err
	})
}

// Problems lists a patient's problems, the newest first.
func (s *Store) Problems(ctx context.Context, patientID string) ([]patient.Problem, error) {
	var out []patient.Problem
	rows, err := s.reader.QueryContext(ctx, `SELECT id, patient, code, system, text, onset, noted, by_staff, resolved
		FROM problems WHERE patient = ? ORDER BY noted DESC, id DESC`, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var p patient.Problem
		err := r.Scan(&p.ID, &p.Patient, &p.Code, &p.System, &p.Text, clock{&p.Onset}, clock{&p.Noted}, &p.By, clock{&p.Resolved})
		out = append(out, p)
		return err
	})
	return out, away(err)
}
