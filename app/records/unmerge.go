package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

// ErrNotMerged means a merge that was undone before, or that another has replaced.
var ErrNotMerged = errors.New("records: the two are not merged")

// Merges lists the merges of the record, the newest first; open leaves out what was
// undone.
func (s *Store) Merges(ctx context.Context, open bool) ([]patient.Merge, error) {
	var out []patient.Merge
	rows, err := s.reader.QueryContext(ctx, `SELECT m.id, m.at, m.by_staff, m.undone, m.undone_by, m.reason,
			a.id, a.surname, a.given, a.born, a.born_in, a.sex,
			a.mrn, b.id, b.surname, b.given, b.born, b.born_in, b.sex, b.mrn
		FROM merges m JOIN patients a ON a.id = m.survivor JOIN patients b ON b.id = m.merged
		WHERE m.undone IS NULL OR CAST(? AS BIGINT) = 0 ORDER BY m.at DESC, m.id`, map[bool]int{true: 1}[open])
	err = each(rows, err, func(r *sql.Rows) error {
		var m patient.Merge
		a, b := &m.Survivor, &m.Merged
		err := r.Scan(&m.ID, clock{&m.At}, &m.By, clock{&m.Undone}, &m.UndoneBy, &m.Reason,
			&a.ID, &a.Surname, &a.Given, clock{&a.Born}, &a.BornIn, &a.Sex, &a.MRN,
			&b.ID, &b.Surname, &b.Given, clock{&b.Born}, &b.BornIn, &b.Sex, &b.MRN)
		out = append(out, m)
		return err
	})
	return out, away(err)
}

// Unmerge makes two patients again of those who were merged, with the audit event. What
// was charted for merged, and its numbers, bed, alerts, drafts and decisions, are
// its own again, with the values that came later by merged's number or of an order that
// was its own. What else was charted after the merge stays with the survivor: it was
// charted for the one record that there was, and a person must look at it. A stay that
// began for merged is its own with all that came after. An allergy that the
// merge brought stays with both if messages have named it since, and so does one that
// came by merged's number. Versions of chart sections go on: an open editor of either
// meets a conflict. [ErrNotMerged] if there is nothing to undo.
func (s *Store) Unmerge(ctx context.Context, id string, by patient.Signed, reason string) error {
	if reason == "" || by.Staff == "" {
		return fmt.Errorf("%w: merge undone without reason or person", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error { return t.unmerge(ctx, id, by, reason) })
}

func (t *tx) unmerge(ctx context.Context, id string, by patient.Signed, reason string) error {
	var survivor, merged, kept string
	var at int64
	err := t.QueryRowContext(ctx, `SELECT survivor, merged, at, kept FROM merges WHERE id = ? AND undone IS NULL`, id).
		Scan(&survivor, &merged, &at, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("merge %s: %w", id, ErrNotMerged)
	}
	if err != nil {
		return err
	}
	var was mergeKept
	if err := json.Unmarshal([]byte(kept), &was); err != nil {
		return fmt.Errorf("records: merge %s: %w", id, err)
	}
	now, err := t.survivor(ctx, survivor) // who may have been merged on
	if err != nil {
		return err
	}
	gone, err := t.standing(ctx, merged)
	if err != nil {
		return err
	}
	if gone.mergedInto != now {
		return fmt.Errorf("merge %s: %w", id, ErrNotMerged)
	}
	clear(t.survivors)
	group, err := t.stillMerged(ctx, now, merged, was.Group, at)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx,
		`UPDATE patients SET merged_into = CASE WHEN id = ? THEN NULL ELSE CAST(? AS TEXT) END WHERE id `+t.d.among,
		merged, merged, t.d.list(group)); err != nil {
		return err
	}
	if err := t.ordersGoBack(ctx, now, merged, group, was); err != nil {
		return fmt.Errorf("unmerge %s: %w", merged, err)
	}
	for _, table := range chartedTables {
		if _, err := t.exec(ctx, `UPDATE `+table+` SET patient = ? WHERE patient = ? AND charted_for `+t.d.among,
			merged, now, t.d.list(group)); err != nil {
			return fmt.Errorf("unmerge %s: %w", merged, err)
		}
	}
	if err := t.partSets(ctx, now, merged); err != nil {
		return fmt.Errorf("unmerge %s: %w", merged, err)
	}
	for _, step := range []func(context.Context, string, string, mergeKept) error{
		t.unmergeNumbers, t.ownNumberAgain, t.unmergeOpen, t.unmergeAssignments,
	} {
		if err := step(ctx, now, merged, was); err != nil {
			return fmt.Errorf("unmerge %s: %w", merged, err)
		}
	}
	if err := t.unmergeWarnings(ctx, id, survivor, was); err != nil {
		return err
	}
	if err := t.unmergeWho(ctx, survivor, was); err != nil {
		return err
	}
	if err := t.splitPlaces(ctx, now, merged, group, was.Places); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE patients SET admitted = ?, reason = ? WHERE id = ? AND ward IS NULL`, was.Admitted,
		was.Reason, survivor); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE sections SET version = version + 1 WHERE patient IN (?, ?)`, now,
		merged); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE merges SET undone = ?, undone_by = ?, reason = ? WHERE id = ?`,
		t.at.UnixMicro(), by.Staff, reason, id); err != nil {
		return err
	}
	for _, who := range []string{now, merged} {
		if _, err := t.touch(ctx, who); err != nil {
			return err
		}
	}
	e := signedEvent(by, audit.Unmerge, now, merged)
	e.Reason = id
	return t.audit(ctx, e)
}

// stillMerged are those of a merge's group that have not gone another way since.
func (t *tx) stillMerged(ctx context.Context, now, merged string, group []string, at int64) ([]string, error) {
	out := []string{merged}
	rows, err := t.QueryContext(ctx, `SELECT id FROM patients WHERE merged_into = ? AND id `+t.d.among+`
		AND NOT EXISTS (SELECT 1 FROM merges m WHERE m.merged = patients.id AND m.undone IS NULL AND m.at > ?)`,
		now, t.d.list(group), at)
	err = each(rows, err, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		if id != merged {
			out = append(out, id)
		}
		return err
	})
	return out, err
}

// unmergeNumbers gives merged its numbers back as they were.
func (t *tx) unmergeNumbers(ctx context.Context, now, merged string, was mergeKept) error {
	for _, n := range was.Numbers {
		if _, err := t.exec(ctx,
			`DELETE FROM identifiers WHERE authority = ? AND type = ? AND value = ? AND patient = ? AND given_to = ?`,
			n.Authority, n.Type, n.Value, now, n.GivenTo); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO identifiers (authority, type, value, patient, given_to, former, changed)
			VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			n.Authority, n.Type, n.Value, merged, n.GivenTo, n.Former, n.Changed); err != nil {
			return err
		}
	}
	return nil
}

// unmergeOpen gives merged its alerts, decisions and drafts back. A draft that was
// typed on since stays.
func (t *tx) unmergeOpen(ctx context.Context, now, merged string, was mergeKept) error {
	if _, err := t.exec(ctx, `UPDATE alerts SET patient = ? WHERE patient = ? AND id `+t.d.among, merged, now,
		t.d.list(was.Alerts)); err != nil {
		return err
	}
	if _, err := t.exec(ctx,
		`UPDATE oxygen_targets SET ended = NULL, reason = '' WHERE patient = ? AND reason = 'merged' AND id `+t.d.among,
		merged, t.d.list(was.Targets)); err != nil {
		return err
	}
	for _, d := range was.Drafts {
		if _, err := t.exec(ctx,
			`UPDATE drafts SET patient = ? WHERE patient = ? AND staff = ? AND section = ? AND saved = ?`,
			merged, now, d.Staff, d.Section, d.Saved); err != nil {
			return err
		}
	}
	return nil
}

// unmergeAssignments gives merged back who looked after it. Whoever has looked after
// the survivor by its own name since goes on.
func (t *tx) unmergeAssignments(ctx context.Context, now, merged string, was mergeKept) error {
	for _, a := range was.Assignments {
		var err error
		if a.Had == nil {
			_, err = t.exec(ctx,
				`DELETE FROM assignments WHERE patient = ? AND staff = ? AND since = ? AND until = ? AND by_staff = ?`,
				now, a.Staff, a.Since, a.Until, a.By)
		} else {
			_, err = t.exec(ctx, `UPDATE assignments SET until = ? WHERE patient = ? AND staff = ? AND until = ?`,
				*a.Had, now, a.Staff, max(*a.Had, a.Until))
		}
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx,
			`INSERT INTO assignments (patient, staff, since, until, by_staff) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (patient, staff) DO NOTHING`, merged, a.Staff, a.Since, a.Until, a.By); err != nil {
			return err
		}
	}
	return nil
}
