package records

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

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
const namesakes = `WHERE UPPER(s.surname) IN (SELECT UPPER(n.surname) FROM staff n WHERE n.id IN (?`

// called is what to call each of them ([staff.Calls]): their ID where the record has no name, as of
// a system. Letters beyond ASCII are compared as they are written in one of the two databases, so
// that ÖZ and Öz are not held against each other.
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
