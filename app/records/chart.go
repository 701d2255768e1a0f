package records

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/wardlight/wardlight/app/chart"
)

const noteColumns = `n.id, n.patient, n.text, n.by_staff, n.by_name, n.written, n.received`

func scanNote(r *sql.Rows) (n chart.Note, err error) {
	err = r.Scan(&n.ID, &n.Patient, &n.Text, &n.By, &n.ByName, clock{&n.Written}, clock{&n.Received})
	return n, err
}

// Notes lists a patient's notes, newest first, at most limit.
func (s *Store) Notes(ctx context.Context, patientID string, limit int) ([]chart.Note, error) {
	var out []chart.Note
	rows, err := s.reader.QueryContext(ctx, `SELECT `+noteColumns+` FROM notes n
		WHERE n.patient = ? ORDER BY n.written DESC, n.id DESC LIMIT ?`, patientID, limit)
	err = each(rows, err, func(r *sql.Rows) error {
		n, err := scanNote(r)
		out = append(out, n)
		return err
	})
	return out, away(err)
}

func (t *tx) insertNote(ctx context.Context, n chart.Note) error {
	if n.ID == "" {
		return fmt.Errorf("%w: note without ID", ErrInvalid)
	}
	written := must(n.Written, t.at)
	var received *int64 // NULL: when it was written
	if at := n.Received.UnixMicro(); !n.Received.IsZero() && at != written {
		received = &at
	}
	_, err := t.exec(ctx, `INSERT INTO notes (id, patient, charted_for, text, by_staff, by_name, written, received)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, n.ID, n.Patient, n.Patient, n.Text, n.By, n.ByName, written, received)
	if taken(err) {
		return fmt.Errorf("note %s: %w", n.ID, ErrKeyReused)
	}
	return err
}

// Sections returns the state of both sections of a chart. Holder is the
// lease's business and not set here.
func (s *Store) Sections(ctx context.Context, patientID string) (map[chart.Section]chart.SectionState, error) {
	out, err := sections(ctx, s.reader, patientID)
	return out, away(err)
}

func sections(ctx context.Context, q querier, patientID string) (map[chart.Section]chart.SectionState, error) {
	out := map[chart.Section]chart.SectionState{chart.Observations: {}, chart.Notes: {}}
	who := named{}
	rows, err := q.QueryContext(ctx, `SELECT section, version, changed, by_staff FROM sections WHERE patient = ?`,
		patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var section chart.Section
		var state chart.SectionState
		err := r.Scan(&section, &state.Version, clock{&state.Changed}, &state.By)
		who.add(state.By)
		out[section] = state
		return err
	})
	if err != nil {
		return nil, err
	}
	call, err := who.called(ctx, q)
	for section, state := range out {
		state.By = call(state.By)
		out[section] = state
	}
	return out, err
}
