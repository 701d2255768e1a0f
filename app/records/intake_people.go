package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/patient"
)

// Holder implements [hl7.Writer]; without observation sets.
func (in intake) Holder(ctx context.Context, i patient.Identifier) (hl7.Holder, bool, error) {
	var h hl7.Holder
	o, twin, otherType, err := in.t.holder(ctx, i)
	if errors.Is(err, ErrNotFound) {
		return h, false, nil
	}
	if err != nil {
		return h, false, err
	}
	found := map[string]patient.Summary{}
	if err := summaries(ctx, in.t, in.t.d, `= ?`, o.patient, false, found); err != nil {
		return h, false, err
	}
	h.Summary, h.Former, h.Twin, h.OtherType = found[o.patient], o.former, twin, otherType
	if o.told != "" {
		if err := json.Unmarshal([]byte(o.told), &h.Told); err != nil {
			return h, false, fmt.Errorf("records: what was told of a patient: %w", err)
		}
	}
	if o.givenTo != o.patient {
		h.First.ID = o.givenTo
		err = in.t.QueryRowContext(ctx, `SELECT surname, given, born, born_in FROM patients WHERE id = ?`, o.givenTo).
			Scan(&h.First.Surname, &h.First.Given, clock{&h.First.Born}, &h.First.BornIn)
	}
	return h, err == nil, err
}

// Elsewhere implements [hl7.Writer].
func (in intake) Elsewhere(ctx context.Context, i patient.Identifier) (authorities []string, err error) {
	rows, err := in.t.QueryContext(ctx, `SELECT DISTINCT authority FROM identifiers
		WHERE LOWER(REPLACE(value, ' ', '')) = ? AND type IN ('MRN', 'MRT', 'PI')
			AND LOWER(REPLACE(authority, ' ', '')) <> ? ORDER BY authority`,
		patient.FoldNumber(i.Value), patient.FoldNumber(i.Authority))
	err = each(rows, err, func(r *sql.Rows) error {
		var a string
		err := r.Scan(&a)
		authorities = append(authorities, a)
		return err
	})
	return authorities, err
}

// Parted implements [hl7.Writer].
func (in intake) Parted(ctx context.Context, a, b string) (by string, at time.Time, parted bool, err error) {
	err = in.t.QueryRowContext(ctx, `SELECT m.undone_by, m.undone FROM merges m
		JOIN patients s ON s.id = m.survivor JOIN patients g ON g.id = m.merged
		WHERE m.undone IS NOT NULL AND m.undone_by <> '' AND (
			COALESCE(s.merged_into, s.id) = ? AND COALESCE(g.merged_into, g.id) = ? OR
			COALESCE(g.merged_into, g.id) = ? AND COALESCE(s.merged_into, s.id) = ?)
		ORDER BY m.undone DESC LIMIT 1`, a, b, a, b).Scan(&by, clock{&at})
	if errors.Is(err, sql.ErrNoRows) {
		return "", at, false, nil
	}
	return by, at, err == nil, err
}

// KeepTold implements [hl7.Writer].
func (in intake) KeepTold(ctx context.Context, patientID string, told patient.Told) error {
	text, err := toldText(told)
	if err == nil {
		_, err = in.t.exec(ctx, `UPDATE patients SET told = ? WHERE id = ?`, text, patientID)
	}
	return err
}

// AddIdentifier implements [hl7.Writer].
func (in intake) AddIdentifier(ctx context.Context, patientID string, i patient.Identifier) error {
	if err := in.t.addIdentifier(ctx, patientID, i); err != nil {
		return err
	}
	_, err := in.t.touch(ctx, patientID)
	return err
}

// Renumber implements [hl7.Writer].
func (in intake) Renumber(ctx context.Context, patientID string, old, now []patient.Identifier,
	at time.Time) (bool, error) {
	return in.t.renumber(ctx, patientID, old, now, at)
}

// Merge implements [hl7.Writer].
func (in intake) Merge(ctx context.Context, survivor, merged string) error {
	return in.t.merge(ctx, survivor, merged, "")
}

// Link implements [hl7.Writer].
func (in intake) Link(ctx context.Context, a, b string, linked bool) error {
	return in.t.link(ctx, a, b, linked)
}

// Patient implements [hl7.Writer]; without observation sets.
func (in intake) Patient(ctx context.Context, id string) (patient.Summary, bool, error) {
	id, err := in.t.survivor(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return patient.Summary{}, false, nil
	}
	if err != nil {
		return patient.Summary{}, false, err
	}
	found := map[string]patient.Summary{}
	err = summaries(ctx, in.t, in.t.d, `= ?`, id, false, found)
	return found[id], err == nil, err
}
