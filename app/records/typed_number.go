package records

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
)

// byNumber finds who has a number, however it is written. Its arguments are the
// number and its [patient.FoldNumber].
const byNumber = `SELECT COALESCE(merged_into, id) FROM patients WHERE mrn = ?
	UNION SELECT patient FROM identifiers WHERE type IN ('MRN', 'MRT', 'PI') AND LOWER(REPLACE(value, ' ', '')) = ?`

// byAuthority finds who has a number of one authority.
const byAuthority = `SELECT DISTINCT patient FROM identifiers WHERE type IN ('MRN', 'MRT', 'PI')
	AND LOWER(REPLACE(value, ' ', '')) = ? AND LOWER(REPLACE(authority, ' ', '')) = ?`

// typed are the patients whom a person or a channel may mean by a number: by one that
// is written AUTHORITY:NUMBER those who have it of that authority.
func typed(ctx context.Context, q querier, number string) ([]string, error) {
	if number == "" {
		return nil, nil
	}
	all, err := idsOf(ctx, q, byNumber, number, patient.FoldNumber(number))
	colon := strings.LastIndex(number, ":")
	if err != nil || len(all) > 0 || colon < 0 {
		return all, err
	}
	return idsOf(ctx, q, byAuthority, patient.FoldNumber(number[colon+1:]), patient.FoldNumber(number[:colon]))
}

// ours is the one of several holders of a number who has it of the site's own
// authority; "" if none has, or several, or the site has named none.
func ours(ctx context.Context, q querier, authority, number string, holders []string) (string, error) {
	if authority == "" {
		return "", nil
	}
	of, err := idsOf(ctx, q, byAuthority, patient.FoldNumber(number), patient.FoldNumber(authority))
	of = slices.DeleteFunc(of, func(id string) bool { return !slices.Contains(holders, id) })
	if err != nil || len(of) != 1 {
		return "", err
	}
	return of[0], nil
}

// theHolder is who has a number, of several the one who has it of the site's own
// authority; [ErrNotFound] or [ErrAmbiguous].
func theHolder(ctx context.Context, q querier, authority, number string) (string, error) {
	all, err := typed(ctx, q, number)
	switch {
	case err != nil:
		return "", err
	case len(all) == 0:
		return "", fmt.Errorf("find patient: %w", ErrNotFound)
	case len(all) == 1:
		return all[0], nil
	}
	id, err := ours(ctx, q, authority, number, all)
	if err == nil && id == "" {
		err = fmt.Errorf("find patient: %w", ErrAmbiguous)
	}
	return id, err
}

// named is the patient who is named by two identifiers. Of several who have the number
// it is the one whom the second fits, and of several of these the site's own.
func (t *tx) named(ctx context.Context, said parked.Said, authority string) (patient.Patient, error) {
	all, err := typed(ctx, t, said.MRN)
	if err != nil {
		return patient.Patient{}, err
	}
	found := map[string]patient.Summary{}
	for _, id := range all {
		if err := summaries(ctx, t, t.d, `= ?`, id, false, found); err != nil {
			return patient.Patient{}, err
		}
	}
	fit := slices.DeleteFunc(slices.Clone(all), func(id string) bool { return said.Fits(found[id].Patient) != nil })
	if len(all) > 1 && len(fit) == 1 {
		return found[fit[0]].Patient, nil
	}
	id, err := theHolder(ctx, t, authority, said.MRN)
	if err != nil {
		return patient.Patient{}, err
	}
	p := found[id].Patient
	return p, said.Fits(p)
}

func idsOf(ctx context.Context, q querier, query string, args ...any) (ids []string, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
