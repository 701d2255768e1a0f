package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/wardlight/wardlight/app/patient"
)

// unmergeWarnings takes from a merge's survivor the allergies and flags that the merge
// had brought, and from whoever the survivor was merged into since what came along:
// the patient on the board now must not keep what is a stranger's. What a holder's own
// messages have said since stays, and so does what another merge has brought too.
func (t *tx) unmergeWarnings(ctx context.Context, merge, survivor string, was mergeKept) error {
	holder, brought := survivor, was
	for {
		if err := t.takeWarnings(ctx, merge, holder, brought); err != nil {
			return err
		}
		id, into, next, err := t.mergedOn(ctx, holder)
		if err != nil || into == "" {
			return err
		}
		next.Allergies = slices.DeleteFunc(next.Allergies,
			func(s string) bool { return !containsFold(brought.Allergies, s) })
		next.Flags = slices.DeleteFunc(next.Flags,
			func(f patient.Flag) bool { return !slices.Contains(brought.Flags, f) })
		next.Joined = nil // what this merge had joined was parted with the first holder
		merge, holder, brought = id, into, next
	}
}

// mergedOn is the merge that gave a patient's record to another; into is "" if none
// did.
func (t *tx) mergedOn(ctx context.Context, merged string) (id, into string, was mergeKept, err error) {
	var kept string
	err = t.QueryRowContext(ctx, `SELECT id, survivor, kept FROM merges WHERE merged = ? AND undone IS NULL
		ORDER BY at DESC, id DESC LIMIT 1`, merged).Scan(&id, &into, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", was, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(kept), &was)
	}
	if err != nil {
		return "", "", was, fmt.Errorf("records: merge of %s: %w", merged, err)
	}
	return id, into, was, nil
}

// takeWarnings takes from one holder what a merge had brought.
func (t *tx) takeWarnings(ctx context.Context, merge, holder string, brought mergeKept) error {
	var text string
	var status patient.AllergyStatus
	err := t.QueryRowContext(ctx, `SELECT told, allergy FROM patients WHERE id = ?`, holder).Scan(&text, &status)
	if err != nil {
		return err
	}
	var told patient.Told
	if text != "" {
		if err := json.Unmarshal([]byte(text), &told); err != nil {
			return fmt.Errorf("records: what was told of a patient: %w", err)
		}
	}
	if err := t.partAllergies(ctx, holder, brought.Joined); err != nil {
		return err
	}
	others, err := t.mergedSubstances(ctx, merge, holder)
	if err != nil {
		return err
	}
	for _, substance := range brought.Allergies {
		if told.Named(substance) || containsFold(others, substance) {
			continue
		}
		if _, err := t.exec(ctx, `DELETE FROM allergies WHERE patient = ? AND substance = ?`,
			holder, substance); err != nil {
			return err
		}
	}
	if status == brought.Became {
		if _, err := t.exec(ctx, `UPDATE patients SET allergy = CASE WHEN EXISTS
				(SELECT 1 FROM allergies a WHERE a.patient = patients.id) THEN CAST(? AS TEXT) ELSE CAST(? AS TEXT) END
			WHERE id = ?`, string(patient.AllergiesRecorded), string(brought.Allergy), holder); err != nil {
			return err
		}
	}
	for _, f := range brought.Flags {
		kind := string(f.Kind)
		if _, err := t.exec(ctx, `DELETE FROM flags WHERE patient = ? AND kind = ? AND text = ? AND NOT EXISTS
			(SELECT 1 FROM merges m JOIN flags x ON x.patient = m.merged
				WHERE m.survivor = ? AND m.undone IS NULL AND m.id <> ? AND x.kind = ? AND x.text = ?)`,
			holder, kind, f.Text, holder, merge, kind, f.Text); err != nil {
			return err
		}
	}
	return nil
}

// mergedSubstances are those of the records that stand under a patient by other merges
// than one.
func (t *tx) mergedSubstances(ctx context.Context, merge, holder string) (out []string, err error) {
	rows, err := t.QueryContext(ctx, `SELECT x.substance FROM merges m JOIN allergies x ON x.patient = m.merged
		WHERE m.survivor = ? AND m.undone IS NULL AND m.id <> ?`, holder, merge)
	err = each(rows, err, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		out = append(out, s)
		return err
	})
	return out, err
}

// containsFold reports whether a list of substances names one.
func containsFold(list []string, s string) bool {
	return slices.ContainsFunc(list, func(one string) bool { return patient.SameSubstance(one, s) })
}
