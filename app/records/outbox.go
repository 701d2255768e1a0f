package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/outbox"
)

// The kinds of change.
const (
	ChangePatient = outbox.Patient
	ChangeAlert   = outbox.Alert
	ChangeWard    = outbox.Ward
)

// Change is one entry of the outbox. Seq grows by one with every change, in the
// order of commits; Ward is empty for a patient who is on no ward.
type Change = outbox.Change

// ChangesAfter lists changes after seq in order, at most limit.
func (s *Store) ChangesAfter(ctx context.Context, seq int64, limit int) ([]Change, error) {
	var out []Change
	rows, err := s.reader.QueryContext(ctx, `SELECT seq, kind, ward, patient, revision, payload, at
		FROM changes WHERE seq > ? ORDER BY seq LIMIT ?`, seq, limit)
	err = each(rows, err, func(r *sql.Rows) error {
		var c Change
		var payload string
		err := r.Scan(&c.Seq, &c.Kind, &c.Ward, &c.Patient, &c.Revision, &payload, clock{&c.At})
		if payload != "" {
			c.Payload = []byte(payload)
		}
		out = append(out, c)
		return err
	})
	return out, away(err)
}

// LastSeq is the number of the newest change, 0 for a new record.
func (s *Store) LastSeq(ctx context.Context) (int64, error) { return s.counter(ctx, "change") }

// Relayed is how far the outbox has been told.
func (s *Store) Relayed(ctx context.Context) (int64, error) { return s.counter(ctx, "relayed") }

func (s *Store) counter(ctx context.Context, name string) (n int64, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT value FROM counters WHERE name = ?`, name).Scan(&n)
	return n, away(err)
}

// MarkRelayed notes that everything up to seq was told. It only moves forward,
// and not past the newest change.
func (s *Store) MarkRelayed(ctx context.Context, seq int64) error {
	return s.aside(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE counters SET value = ? WHERE name = 'relayed' AND value < ?
			AND ? <= (SELECT c.value FROM counters c WHERE c.name = 'change')`, seq, seq, seq)
		return err
	})
}

// PruneChanges drops changes that were relayed and are older than before; it
// returns how many. Alert moves keep their own table and are never dropped.
func (s *Store) PruneChanges(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.write(ctx, func(t *tx) error {
		n, err = t.exec(ctx, `DELETE FROM changes WHERE at < ?
			AND seq <= (SELECT value FROM counters WHERE name = 'relayed')`, before.UnixMicro())
		return err
	})
	return n, err
}

// nextSeq takes the next change number. It is given back if the transaction
// fails, so that there are no holes: nobody else takes numbers meanwhile.
func (t *tx) nextSeq(ctx context.Context) (int64, error) {
	if t.numbered == 0 {
		if err := t.QueryRowContext(ctx,
			`SELECT value FROM counters WHERE name = 'change'`).Scan(&t.numbered); err != nil {
			return 0, err
		}
	}
	t.numbered++
	return t.numbered, nil
}

// keepNumbers writes down which numbers were taken.
func (t *tx) keepNumbers(ctx context.Context) error {
	if t.numbered == 0 {
		return nil
	}
	_, err := t.exec(ctx, `UPDATE counters SET value = ? WHERE name = 'change'`, t.numbered)
	return err
}

func (t *tx) insertChange(ctx context.Context, c Change) error {
	_, err := t.exec(ctx, `INSERT INTO changes (seq, kind, ward, patient, revision, payload, at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, c.Seq, c.Kind, c.Ward,
		c.Patient, c.Revision, string(c.Payload), t.at.UnixMicro())
	return err
}

// touch raises a patient's revision and tells it.
func (t *tx) touch(ctx context.Context, patientID string) (revision int64, err error) {
	c := Change{Kind: ChangePatient, Patient: patientID}
	err = t.QueryRowContext(ctx, `UPDATE patients SET revision = revision + 1, changed = ? WHERE id = ?
		RETURNING revision, ward`, t.at.UnixMicro(), patientID).Scan(&c.Revision, text{&c.Ward})
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("patient %s: %w", patientID, ErrNotFound)
	}
	if err != nil {
		return 0, err
	}
	if c.Seq, err = t.nextSeq(ctx); err != nil {
		return 0, err
	}
	return c.Revision, t.insertChange(ctx, c)
}

// touchLate touches everybody who waits for it, in a fixed order.
func (t *tx) touchLate(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(t.later)) {
		if _, err := t.touch(ctx, id); err != nil {
			return err
		}
	}
	clear(t.later)
	return nil
}

func (t *tx) revision(ctx context.Context, patientID string) (n int64, err error) {
	err = t.QueryRowContext(ctx, `SELECT revision FROM patients WHERE id = ?`, patientID).Scan(&n)
	return n, err
}

// wardChanged tells that who lies where changed on these wards ("" is none).
func (t *tx) wardChanged(ctx context.Context, wards ...string) error {
	last := ""
	for _, w := range wards {
		if w == "" || w == last {
			continue
		}
		last = w
		seq, err := t.nextSeq(ctx)
		if err != nil {
			return err
		}
		if err := t.insertChange(ctx, Change{Seq: seq, Kind: ChangeWard, Ward: w}); err != nil {
			return err
		}
	}
	return nil
}
