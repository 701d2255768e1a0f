package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
)

// Remerge joins again two patients whose merge was undone, on a person's word, with the
// audit event. [ErrNotMerged] if there is no such merge that was undone.
func (s *Store) Remerge(ctx context.Context, id string, by patient.Signed, reason string) error {
	if reason == "" || by.Staff == "" {
		return fmt.Errorf("%w: merge without reason or person", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		var survivor, merged string
		err := t.QueryRowContext(ctx, `SELECT survivor, merged FROM merges WHERE id = ? AND undone IS NOT NULL`, id).
			Scan(&survivor, &merged)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("merge %s: %w", id, ErrNotMerged)
		}
		if err != nil {
			return err
		}
		if err := t.merge(ctx, survivor, merged, by.Staff); err != nil {
			return err
		}
		_, err = t.exec(ctx, `UPDATE merges SET reason = ? WHERE survivor = ? AND merged = ? AND undone IS NULL`,
			reason, survivor, merged)
		return err
	})
}
