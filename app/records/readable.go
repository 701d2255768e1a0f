package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Readable proves that what stands in the record can be read now: one row of each table
// that a board and a chart are drawn from, past all that this program still holds of
// them. A record may answer what is asked often out of its caches long after its file was
// moved, emptied or overwritten; and a table may be locked while another answers.
//
// It costs one statement of a few rows, and a SQLite record the cache of one of its
// connections: ask it every few seconds, not for each read. [ErrAway] if it fails,
// whatever the reason; ctx should have a deadline.
func (s *Store) Readable(ctx context.Context) error {
	err := s.readable(ctx)
	if err != nil && !errors.Is(err, ErrAway) {
		err = fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}

// oneOfEach reads a row of every table that is read for a board or a chart.
const oneOfEach = `SELECT (SELECT COUNT(*) FROM (SELECT ward FROM patients LIMIT 1) p0)
	+ (SELECT COUNT(*) FROM (SELECT taken FROM observations LIMIT 1) o1)
	+ (SELECT COUNT(*) FROM (SELECT text FROM notes LIMIT 1) n2)
	+ (SELECT COUNT(*) FROM (SELECT due FROM tasks LIMIT 1) t3)
	+ (SELECT COUNT(*) FROM (SELECT state FROM beds LIMIT 1) b4)
	+ (SELECT COUNT(*) FROM (SELECT name FROM wards LIMIT 1) w5)
	+ (SELECT COUNT(*) FROM (SELECT substance FROM allergies LIMIT 1) a6)
	+ (SELECT COUNT(*) FROM (SELECT discharged FROM encounters LIMIT 1) e7)
	+ (SELECT COUNT(*) FROM (SELECT until FROM stays LIMIT 1) s8)
	+ (SELECT COUNT(*) FROM (SELECT text FROM flags LIMIT 1) f9)
	+ (SELECT COUNT(*) FROM (SELECT version FROM sections LIMIT 1) s10)
	+ (SELECT COUNT(*) FROM (SELECT text FROM alerts LIMIT 1) a11)
	+ (SELECT COUNT(*) FROM (SELECT by_name FROM moves LIMIT 1) m12)
	+ (SELECT COUNT(*) FROM (SELECT text FROM problems LIMIT 1) p13)
	+ (SELECT COUNT(*) FROM (SELECT reason FROM amendments LIMIT 1) a14)
	+ (SELECT COUNT(*) FROM (SELECT by_staff FROM assignments LIMIT 1) a15)
	+ (SELECT COUNT(*) FROM (SELECT former FROM identifiers LIMIT 1) i16)
	+ (SELECT COUNT(*) FROM (SELECT other FROM patient_links LIMIT 1) p17)
	+ (SELECT COUNT(*) FROM (SELECT prescriber FROM oxygen_targets LIMIT 1) o18)
	+ (SELECT COUNT(*) FROM (SELECT said FROM task_backs LIMIT 1) t19)
	+ (SELECT COUNT(*) FROM (SELECT surname FROM staff LIMIT 1) s20)
	+ (SELECT COUNT(*) FROM (SELECT role FROM staff_wards LIMIT 1) s21)
	+ (SELECT COUNT(*) FROM (SELECT value FROM ward_settings LIMIT 1) w22)
	+ (SELECT COUNT(*) FROM (SELECT control FROM parked LIMIT 1) p23)
	+ (SELECT COUNT(*) FROM (SELECT fields FROM drafts LIMIT 1) d24)
	+ (SELECT COUNT(*) FROM (SELECT digest FROM saves LIMIT 1) s25)`

func (s *Store) readable(ctx context.Context) error {
	if err := s.stillThere(); err != nil {
		return away(err)
	}
	c, err := s.reader.Conn(ctx)
	if err != nil {
		return away(err)
	}
	defer func() { _ = c.Close() }() // back to the pool
	if s.d == sqliteDialect {
		if _, err := c.ExecContext(ctx, `PRAGMA shrink_memory`); err != nil {
			return away(err)
		}
	}
	var rows sql.NullInt64
	return away(c.QueryRowContext(ctx, oneOfEach).Scan(&rows))
}
