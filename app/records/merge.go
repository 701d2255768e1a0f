package records

import (
	"context"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
)

// Merge joins two records of one person. What was charted for merged is shown
// with survivor from now on and keeps who it was charted for; merged is marked,
// loses its bed and takes no more entries. An open editor of the survivor's
// chart will meet a conflict, so that its nurse sees the new history before
// saving. Merging again changes nothing.
func (s *Store) Merge(ctx context.Context, survivor, merged string) error {
	return s.write(ctx, func(t *tx) error { return t.merge(ctx, survivor, merged) })
}

func (t *tx) merge(ctx context.Context, survivor, merged string) error {
	if survivor == merged {
		return fmt.Errorf("records: merge of patient %s with itself", survivor)
	}
	into, err := t.place(ctx, survivor)
	if err != nil {
		return err
	}
	if into.mergedInto != "" {
		return fmt.Errorf("patient %s: %w", survivor, ErrMerged)
	}
	from, err := t.place(ctx, merged)
	if err != nil {
		return err
	}
	switch from.mergedInto {
	case "":
	case survivor:
		return nil
	default:
		return fmt.Errorf("patient %s: %w", merged, ErrMerged)
	}
	for _, step := range []string{
		`UPDATE observations SET patient = ? WHERE patient = ?`,
		`UPDATE results SET patient = ? WHERE patient = ?`,
		`UPDATE notes SET patient = ? WHERE patient = ?`,
		`UPDATE alerts SET patient = ? WHERE patient = ?`,
		`UPDATE identifiers SET patient = ? WHERE patient = ?`,
		`UPDATE patients SET merged_into = ? WHERE merged_into = ?`, // a chain stays one step long
	} {
		if _, err := t.exec(ctx, step, survivor, merged); err != nil {
			return fmt.Errorf("merge %s into %s: %w", merged, survivor, err)
		}
	}
	// What somebody typed for merged goes along, unless the same person has a
	// draft for the survivor too: then both stay.
	if _, err := t.exec(ctx, `UPDATE drafts SET patient = ? WHERE patient = ? AND NOT EXISTS
		(SELECT 1 FROM drafts d WHERE d.patient = ? AND d.staff = drafts.staff AND d.section = drafts.section)`,
		survivor, merged, survivor); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE sections SET version = version + 1 WHERE patient IN (?, ?)`, survivor, merged); err != nil {
		return err
	}
	if _, err := t.touch(ctx, merged); err != nil { // told to the ward it leaves
		return err
	}
	if _, err := t.exec(ctx, `UPDATE patients SET merged_into = ?, ward = NULL, bed = NULL WHERE id = ?`,
		survivor, merged); err != nil {
		return err
	}
	if err := t.wardChanged(ctx, from.ward); err != nil {
		return err
	}
	if _, err := t.touch(ctx, survivor); err != nil {
		return err
	}
	return t.audit(ctx, audit.Event{Action: audit.Merge, Patient: survivor, Object: merged, Outcome: audit.Done})
}
