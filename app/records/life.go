package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// life is where an alert stands, and the record's copy of it.
func (t *tx) life(ctx context.Context, alertID string) (l alert.Life, a alert.Alert, err error) {
	rows, err := t.QueryContext(ctx, `SELECT `+moveColumns+` FROM moves m JOIN alerts a ON a.id = m.alert
		WHERE m.alert = ? ORDER BY m.seq`, alertID)
	err = each(rows, err, func(r *sql.Rows) error {
		m, err := scanMove(r.Scan)
		a, l = m.Alert, l.With(m)
		return err
	})
	if err == nil && l.Stage == alert.Unraised {
		err = fmt.Errorf("alert %s: %w", alertID, alert.ErrUnknown)
	}
	if err != nil {
		return l, a, err
	}
	var seen [3]time.Time
	if err = t.QueryRowContext(ctx, `SELECT MIN(delivered), MIN(shown), MIN(sounded) FROM sightings WHERE alert = ?`,
		alertID).
		Scan(clock{&seen[0]}, clock{&seen[1]}, clock{&seen[2]}); err != nil {
		return l, a, err
	}
	for n, kind := range []alert.MoveKind{alert.Delivered, alert.Shown, alert.Sounded} {
		if !seen[n].IsZero() {
			l = l.With(alert.Move{Kind: kind, At: seen[n]})
		}
	}
	return l, a, nil
}

// setDue keeps beside the alert when it escalates next. The time runs by the
// database's clock from the moment of a step that called somebody: a station
// whose clock is wrong neither hastens nor delays it.
func (t *tx) setDue(ctx context.Context, a alert.Alert, l alert.Life, p alert.Policy, m alert.Move) error {
	d, is := p.Due(a, l)
	switch {
	case !is:
		_, err := t.exec(ctx, `UPDATE alerts SET due = NULL WHERE id = ? AND due IS NOT NULL`, a.ID)
		return err
	case m.Kind == alert.Forwarded && m.Turn == l.Turn, m.Kind == alert.Rejected &&
		m.At.After(l.Called), m.Kind == alert.Ceased, m.Kind == alert.OnMyWay, m.Kind == alert.NotComing,
		m.Kind == alert.Updated && !m.Change.Rises():
		return nil // the clock that runs is the one that counts
	}
	_, err := t.exec(ctx,
		`UPDATE alerts SET due = `+t.d.micros+` + ?, due_turn = ?, due_level = ?, due_reason = ? WHERE id = ?`,
		t.dueIn(d, l).Microseconds(), d.Turn, d.Level, d.Reason, a.ID)
	return err
}

// dueIn is how long a step has from now. It is not counted from t.at: the
// transaction may have waited for its turn since.
func (t *tx) dueIn(d alert.Due, l alert.Life) time.Duration {
	return min(max(d.At.Sub(t.now()), 0), d.At.Sub(l.Called))
}

// DueStep is an escalation that an alert waits for.
type DueStep = alert.DueStep

const dueColumns = `a.due_turn, a.due_level, a.due_reason, ` + alertColumns

// DueWithin lists the escalations that are due within a time from now, by the
// database's clock, the soonest first; at most limit.
func (s *Store) DueWithin(ctx context.Context, within time.Duration, limit int) ([]DueStep, error) {
	return s.due(ctx, `a.due <= `+s.d.micros+` + ? ORDER BY a.due LIMIT ?`, within.Microseconds(), limit)
}

// DueOf lists the escalations that these alerts wait for; those that wait for
// none are not in it.
func (s *Store) DueOf(ctx context.Context, alertIDs []string) ([]DueStep, error) {
	return s.due(ctx, `a.due IS NOT NULL AND a.id `+s.d.among, s.d.list(alertIDs))
}

func (s *Store) due(ctx context.Context, where string, args ...any) ([]DueStep, error) {
	var out []DueStep
	rows, err := s.reader.QueryContext(ctx, `SELECT a.due - `+s.d.micros+`, `+dueColumns+` FROM alerts a WHERE `+where,
		args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var d DueStep
		var in int64
		err := r.Scan(append([]any{&in, &d.Turn, &d.Level, &d.Reason}, alertFields(&d.Alert)...)...)
		d.In = time.Duration(in) * time.Microsecond
		out = append(out, d)
		return err
	})
	return out, away(err)
}

// AlertLife is where an alert stands; [alert.ErrUnknown] if there is none.
func (s *Store) AlertLife(ctx context.Context, alertID string) (l alert.Life, err error) {
	err = s.reader.snapshot(ctx, func(q querier) error {
		l, _, err = (&tx{reading: q.(reading)}).life(ctx, alertID)
		return err
	})
	if errors.Is(err, alert.ErrUnknown) {
		return l, err
	}
	return l, away(err)
}
