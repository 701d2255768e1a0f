package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// ReactMerged implements [hl7.Writer]. The rows of a merged record are not shown, and
// are all that it has again when the merge is undone.
func (in intake) ReactMerged(ctx context.Context, merged string, at time.Time, said patient.Allergies) error {
	now, err := in.t.survivor(ctx, merged)
	if err != nil {
		return err
	}
	seen := map[string]bool{now: true, "": true}
	for id, own := merged, true; !seen[id]; own = false {
		seen[id] = true
		if err := in.t.reactOne(ctx, id, patient.Word{At: at, Fills: !own}, said); err != nil {
			return fmt.Errorf("records: allergies of merged %s: %w", id, err)
		}
		if id, err = in.t.mergedInto(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// reactOne brings a word about allergies to one record, whether it is shown or not.
func (t *tx) reactOne(ctx context.Context, id string, w patient.Word, said patient.Allergies) error {
	found := map[string]patient.Summary{}
	if err := summaries(ctx, t, t.d, `= ?`, id, false, found); err != nil {
		return err
	}
	s, is := found[id]
	if !is {
		return nil
	}
	var text string
	if err := t.QueryRowContext(ctx, `SELECT told FROM patients WHERE id = ?`, id).Scan(&text); err != nil {
		return err
	}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &s.Told); err != nil {
			return err
		}
	}
	s.React(w, said)
	text, err := toldText(s.Told)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE patients SET told = ?, allergy = ? WHERE id = ?`,
		text, string(s.Allergy), id); err != nil {
		return err
	}
	return t.putAllergies(ctx, id, s.Allergic)
}

// mergedInto is who a record was first merged into; of a chain the journal alone
// knows it. "" is nobody.
func (t *tx) mergedInto(ctx context.Context, merged string) (survivor string, err error) {
	rows, err := t.QueryContext(ctx, `SELECT survivor FROM merges WHERE merged = ? AND undone IS NULL ORDER BY at`,
		merged)
	err = each(rows, err, func(r *sql.Rows) error { return r.Scan(&survivor) })
	return survivor, err
}
