package records

import (
	"context"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

// chartedTables hold what was charted. Their rows have the patient with whom they
// are shown, and charted_for: for whom they were first charted. A merge moves
// them, and they tell by themselves where they go when it is undone.
var chartedTables = []string{"observations", "results", "notes", "problems", "tasks", "oxygen_targets"}

// Merge joins two records of one person. What was charted for merged is shown
// with survivor from now on and keeps who it was charted for; what is open moves
// along: alerts, tasks, drafts, and the bed if merged lies in one and survivor
// does not. Allergies, flags and the death of either are the survivor's, and so is a
// name, a date of birth or a sex that only merged had. merged is marked, loses its bed
// and takes no more entries; its numbers find the survivor. An open editor of the
// survivor's chart will meet a conflict, so that its nurse sees the new history before
// saving. Merging again changes nothing. [Store.Unmerge] undoes it.
func (s *Store) Merge(ctx context.Context, survivor, merged string) error {
	return s.write(ctx, func(t *tx) error { return t.merge(ctx, survivor, merged, "") })
}

// merge is [Store.Merge]; by is the staff ID of the person who asked for it, "" for another
// system.
func (t *tx) merge(ctx context.Context, survivor, merged, by string) error {
	if survivor == merged {
		return fmt.Errorf("records: merge of patient %s with itself", survivor)
	}
	into, err := t.standing(ctx, survivor)
	if err != nil {
		return err
	}
	if into.mergedInto != "" {
		return fmt.Errorf("patient %s: %w", survivor, ErrMerged)
	}
	from, err := t.standing(ctx, merged)
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
	clear(t.survivors)
	was, err := t.asTheyAre(ctx, survivor, merged)
	if err != nil {
		return err
	}
	steps := []string{
		// Of two decisions that hold, the survivor's stands.
		`UPDATE oxygen_targets SET ended = recorded, reason = 'merged' WHERE ended IS NULL
			AND EXISTS (SELECT 1 FROM oxygen_targets o WHERE o.patient = ? AND o.ended IS NULL) AND patient = ?`,
		`UPDATE alerts SET patient = ? WHERE patient = ?`,
		// A shared number that both have is one row.
		`DELETE FROM identifiers WHERE EXISTS (SELECT 1 FROM identifiers h WHERE h.authority = identifiers.authority
			AND h.type = identifiers.type
			AND h.value = identifiers.value AND h.patient = ?) AND patient = ?`,
		`UPDATE identifiers SET patient = ?, former = TRUE WHERE patient = ?`,
		`UPDATE patients SET merged_into = ? WHERE merged_into = ?`, // a chain stays one step long
	}
	for _, table := range chartedTables {
		steps = append(steps, `UPDATE `+table+` SET patient = ? WHERE patient = ?`)
	}
	for _, step := range steps {
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
	// Who looked after either looks after the survivor.
	for _, step := range []string{
		`INSERT INTO assignments (patient, staff, since, until, by_staff)
			SELECT CAST(? AS TEXT), m.staff, m.since, m.until, m.by_staff FROM assignments m WHERE m.patient = ?
			ON CONFLICT (patient, staff) DO UPDATE SET until =
				CASE WHEN assignments.until < excluded.until THEN excluded.until ELSE assignments.until END`,
		`DELETE FROM assignments WHERE patient <> ? AND patient = ?`,
	} {
		if _, err := t.exec(ctx, step, survivor, merged); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, `UPDATE sections SET version = version + 1 WHERE patient IN (?, ?)`, survivor,
		merged); err != nil {
		return err
	}
	if was.Joined, err = t.joinAllergies(ctx, survivor, merged); err != nil {
		return err
	}
	if err := t.mergeWarnings(ctx, survivor, merged); err != nil {
		return err
	}
	if err := t.mergeWho(ctx, survivor, merged, &was); err != nil {
		return err
	}
	if _, err := t.touch(ctx, merged); err != nil { // told to the ward it leaves
		return err
	}
	if _, err := t.exec(ctx, `UPDATE patients SET merged_into = ? WHERE id = ?`,
		survivor, merged); err != nil {
		return err
	}
	if err := t.mergePlaces(ctx, survivor, merged); err != nil {
		return err
	}
	if _, err := t.touch(ctx, survivor); err != nil {
		return err
	}
	id, err := t.noteMerge(ctx, survivor, merged, by, was)
	if err != nil {
		return err
	}
	return t.audit(ctx, audit.Event{Actor: by, Action: audit.Merge, Patient: survivor, Object: merged, Reason: id,
		Outcome: audit.Done})
}

// mergeWarnings gives the survivor the allergies and flags that only merged had.
// A substance against "none known" stands: the cautious of two answers.
func (t *tx) mergeWarnings(ctx context.Context, survivor, merged string) error {
	brought, err := t.broughtAllergies(ctx, survivor, merged)
	if err != nil {
		return err
	}
	for _, a := range brought {
		if _, err := t.exec(ctx, `INSERT INTO allergies
			(patient, pos, substance, reaction, severity, type, code, system, since)
			SELECT CAST(? AS TEXT), (SELECT COALESCE(MAX(h.pos), -1) + 1 FROM allergies h WHERE h.patient = ?),
				CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT),
				CAST(? AS BIGINT)`,
			survivor, survivor, a.Substance, a.Reaction, a.Severity, a.Type, a.Code, a.System,
			micros(a.Since)); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, `INSERT INTO flags (patient, pos, kind, text)
		SELECT CAST(? AS TEXT), m.pos + 1 + (SELECT COALESCE(MAX(h.pos), -1) FROM flags h
		WHERE h.patient = ?), m.kind, m.text
		FROM flags m WHERE m.patient = ? AND NOT EXISTS
			(SELECT 1 FROM flags h WHERE h.patient = ? AND h.kind = m.kind AND h.text = m.text)`,
		survivor, survivor, merged, survivor); err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE patients SET allergy = CASE
			WHEN EXISTS (SELECT 1 FROM allergies a WHERE a.patient = patients.id) THEN ?
			WHEN allergy = ? THEN (SELECT m.allergy FROM patients m WHERE m.id = ?)
			ELSE allergy END
		WHERE id = ?`, string(patient.AllergiesRecorded), string(patient.AllergiesNotRecorded), merged, survivor)
	return err
}
