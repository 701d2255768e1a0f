package records

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
)

// ConflictError is a refused save with what its writer must see to decide: what
// the section was, what it is, and what is theirs.
type ConflictError struct {
	Section chart.Section
	// Was is the version that the writer started from; Is the section as it
	// stands.
	Was int64
	Is  chart.SectionState
	// Since holds what others saved after Was, oldest first, at most
	// [ConflictEntries]. It is empty if the section changed otherwise, as by a
	// merge.
	Since []chart.Entry
	// Mine is the entry that was not saved.
	Mine chart.Entry

	cause error
	text  string
}

// ConflictEntries bounds [ConflictError].Since; the newest are kept.
const ConflictEntries = 20

// Error implements error. It names versions and no content.
func (e *ConflictError) Error() string { return e.text }

// Unwrap is [chart.ErrConflict] or [chart.ErrStaleFence].
func (e *ConflictError) Unwrap() error { return e.cause }

// conflict says why the guard refused.
func (t *tx) conflict(ctx context.Context, save chart.Save) error {
	var fence int64
	out := &ConflictError{Section: save.Section, Was: save.Version, Mine: save.Entry, cause: chart.ErrConflict}
	if err := t.QueryRowContext(ctx, `SELECT fence FROM sections WHERE patient = ? AND section = ?`,
		save.Patient, string(save.Section)).Scan(&fence); err != nil {
		return err
	}
	all, err := sections(ctx, t, save.Patient)
	if err != nil {
		return err
	}
	out.Is = all[save.Section]
	if out.Since, err = since(ctx, t, save.Patient, save.Section, save.Version); err != nil {
		return err
	}
	out.text = fmt.Sprintf("save %s: from version %d, now %d: %v", save.Key, out.Was, out.Is.Version, chart.ErrConflict)
	if save.Fence != 0 && int64(save.Fence) < fence {
		out.cause = chart.ErrStaleFence
		out.text = fmt.Sprintf("save %s: fence %d, seen %d: %v", save.Key, save.Fence, fence, chart.ErrStaleFence)
	}
	return out
}

// Since lists what saves after a version put into a section or changed in it,
// oldest save first, each entry as it stands now; the newest [ConflictEntries] of
// them. An entry that was changed twice is there twice.
func (s *Store) Since(ctx context.Context, patientID string, section chart.Section,
	version int64) ([]chart.Entry, error) {
	out, err := since(ctx, s.reader, patientID, section, version)
	return out, away(err)
}

// since reads the entries of the saves after a version.
func since(ctx context.Context, q querier, patientID string, section chart.Section, version int64) (out []chart.Entry,
	err error) {
	const newest = ` JOIN (SELECT entry, version FROM saves WHERE patient = ? AND section = ? AND version > ?
		ORDER BY version DESC LIMIT ?) v ON v.entry = `
	args := []any{patientID, string(section), version, ConflictEntries}
	if section == chart.Notes {
		rows, err := q.QueryContext(ctx, `SELECT `+noteColumns+` FROM notes n`+newest+`n.id ORDER BY v.version`,
			args...)
		err = each(rows, err, func(r *sql.Rows) error {
			n, err := scanNote(r)
			out = append(out, chart.Entry{Note: &n})
			return err
		})
		return out, err
	}
	rows, err := q.QueryContext(ctx,
		`SELECT `+observationColumns+` FROM observations o`+newest+`o.id ORDER BY v.version`, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var o vitals.Observation
		err := scanObservation(r, &o)
		out = append(out, chart.Entry{Observation: &o})
		return err
	})
	return out, err
}

func entryID(e chart.Entry) string {
	if e.Note != nil {
		return e.Note.ID
	}
	return e.Observation.ID
}
