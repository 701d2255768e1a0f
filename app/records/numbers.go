package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/wardlight/wardlight/app/patient"
)

// addIdentifier gives a patient a number; [ErrAmbiguous] if it is one's own and
// another has it.
func (t *tx) addIdentifier(ctx context.Context, patientID string, i patient.Identifier) error {
	if patient.Placeholder(i.Value) {
		return nil
	}
	added, err := t.exec(ctx,
		`INSERT INTO identifiers (authority, type, value, patient, given_to, former) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, i.Authority, i.Type, i.Value, patientID, patientID, i.Former)
	if err != nil || !i.Own() {
		return err
	}
	if added > 0 {
		return t.onlyOne(ctx, patientID, i)
	}
	owner, err := t.owner(ctx, i)
	if err == nil && owner.patient != patientID {
		err = fmt.Errorf("patient %s: identifier of %s: %w", patientID, owner.patient, ErrAmbiguous)
	}
	return err
}

// onlyOne is [ErrAmbiguous] if another patient has a number that is written otherwise
// and is the same.
func (t *tx) onlyOne(ctx context.Context, patientID string, i patient.Identifier) error {
	all, err := t.owners(ctx, i)
	for _, o := range all {
		if o.number.Type == i.Type && o.patient != patientID {
			return fmt.Errorf("patient %s: identifier of %s: %w", patientID, o.patient, ErrAmbiguous)
		}
	}
	return err
}

// owners are the own numbers of an authority that have this value, and those of this
// type, whatever way both are written.
func (t *tx) owners(ctx context.Context, i patient.Identifier) (out []owner, err error) {
	rows, err := t.QueryContext(ctx, `SELECT i.authority, i.type, i.value, i.patient, i.given_to, i.former, p.told
		FROM identifiers i JOIN patients p ON p.id = i.patient
		WHERE LOWER(REPLACE(i.value, ' ', '')) = ? AND LOWER(REPLACE(i.authority, ' ', '')) = ?
			AND i.type IN ('MRN', 'MRT', 'PI', ?)
		ORDER BY i.former, i.type, i.authority, i.value`, patient.FoldNumber(i.Value), patient.FoldNumber(i.Authority),
		i.Type)
	err = each(rows, err, func(r *sql.Rows) error {
		var o owner
		err := r.Scan(&o.number.Authority, &o.number.Type, &o.number.Value, &o.patient, &o.givenTo, &o.former, &o.told)
		out = append(out, o)
		return err
	})
	return out, err
}

// holder is who has an own number, however it is written: [ErrNotFound] if nobody.
// One of exactly this writing comes first, and one of this type before another. twin:
// another patient has the number too, written otherwise. otherType: they have it as a
// number of another type.
func (t *tx) holder(ctx context.Context, i patient.Identifier) (o owner, twin, otherType bool, err error) {
	all, err := t.owners(ctx, i)
	if err != nil {
		return o, false, false, err
	}
	of := slices.DeleteFunc(slices.Clone(all), func(o owner) bool { return o.number.Type != i.Type })
	if len(of) == 0 && i.Type != "MRT" { // a temporary number is no other
		otherType = true
		of = slices.DeleteFunc(all, func(o owner) bool { return o.number.Type == "MRT" })
	}
	if len(of) == 0 {
		return o, false, false, fmt.Errorf("identifier: %w", ErrNotFound)
	}
	o = of[0]
	exactly := func(o owner) bool { return o.number.Authority == i.Authority && o.number.Value == i.Value }
	if n := slices.IndexFunc(of, exactly); n >= 0 {
		o = of[n]
	}
	for _, other := range of {
		twin = twin || other.patient != o.patient
		o.former = o.former && (other.former || other.patient != o.patient)
	}
	return o, twin, otherType, nil
}

// owner is whose a number is.
type owner struct {
	number  patient.Identifier
	patient string
	givenTo string // who had it first
	former  bool
	told    string // since when the patient's things were said, JSON
}

// owner is whose own number it is; [ErrNotFound] if nobody's.
func (t *tx) owner(ctx context.Context, i patient.Identifier) (owner, error) {
	var o owner
	err := t.QueryRowContext(ctx, `SELECT i.patient, i.given_to, i.former, p.told
		FROM identifiers i JOIN patients p ON p.id = i.patient WHERE i.authority = ? AND i.type = ? AND i.value = ?`,
		i.Authority, i.Type, i.Value).Scan(&o.patient, &o.givenTo, &o.former, &o.told)
	if errors.Is(err, sql.ErrNoRows) {
		return o, fmt.Errorf("identifier: %w", ErrNotFound)
	}
	return o, err
}
