package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/wardlight/wardlight/app/audit"
)

// Audit adds one line to the trail. A zero At means now. The trail refuses
// changes and deletions, and each line's hash covers the one before it; signed
// checkpoints cover its end. [Store.VerifyAudit] finds what was changed.
func (s *Store) Audit(ctx context.Context, e audit.Event) error {
	return s.write(ctx, func(t *tx) error { return t.audit(ctx, e) })
}

// AuditLate adds lines that were kept aside while the record was away, all or
// none. A line whose ID is in the trail already is passed over, so that lines
// whose answer was lost may be brought again.
func (s *Store) AuditLate(ctx context.Context, list []audit.Event) error {
	return s.write(ctx, func(t *tx) error {
		for _, e := range list {
			var had int
			err := t.QueryRowContext(ctx, `SELECT 1 FROM audit WHERE id = ? AND id <> ''`, e.ID).Scan(&had)
			if err == nil {
				continue
			}
			if !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			if err := t.audit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// audit adds a line within a transaction: what cannot be audited is not done.
func (t *tx) audit(ctx context.Context, e audit.Event) error {
	if e.Action == audit.BreakGlass && e.Reason == "" {
		return fmt.Errorf("%w: broken glass without a reason", ErrInvalid)
	}
	var last string
	err := t.QueryRowContext(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&e.Seq, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	e.Seq++
	e.Writer, e.Address = t.trail.writer, t.address
	if e.Actor == "" { // nobody asked for it: a step of the program itself
		e.Actor, e.Role = e.Writer, "system"
	}
	if e.Station == "" {
		e.Station = e.Writer
	}
	if e.At.IsZero() {
		e.At = t.at
	}
	if e.Role == "" && e.Actor != "" {
		err := t.QueryRowContext(ctx, `SELECT role FROM staff WHERE id = ?`, e.Actor).Scan(&e.Role)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	if e.Purpose == "" {
		e.Purpose = e.DefaultPurpose()
	}
	hash := audit.Link(last, e)
	_, err = t.exec(ctx, `INSERT INTO audit (seq, at, actor, role, station, session, action, patient, object,
			version, outcome, reason, hash, writer, id, purpose, address)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Seq, e.At.UnixMicro(), e.Actor, e.Role, e.Station, e.Session, string(e.Action), e.Patient, e.Object,
		e.Version, string(e.Outcome), e.Reason, hash, e.Writer, e.ID, string(e.Purpose), e.Address)
	t.wrote = mark{e.Seq, hash, t.wrote.lines + 1}
	return err
}

const auditColumns = `seq, at, actor, role, station, session, action, patient, object, version, outcome, reason,
	hash, writer, id, purpose, address`

func scanLine(r *sql.Rows) (l audit.Line, err error) {
	err = r.Scan(&l.Seq, clock{&l.At}, &l.Actor, &l.Role, &l.Station, &l.Session, &l.Action, &l.Patient, &l.Object,
		&l.Version, &l.Outcome, &l.Reason, &l.Hash, &l.Writer, &l.ID, &l.Purpose, &l.Address)
	return l, err
}

// AuditTail lists the newest n lines, oldest of them first.
func (s *Store) AuditTail(ctx context.Context, n int) ([]audit.Event, error) {
	var out []audit.Event
	rows, err := s.reader.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit ORDER BY seq DESC LIMIT ?`, n)
	err = each(rows, err, func(r *sql.Rows) error {
		l, err := scanLine(r)
		out = append(out, l.Event)
		return err
	})
	slices.Reverse(out)
	return out, away(err)
}

// AuditEach hands over the lines after seq, in order. A reader that is slow
// holds a connection and, on SQLite, the write-ahead log's end.
func (s *Store) AuditEach(ctx context.Context, after int64, f func(audit.Line) error) error {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit WHERE seq > ? ORDER BY seq`, after)
	return away(each(rows, err, func(r *sql.Rows) error {
		l, err := scanLine(r)
		if err != nil {
			return err
		}
		return f(l)
	}))
}
