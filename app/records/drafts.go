package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/chart"
)

const draftColumns = `staff, patient, section, version, fields, saved`

func scanDraft(scan func(...any) error) (chart.Draft, error) {
	var d chart.Draft
	var fields []byte
	if err := scan(&d.Staff, &d.Patient, &d.Section, &d.Version, &fields, clock{&d.Saved}); err != nil {
		return d, err
	}
	if err := json.Unmarshal(fields, &d.Fields); err != nil {
		return d, fmt.Errorf("records: draft: %w", err)
	}
	return d, nil
}

// Draft reads what a person has typed and not saved in a section, and whether
// there is anything.
func (s *Store) Draft(ctx context.Context, staffID, patientID string,
	section chart.Section) (chart.Draft, bool, error) {
	d, err := scanDraft(s.reader.QueryRowContext(ctx, `SELECT `+draftColumns+` FROM drafts
		WHERE staff = ? AND patient = ? AND section = ?`, staffID, patientID, string(section)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return chart.Draft{}, false, nil
	}
	return d, err == nil, away(err)
}

// Drafts lists all of a person's drafts, newest first.
func (s *Store) Drafts(ctx context.Context, staffID string) ([]chart.Draft, error) {
	var out []chart.Draft
	rows, err := s.reader.QueryContext(ctx, `SELECT `+draftColumns+` FROM drafts
		WHERE staff = ? ORDER BY saved DESC, patient, section`, staffID)
	err = each(rows, err, func(r *sql.Rows) error {
		d, err := scanDraft(r.Scan)
		out = append(out, d)
		return err
	})
	return out, away(err)
}

// SaveDraft writes a draft down in place of the one before it. A draft with an
// older Saved than the one on record changes nothing: it came late.
func (s *Store) SaveDraft(ctx context.Context, d chart.Draft) error {
	fields, err := json.Marshal(d.Fields)
	if err != nil {
		return fmt.Errorf("records: draft: %w", err)
	}
	return s.aside(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `INSERT INTO drafts (staff, patient, section, version, fields, saved)
			VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (staff, patient, section) DO UPDATE
			SET version = excluded.version, fields = excluded.fields, saved = excluded.saved
			WHERE drafts.saved <= excluded.saved`,
			d.Staff, d.Patient, string(d.Section), d.Version, string(fields), must(d.Saved, t.at))
		return err
	})
}

// DropDraft forgets a draft. Dropping what is not there is no error.
func (s *Store) DropDraft(ctx context.Context, staffID, patientID string, section chart.Section) error {
	return s.aside(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM drafts WHERE staff = ? AND patient = ? AND section = ?`,
			staffID, patientID, string(section))
		return err
	})
}
