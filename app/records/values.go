package records

import (
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// micros is a time as it is stored: NULL for the zero time.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// must is a time for a NOT NULL column: fallback stands in for the zero time.
func must(t, fallback time.Time) int64 {
	if t.IsZero() {
		t = fallback
	}
	return t.UnixMicro()
}

// clock scans a stored time, NULL as the zero time.
type clock struct{ t *time.Time }

// Scan implements sql.Scanner.
func (c clock) Scan(v any) error {
	var n sql.NullInt64
	if err := n.Scan(v); err != nil {
		return err
	}
	*c.t = time.Time{}
	if n.Valid {
		*c.t = time.UnixMicro(n.Int64).UTC()
	}
	return nil
}

// text scans a nullable text, NULL as "".
type text struct{ s *string }

// Scan implements sql.Scanner.
func (x text) Scan(v any) error {
	var n sql.NullString
	if err := n.Scan(v); err != nil {
		return err
	}
	*x.s = n.String
	return nil
}

// intervals scans how often a ward observes. What cannot be read is the
// national minimums: the safe side.
type intervals struct{ iv *vitals.Intervals }

// Scan implements sql.Scanner.
func (x intervals) Scan(v any) error {
	var n sql.NullString
	if err := n.Scan(v); err != nil {
		return err
	}
	*x.iv, _ = vitals.ParseIntervals(n.String)
	return nil
}

// planned scans a move that was announced, "" as none. What cannot be read is none.
type planned struct{ p **patient.Planned }

// Scan implements sql.Scanner.
func (x planned) Scan(v any) error {
	var n sql.NullString
	if err := n.Scan(v); err != nil || n.String == "" {
		return err
	}
	var p patient.Planned
	if json.Unmarshal([]byte(n.String), &p) == nil {
		*x.p = &p
	}
	return nil
}

// orNull is "" as NULL.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// storableText is a text that both engines keep as it is: PostgreSQL refuses what is
// not UTF-8, and NUL. What cannot be kept is seen to be missing.
func storableText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// each runs f on every row and closes the rows.
func each(rows *sql.Rows, err error, f func(*sql.Rows) error) error {
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
