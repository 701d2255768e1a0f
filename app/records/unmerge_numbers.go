package records

import (
	"context"
	"database/sql"
	"errors"
)

// ownNumberAgain gives the survivor a number in use where the one that it was known
// by since is merged's again: the numbers had been turned round after the merge.
func (t *tx) ownNumberAgain(ctx context.Context, now, merged string, was mergeKept) error {
	var mrn string
	if err := t.QueryRowContext(ctx, `SELECT mrn FROM patients WHERE id = ?`, now).Scan(&mrn); err != nil {
		return err
	}
	gone := false
	for _, n := range was.Numbers {
		gone = gone || n.Value == mrn && n.Own()
	}
	if !gone || mrn == was.MRN {
		return nil
	}
	var own string
	err := t.QueryRowContext(ctx, `SELECT value FROM identifiers WHERE patient = ? AND type IN ('MRN', 'MRT', 'PI')
		ORDER BY value <> ?, type, value LIMIT 1`, now, was.MRN).Scan(&own)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // the number that it was named by stays: it has no other
	}
	if err != nil {
		return err
	}
	for _, step := range []string{
		`UPDATE patients SET mrn = ? WHERE id = ?`,
		`UPDATE identifiers SET former = FALSE WHERE value = ? AND patient = ? AND type IN ('MRN', 'MRT', 'PI')`,
	} {
		if _, err := t.exec(ctx, step, own, now); err != nil {
			return err
		}
	}
	return nil
}
