package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/patient"
)

// mergeKept is how two patients were before a merge, as far as the moved rows do
// not tell it.
type mergeKept struct {
	// Group is merged, and those that had been merged into it before.
	Group []string `json:"group"`
	// Of merged.
	Numbers     []keptNumber     `json:"numbers,omitempty"`
	Alerts      []string         `json:"alerts,omitempty"`
	Targets     []string         `json:"targets,omitempty"` // decisions for scale 2 that the merge ended
	Drafts      []keptDraft      `json:"drafts,omitempty"`
	Assignments []keptAssignment `json:"assignments,omitempty"`
	// SharedOrders are the order numbers that survivor had too, if NotesOrders.
	SharedOrders []string `json:"sharedOrders,omitempty"`
	NotesOrders  bool     `json:"notesOrders,omitempty"`
	// Of survivor: what stood there before, and what the merge made of it.
	MRN       string                `json:"mrn,omitempty"`
	Places    []string              `json:"places,omitempty"` // events of where it was
	Admitted  *int64                `json:"admitted,omitempty"`
	Reason    string                `json:"reason,omitempty"`
	Allergy   patient.AllergyStatus `json:"allergy,omitempty"`
	Became    patient.AllergyStatus `json:"became,omitempty"`
	Allergies []string              `json:"allergies,omitempty"` // substances that merged brought
	Joined    []keptJoin            `json:"joined,omitempty"`    // of which merged said more
	Flags     []patient.Flag        `json:"flags,omitempty"`     // that merged brought
	Before    *keptPerson           `json:"before,omitempty"`    // who it was, where merged knew more
	After     *keptPerson           `json:"after,omitempty"`
}

type keptNumber struct {
	patient.Identifier
	GivenTo string `json:"givenTo"`
	Changed int64  `json:"changed,omitempty"`
}

type keptDraft struct {
	Staff   string `json:"staff"`
	Section string `json:"section"`
	Saved   int64  `json:"saved"`
}

type keptAssignment struct {
	Staff string `json:"staff"`
	Since int64  `json:"since"`
	Until int64  `json:"until"`
	By    string `json:"by"`
	// Had is until when the same person had looked after the survivor; nil: not.
	Had *int64 `json:"had,omitempty"`
}

// asTheyAre reads what a merge is about to change.
func (t *tx) asTheyAre(ctx context.Context, survivor, merged string) (mergeKept, error) {
	was := mergeKept{Group: []string{merged}, NotesOrders: true}
	for _, id := range []string{survivor, merged} { // a place from before there were events becomes one
		if _, err := t.placeEvents(ctx, id); err != nil {
			return was, err
		}
	}
	var admitted sql.NullInt64
	if err := t.QueryRowContext(ctx, `SELECT admitted, reason, allergy, mrn FROM patients WHERE id = ?`, survivor).
		Scan(&admitted, &was.Reason, &was.Allergy, &was.MRN); err != nil {
		return was, err
	}
	if admitted.Valid {
		was.Admitted = &admitted.Int64
	}
	brought, err := t.broughtAllergies(ctx, survivor, merged)
	if err != nil {
		return was, err
	}
	for _, a := range brought {
		was.Allergies = append(was.Allergies, a.Substance)
	}
	texts := func(to *[]string) func(*sql.Rows) error {
		return func(r *sql.Rows) error {
			var s string
			err := r.Scan(&s)
			*to = append(*to, s)
			return err
		}
	}
	for _, read := range []struct {
		query string
		args  []any
		row   func(*sql.Rows) error
	}{
		{`SELECT id FROM patients WHERE merged_into = ? ORDER BY id`, []any{merged}, texts(&was.Group)},
		{`SELECT id FROM place_events WHERE patient = ? ORDER BY id`, []any{survivor}, texts(&was.Places)},
		{`SELECT DISTINCT m.ord FROM results m WHERE m.patient = ? AND m.ord <> ''
			AND EXISTS (SELECT 1 FROM results h WHERE h.patient = ? AND h.ord = m.ord) ORDER BY m.ord`,
			[]any{merged, survivor}, texts(&was.SharedOrders)},
		{`SELECT id FROM alerts WHERE patient = ? ORDER BY id`, []any{merged}, texts(&was.Alerts)},
		{`SELECT id FROM oxygen_targets WHERE patient = ? AND ended IS NULL
			AND EXISTS (SELECT 1 FROM oxygen_targets o WHERE o.patient = ?
			AND o.ended IS NULL)`, []any{merged, survivor}, texts(&was.Targets)},
		{`SELECT authority, type, value, former, given_to, changed FROM identifiers WHERE patient = ?
			ORDER BY authority, type, value`, []any{merged},
			func(r *sql.Rows) error {
				var n keptNumber
				err := r.Scan(&n.Authority, &n.Type, &n.Value, &n.Former, &n.GivenTo, &n.Changed)
				was.Numbers = append(was.Numbers, n)
				return err
			}},
		{`SELECT staff, section, saved FROM drafts WHERE patient = ? AND NOT EXISTS (SELECT 1 FROM drafts d
			WHERE d.patient = ? AND d.staff = drafts.staff AND d.section = drafts.section)
			ORDER BY staff, section`, []any{merged, survivor},
			func(r *sql.Rows) error {
				var d keptDraft
				err := r.Scan(&d.Staff, &d.Section, &d.Saved)
				was.Drafts = append(was.Drafts, d)
				return err
			}},
		{`SELECT m.staff, m.since, m.until, m.by_staff, h.until FROM assignments m
			LEFT JOIN assignments h ON h.patient = ? AND h.staff = m.staff
			WHERE m.patient = ? ORDER BY m.staff`, []any{survivor, merged},
			func(r *sql.Rows) error {
				var a keptAssignment
				var had sql.NullInt64
				err := r.Scan(&a.Staff, &a.Since, &a.Until, &a.By, &had)
				if had.Valid {
					a.Had = &had.Int64
				}
				was.Assignments = append(was.Assignments, a)
				return err
			}},
		{`SELECT m.kind, m.text FROM flags m WHERE m.patient = ? AND NOT EXISTS
			(SELECT 1 FROM flags h WHERE h.patient = ? AND h.kind = m.kind AND h.text = m.text)
			ORDER BY m.pos`, []any{merged, survivor},
			func(r *sql.Rows) error {
				var f patient.Flag
				err := r.Scan(&f.Kind, &f.Text)
				was.Flags = append(was.Flags, f)
				return err
			}},
	} {
		rows, err := t.QueryContext(ctx, read.query, read.args...)
		if err := each(rows, err, read.row); err != nil {
			return was, err
		}
	}
	return was, nil
}

// noteMerge writes a merge into the journal.
func (t *tx) noteMerge(ctx context.Context, survivor, merged, by string, was mergeKept) (id string, err error) {
	if err := t.QueryRowContext(ctx, `SELECT allergy FROM patients WHERE id = ?`,
		survivor).Scan(&was.Became); err != nil {
		return "", err
	}
	kept, err := json.Marshal(was)
	if err != nil {
		return "", fmt.Errorf("records: merge: %w", err)
	}
	id = uuid.NewString()
	_, err = t.exec(ctx, `INSERT INTO merges (id, survivor, merged, at, by_staff, kept) VALUES (?, ?, ?, ?, ?, ?)`,
		id, survivor, merged, t.at.UnixMicro(), by, string(kept))
	return id, err
}
