package records

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
)

// named are people whom a list of the record names, by staff ID.
type named map[string]bool

// add takes in people by their IDs; "" is nobody.
func (n named) add(ids ...string) {
	for _, id := range ids {
		if id != "" {
			n[id] = true
		}
	}
}

// namesakes begins the condition for all who share their surname with one of a list of people.
const namesakes = `WHERE s.folded IN (SELECT n.folded FROM staff n WHERE n.id IN (?`

// foldedSurname is a surname as namesakes are found by it.
func foldedSurname(s string) string { return cmp.Or(patient.Fold(s), s) }

// foldNames writes the folded surnames of people who were put in before the record had them.
func (s *Store) foldNames(ctx context.Context) error {
	var ids, surnames []string
	rows, err := s.writer.QueryContext(ctx, `SELECT id, surname FROM staff WHERE folded = '' AND surname <> ''`)
	err = each(rows, err, func(r *sql.Rows) error {
		var id, surname string
		err := r.Scan(&id, &surname)
		ids, surnames = append(ids, id), append(surnames, surname)
		return err
	})
	if err != nil || len(ids) == 0 {
		return away(err)
	}
	return s.write(ctx, func(t *tx) error {
		for n, id := range ids {
			if _, err := t.exec(ctx, `UPDATE staff SET folded = ? WHERE id = ? AND surname = ?`,
				foldedSurname(surnames[n]), id, surnames[n]); err != nil {
				return err
			}
		}
		return nil
	})
}

// called is what to call each of them ([staff.Calls]): their ID where the record has no name, as of
// a system.
func (n named) called(ctx context.Context, q querier) (func(id string) string, error) {
	ids := make([]any, 0, len(n))
	for _, id := range slices.Sorted(maps.Keys(n)) {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return func(id string) string { return id }, nil
	}
	all, _, err := people(ctx, q, namesakes+strings.Repeat(", ?", len(ids)-1)+`))`, ids...)
	calls := staff.Calls(n, slices.DeleteFunc(all, func(p staff.Staff) bool { return p.Surname == "" }))
	return func(id string) string { return cmp.Or(calls[id], id) }, err
}
