package records

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/wardlight/wardlight/app/audit"
)

// Audit adds one line to the trail. A zero At means now. The trail refuses
// changes and deletions, and each line's hash covers the one before it, so that
// an edited or missing line shows ([Store.VerifyAudit]). A cut-off end shows
// only against a copy kept elsewhere.
func (s *Store) Audit(ctx context.Context, e audit.Event) error {
	return s.write(ctx, func(t *tx) error { return t.audit(ctx, e) })
}

func (t *tx) audit(ctx context.Context, e audit.Event) error {
	var last string
	err := t.QueryRowContext(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&e.Seq, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	e.Seq++
	at := must(e.At, t.at)
	_, err = t.exec(ctx, `INSERT INTO audit (seq, at, actor, role, station, session, action, patient, object,
			version, outcome, reason, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Seq, at, e.Actor, e.Role, e.Station, e.Session, string(e.Action), e.Patient, e.Object,
		e.Version, string(e.Outcome), e.Reason, link(last, e, at))
	return err
}

// link is the hash of one line and the hash before it. JSON parts the fields
// unmistakably.
func link(last string, e audit.Event, at int64) string {
	b, _ := json.Marshal([]any{last, e.Seq, at, e.Actor, e.Role, e.Station, e.Session, e.Action, e.Patient,
		e.Object, e.Version, e.Outcome, e.Reason}) // texts and integers always marshal
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

const auditColumns = `seq, at, actor, role, station, session, action, patient, object, version, outcome, reason, hash`

func scanEvent(r *sql.Rows) (e audit.Event, hash string, err error) {
	err = r.Scan(&e.Seq, clock{&e.At}, &e.Actor, &e.Role, &e.Station, &e.Session, &e.Action, &e.Patient, &e.Object,
		&e.Version, &e.Outcome, &e.Reason, &hash)
	return e, hash, err
}

// AuditTail lists the newest n lines, oldest of them first.
func (s *Store) AuditTail(ctx context.Context, n int) ([]audit.Event, error) {
	var out []audit.Event
	rows, err := s.reader.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit ORDER BY seq DESC LIMIT ?`, n)
	err = each(rows, err, func(r *sql.Rows) error {
		e, _, err := scanEvent(r)
		out = append(out, e)
		return err
	})
	slices.Reverse(out)
	return out, away(err)
}

// ErrAuditBroken means the trail was changed from outside.
var ErrAuditBroken = errors.New("records: the audit trail has been changed")

// VerifyAudit walks the whole trail and returns how many lines it holds, or
// [ErrAuditBroken] with the place where it does not fit together.
func (s *Store) VerifyAudit(ctx context.Context) (lines int64, err error) {
	last := ""
	rows, err := s.reader.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit ORDER BY seq`)
	err = each(rows, err, func(r *sql.Rows) error {
		e, hash, err := scanEvent(r)
		if err != nil {
			return err
		}
		lines++
		if e.Seq != lines || hash != link(last, e, e.At.UnixMicro()) {
			return fmt.Errorf("line %d: %w", lines, ErrAuditBroken)
		}
		last = hash
		return nil
	})
	return lines, away(err)
}
