package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/chart"
)

const draftColumns = `d.staff, d.patient, d.section, d.version, d.fields, d.saved, d.typed, d.key, d.tried`

// standingDraft leaves out a draft whose very text was saved. It was written down late, by
// whoever did not know yet that the save had come through.
const standingDraft = ` AND (d.tried = TRUE OR NOT EXISTS (SELECT 1 FROM saves v WHERE v.key = d.key))`

func scanDraft(scan func(...any) error) (chart.Draft, error) {
	var d chart.Draft
	var fields []byte
	if err := scan(&d.Staff, &d.Patient, &d.Section, &d.Version, &fields, clock{&d.Saved}, clock{&d.Typed}, &d.Key,
		&d.Tried); err != nil {
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
	d, err := scanDraft(s.reader.QueryRowContext(ctx, `SELECT `+draftColumns+` FROM drafts d
		WHERE d.staff = ? AND d.patient = ? AND d.section = ?`+standingDraft, staffID, patientID,
		string(section)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return chart.Draft{}, false, nil
	}
	return d, err == nil, away(err)
}

// Drafts lists all of a person's drafts, newest first.
func (s *Store) Drafts(ctx context.Context, staffID string) ([]chart.Draft, error) {
	var out []chart.Draft
	rows, err := s.reader.QueryContext(ctx, `SELECT `+draftColumns+` FROM drafts d
		WHERE d.staff = ?`+standingDraft+` ORDER BY d.saved DESC, d.patient, d.section`, staffID)
	err = each(rows, err, func(r *sql.Rows) error {
		d, err := scanDraft(r.Scan)
		out = append(out, d)
		return err
	})
	return out, away(err)
}

// SaveDraft writes a draft down in place of the one before it. A draft with an
// older Saved than the one on record changes nothing: it came late. One whose text was
// saved meanwhile is read as none. A zero Typed is Saved.
func (s *Store) SaveDraft(ctx context.Context, d chart.Draft) error {
	fields, err := json.Marshal(d.Fields)
	if err != nil {
		return fmt.Errorf("records: draft: %w", err)
	}
	return s.aside(ctx, func(t *tx) error {
		saved := must(d.Saved, t.at)
		_, err := t.exec(ctx, `INSERT INTO drafts (staff, patient, section, version, fields, saved, typed, key, tried)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (staff, patient, section) DO UPDATE
			SET version = excluded.version, fields = excluded.fields, saved = excluded.saved, typed = excluded.typed,
				key = excluded.key, tried = excluded.tried
			WHERE drafts.saved <= excluded.saved`,
			d.Staff, d.Patient, string(d.Section), d.Version, string(fields), saved,
			must(d.Typed, time.UnixMicro(saved)), d.Key, d.Tried)
		return err
	})
}

// DropDraft forgets the draft with a key, or one that was kept before drafts had keys.
// Dropping what is not there is no error.
func (s *Store) DropDraft(ctx context.Context, staffID, patientID string, section chart.Section, key string) error {
	return s.aside(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM drafts WHERE staff = ? AND patient = ? AND section = ? AND key IN (?, '')`,
			staffID, patientID, string(section), key)
		return err
	})
}

// dropSaved forgets the draft that a save came from, in its transaction.
func (t *tx) dropSaved(ctx context.Context, save chart.Save) error {
	_, err := t.exec(ctx, `DELETE FROM drafts WHERE staff = ? AND patient = ? AND section = ?
		AND key IN (?, ?, '') AND tried = FALSE`, save.Staff, save.Patient, string(save.Section), save.Key, save.Draft)
	return err
}
