package records

import (
	"context"
	"database/sql"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// AlertMoves calls tell for every move of the ward's alerts that the record
// received from since until before until, in the record's order. It reads as it
// goes, so that a year is no more memory than a day.
func (s *Store) AlertMoves(ctx context.Context, ward string, since, until time.Time,
	tell func(alert.Move) error) error {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+moveColumns+` FROM moves m JOIN alerts a ON a.id = m.alert
		WHERE a.ward = ? AND a.received >= ? AND a.received < ?`+inOrder, ward, since.UnixMicro(), until.UnixMicro())
	return away(each(rows, err, func(r *sql.Rows) error {
		m, err := scanMove(r.Scan)
		if err != nil {
			return err
		}
		return tell(m)
	}))
}
