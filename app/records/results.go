package records

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/wardlight/wardlight/app/hl7"
)

// Results lists a patient's results, newest first, at most limit. A correction
// stands beside what it corrects, with status C.
func (s *Store) Results(ctx context.Context, patientID string, limit int) ([]hl7.Result, error) {
	var out []hl7.Result
	rows, err := s.reader.QueryContext(ctx, `SELECT id, patient, code, name, system, value, unit, range_text, flag,
		status, taken, taken_from, received, source FROM results
		WHERE patient = ? ORDER BY taken DESC, id DESC LIMIT ?`, patientID, limit)
	err = each(rows, err, func(r *sql.Rows) error {
		var v hl7.Result
		err := r.Scan(&v.ID, &v.Patient, &v.Code, &v.Name, &v.System, &v.Value, &v.Unit, &v.Range, &v.Flag,
			&v.Status, clock{&v.Taken}, &v.TakenFrom, clock{&v.Received}, &v.Source)
		out = append(out, v)
		return err
	})
	return out, away(err)
}

// AddResult adds one value of a report; the same ID again changes nothing.
func (b *Batch) AddResult(ctx context.Context, v hl7.Result) error {
	if v.ID == "" || v.Taken.IsZero() {
		return fmt.Errorf("%w: result without ID or time", ErrInvalid)
	}
	n, err := b.t.exec(ctx, `INSERT INTO results (id, patient, charted_for, code, name, system, value, unit, range_text,
			flag, status, taken, taken_from, received, source)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		v.ID, v.Patient, v.Patient, v.Code, v.Name, v.System, v.Value, v.Unit, v.Range,
		v.Flag, v.Status, v.Taken.UnixMicro(), v.TakenFrom, must(v.Received, b.t.at), v.Source)
	if n == 1 {
		b.t.later[v.Patient] = true
	}
	return err
}

// Counts is how much the record holds; for reports on imports and backups.
type Counts struct{ Patients, Merged, Observations, Results, Notes, Alerts int }

// Count counts what the record holds. Patients leaves merged ones out.
func (s *Store) Count(ctx context.Context) (c Counts, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT
		(SELECT COUNT(*) FROM patients WHERE merged_into IS NULL), (SELECT COUNT(*) FROM patients WHERE merged_into IS NOT NULL),
		(SELECT COUNT(*) FROM observations), (SELECT COUNT(*) FROM results), (SELECT COUNT(*) FROM notes),
		(SELECT COUNT(*) FROM alerts)`).
		Scan(&c.Patients, &c.Merged, &c.Observations, &c.Results, &c.Notes, &c.Alerts)
	return c, away(err)
}
