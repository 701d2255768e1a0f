package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/chart"
)

const draftColumns = `d.staff, d.patient, d.section, d.version, d.fields, d.saved, d.typed, d.key, d.tried,
	d.writer, d.station`

// standingDraft leaves out a draft whose very text was saved. It was written down late, by
// whoever did not know yet that the save had come through.
const standingDraft = ` AND (d.tried = TRUE OR NOT EXISTS (SELECT 1 FROM saves v WHERE v.key = d.key))`

func scanDraft(scan func(...any) error) (chart.Draft, error) {
	var d chart.Draft
	var fields []byte
	if err := scan(&d.Staff, &d.Patient, &d.Section, &d.Version, &fields, clock{&d.Saved}, clock{&d.Typed}, &d.Key,
		&d.Tried, &d.Writer, &d.Station); err != nil {
		return d, err
	}
	if err := json.Unmarshal(fields, &d.Fields); err != nil {
		return d, fmt.Errorf("records: draft: %w", err)
	}
	return d, nil
}

const latestDraft = ` ORDER BY d.saved DESC, d.patient, d.section, d.writer`

// TakeDraft gives a draft that a person has of a section to another writer, at whose
// station it goes on: that of a writer if there is one, else the newest. Only the writer,
// and where and for whom they write, is read of to. d is as it was, under its new writer; the
// writer before finds its own gone. others are the drafts that stay, newest first.
func (s *Store) TakeDraft(ctx context.Context, to chart.Draft, of string) (d chart.Draft, have bool,
	others []chart.Draft, err error) {
	err = s.write(ctx, func(t *tx) error {
		list, err := draftsOf(ctx, t, to.Staff, to.Patient, to.Section)
		if err != nil || len(list) == 0 {
			return err
		}
		n := max(slices.IndexFunc(list, func(d chart.Draft) bool { return d.Writer == of }), 0)
		d, have = list[n], true
		others = slices.Delete(list, n, n+1)
		if _, err := t.exec(ctx, `UPDATE drafts SET writer = ?, station = ? WHERE staff = ? AND patient = ?
			AND section = ? AND writer = ?`, to.Writer, to.Station,
			to.Staff, to.Patient, string(to.Section), d.Writer); err != nil {
			return err
		}
		d.Writer = to.Writer
		return nil
	})
	if err != nil {
		return chart.Draft{}, false, nil, err
	}
	return d, have, others, nil
}

func draftsOf(ctx context.Context, q querier, staffID, patientID string,
	section chart.Section) ([]chart.Draft, error) {
	return drafts(ctx, q, ` AND d.patient = ? AND d.section = ?`, staffID, patientID, string(section))
}

func drafts(ctx context.Context, q querier, where string, args ...any) (out []chart.Draft, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+draftColumns+` FROM drafts d WHERE d.staff = ?`+where+standingDraft+
		latestDraft, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		d, err := scanDraft(r.Scan)
		out = append(out, d)
		return err
	})
	return out, err
}

// Drafts lists all of a person's drafts, newest first.
func (s *Store) Drafts(ctx context.Context, staffID string) ([]chart.Draft, error) {
	out, err := drafts(ctx, s.reader, "", staffID)
	return out, away(err)
}

// SaveDraft writes a draft down in place of the one that its writer wrote before; one of
// another writer stays as it is. A draft with an older Saved than the one on record
// changes nothing: it came late. One whose text was saved meanwhile is read as none. A
// zero Typed is Saved. [chart.ErrDraftTaken] if the draft is to be there and is not.
func (s *Store) SaveDraft(ctx context.Context, d chart.Draft) error {
	fields, err := json.Marshal(d.Fields)
	if err != nil {
		return fmt.Errorf("records: draft: %w", err)
	}
	return s.aside(ctx, func(t *tx) error {
		saved := must(d.Saved, t.at)
		typed := must(d.Typed, time.UnixMicro(saved))
		if d.Again {
			return t.rewriteDraft(ctx, d, string(fields), saved, typed)
		}
		_, err := t.exec(ctx, `INSERT INTO drafts (staff, patient, section, writer, version, fields, saved, typed, key,
				tried, station)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (staff, patient, section, writer) DO UPDATE
			SET version = excluded.version, fields = excluded.fields, saved = excluded.saved, typed = excluded.typed,
				key = excluded.key, tried = excluded.tried, station = excluded.station
			WHERE drafts.saved <= excluded.saved`,
			d.Staff, d.Patient, string(d.Section), d.Writer, d.Version, string(fields), saved, typed, d.Key, d.Tried,
			d.Station)
		return err
	})
}

// rewriteDraft changes a draft where it still is its writer's: the condition and the change
// are one statement.
func (t *tx) rewriteDraft(ctx context.Context, d chart.Draft, fields string, saved, typed int64) error {
	const own = ` WHERE staff = ? AND patient = ? AND section = ? AND writer = ?`
	n, err := t.exec(ctx, `UPDATE drafts SET version = ?, fields = ?, saved = ?, typed = ?, key = ?, tried = ?,
		station = ?`+own+` AND saved <= ?`, d.Version, fields, saved, typed, d.Key, d.Tried, d.Station,
		d.Staff, d.Patient, string(d.Section), d.Writer, saved)
	if err != nil || n > 0 {
		return err
	}
	var newer bool
	err = t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM drafts`+own+`)`, d.Staff, d.Patient,
		string(d.Section), d.Writer).Scan(&newer)
	if err == nil && !newer {
		err = chart.ErrDraftTaken
	}
	return err
}

// DropDraft forgets the draft of a writer. Dropping what is not there is no error.
func (s *Store) DropDraft(ctx context.Context, staffID, patientID string, section chart.Section,
	writer string) error {
	return s.aside(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM drafts WHERE staff = ? AND patient = ? AND section = ? AND writer = ?`,
			staffID, patientID, string(section), writer)
		return err
	})
}

// dropSaved forgets the draft that a save came from, in its transaction.
func (t *tx) dropSaved(ctx context.Context, save chart.Save) error {
	_, err := t.exec(ctx, `DELETE FROM drafts WHERE staff = ? AND patient = ? AND section = ? AND writer = ?
		AND tried = FALSE`,
		save.Staff, save.Patient, string(save.Section), save.Draft)
	return err
}
