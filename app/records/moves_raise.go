package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// raise takes a new alert, or what is said anew of one that is there: an update
// of it, or a further alert where that is not possible. What says nothing new is
// answered with the move that raised it, or the one that ended it.
func (t *tx) raise(ctx context.Context, m alert.Move) (alert.Move, error) {
	if had, err := oneMove(ctx, t, `m.id = ?`, m.ID); !errors.Is(err, ErrNotFound) {
		return had, err
	}
	root, _ := alert.Root(m.Alert.ID)
	var again int
	err := t.QueryRowContext(ctx, `SELECT again FROM alerts WHERE id = ?`, root).Scan(&again)
	switch {
	case errors.Is(err, sql.ErrNoRows) && m.Kind == alert.Raised:
		return t.insertRaised(ctx, m)
	case errors.Is(err, sql.ErrNoRows):
		return m, fmt.Errorf("alert %s: %w", m.Alert.ID, alert.ErrUnknown)
	case err != nil:
		return m, err
	}
	newest := alert.Nth(root, max(again, 1))
	life, had, err := t.life(ctx, newest)
	if err != nil {
		return m, err
	}
	if m.Alert.Patient != "" {
		switch who, err := t.survivorOnce(ctx, m.Alert.Patient); {
		case err == nil:
			m.Alert.Patient = who
		case !errors.Is(err, ErrNotFound):
			return m, err
		}
	}
	m.Change = nil
	next, new := life.Again(had, m)
	switch {
	case !new && life.Stage == alert.Ended && life.Resolved != nil:
		return oneMove(ctx, t, `m.id = ?`, life.Resolved.ID)
	case !new:
		return oneMove(ctx, t, `m.alert = ? AND m.kind = 'raised'`, newest)
	case next.Kind == alert.Updated:
		return t.update(ctx, next, life)
	}
	_, n := alert.Root(next.Alert.ID)
	if _, err := t.exec(ctx, `UPDATE alerts SET again = ? WHERE id = ?`, n, root); err != nil {
		return m, err
	}
	return t.insertRaised(ctx, next)
}

// insertRaised writes an alert and the move that raises it.
func (t *tx) insertRaised(ctx context.Context, m alert.Move) (alert.Move, error) {
	policy, err := t.alertPolicy(ctx, m.Alert.Ward)
	if err != nil {
		return m, err
	}
	if m, err = t.insertAlert(ctx, m, policy); err != nil {
		return m, err
	}
	return m, t.insertMove(ctx, &m)
}

// update writes what a source said anew of an alert.
func (t *tx) update(ctx context.Context, m alert.Move, life alert.Life) (alert.Move, error) {
	policy, err := t.alertPolicy(ctx, m.Alert.Ward)
	if err != nil {
		return m, err
	}
	if m.At.After(t.at) {
		m.At = t.at // no clock that runs ahead may hold an escalation back
	}
	rules := policy.For(m.Alert.Priority).Rules()
	m = life.Settle(m, rules)
	if life, err = life.Next(m, rules); err != nil {
		return m, fmt.Errorf("alert %s: %w", m.Alert.ID, err)
	}
	a := m.Alert
	if _, err := t.exec(ctx,
		`UPDATE alerts SET patient = ?, bed = ?, priority = ?, text = ?, sent = ?, holders = ? WHERE id = ?`,
		a.Patient, a.Bed, string(a.Priority), a.Text, a.Sent, string(a.Holders), a.ID); err != nil {
		return m, err
	}
	if err := t.insertMove(ctx, &m); err != nil {
		return m, err
	}
	return m, t.setDue(ctx, a, life, policy, m)
}

// insertAlert writes a new alert, and when it escalates first, and returns it as
// it is kept.
func (t *tx) insertAlert(ctx context.Context, m alert.Move, policy alert.Policy) (alert.Move, error) {
	a := &m.Alert
	if !a.Priority.Known() {
		a.Priority = alert.High // what is not understood must not hide
	}
	if a.Received.After(t.at) {
		a.Received = t.at // no clock that runs ahead may hold an escalation back
	}
	a.Received = time.UnixMicro(must(a.Received, t.at)).UTC()
	a.Raised = time.UnixMicro(must(a.Raised, a.Received)).UTC()
	if a.Raised.After(a.Received) {
		a.Raised = a.Received // nothing is "0 s ago" for an hour
	}
	if a.Patient != "" {
		switch who, err := t.survivorOnce(ctx, a.Patient); {
		case err == nil:
			a.Patient = who
		case !errors.Is(err, ErrNotFound): // an unknown patient's alert is heard all the same
			return m, err
		}
	}
	columns, values := `id, ward, patient, bed, priority, text, source, raised, received, sent, holders`,
		`?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`
	args := []any{a.ID, a.Ward, a.Patient, a.Bed, string(a.Priority), a.Text, a.Source, a.Raised.UnixMicro(),
		a.Received.UnixMicro(),
		a.Sent, string(a.Holders)}
	life := alert.Life{}.With(m)
	if d, is := policy.Due(*a, life); is {
		columns += `, due_turn, due_level, due_reason, due`
		values += `, ?, ?, ?, ` + t.d.micros + ` + ?`
		args = append(args, d.Turn, d.Level, d.Reason, t.dueIn(d, life).Microseconds())
	}
	_, err := t.exec(ctx, `INSERT INTO alerts (`+columns+`) VALUES (`+values+`)`, args...)
	return m, err
}

// survivorOnce is survivor, asked once for each patient: nobody is merged in a
// transaction that takes moves.
func (t *tx) survivorOnce(ctx context.Context, patientID string) (string, error) {
	if who, had := t.survivors[patientID]; had {
		return who, nil
	}
	who, err := t.survivor(ctx, patientID)
	if err == nil && len(t.survivors) < 1000 {
		if t.survivors == nil {
			t.survivors = map[string]string{}
		}
		t.survivors[patientID] = who
	}
	return who, err
}
