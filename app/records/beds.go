package records

import (
	"context"
	"database/sql"

	"github.com/wardlight/wardlight/app/place"
)

// bedsOf are the names of a ward's beds, and the rooms and codes they were made of.
func (t *tx) bedsOf(ctx context.Context, wardID string) (out []place.Bed, err error) {
	rows, err := t.QueryContext(ctx, `SELECT name, room, code FROM beds WHERE ward = ? ORDER BY name`, wardID)
	err = each(rows, err, func(r *sql.Rows) error {
		var b place.Bed
		err := r.Scan(&b.Name, &b.Room, &b.Code)
		out = append(out, b)
		return err
	})
	return out, err
}
