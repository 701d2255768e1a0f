package records

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
)

// AddTask adds a task; the same ID again changes nothing. A task for a merged
// patient goes to the survivor.
func (s *Store) AddTask(ctx context.Context, k task.Task) error {
	if k.ID == "" || k.Due.IsZero() || !k.Kind.Valid() {
		return fmt.Errorf("%w: task without ID, time or kind", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error { return t.addTask(ctx, k) })
}

// AddTask is as [Store.AddTask].
func (b *Batch) AddTask(ctx context.Context, k task.Task) error { return b.t.addTask(ctx, k) }

func (t *tx) addTask(ctx context.Context, k task.Task) error {
	who, err := t.survivor(ctx, k.Patient)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `INSERT INTO tasks (id, patient, charted_for, kind, text, dose, route, due, made, by_staff,
				outcome, closed, closed_by, reason)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', NULL, '', '') ON CONFLICT (id) DO NOTHING`,
		k.ID, who, who, string(k.Kind), k.Text, k.Dose, k.Route, k.Due.UnixMicro(), must(k.Made, t.at), k.By)
	if err != nil || n == 0 {
		return err
	}
	_, err = t.touch(ctx, who)
	return err
}

// CloseTask ends a task, with its audit event. Exactly one of all who close it
// wins; the others get a [*task.ClosedError]: a dose is not given twice. The
// winner sending the same again is answered as the first time.
func (s *Store) CloseTask(ctx context.Context, c task.Closing) error {
	if c.Outcome != task.Done && c.Outcome != task.Omitted || c.Staff == "" || c.Outcome == task.Omitted &&
		c.Reason == "" {
		return fmt.Errorf("%w: task closed without outcome, person or reason", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE tasks SET outcome = ?, closed = ?, closed_by = ?, reason = ?
			WHERE id = ? AND closed IS NULL`, string(c.Outcome), t.at.UnixMicro(), c.Staff, c.Reason, c.Task)
		if err != nil {
			return err
		}
		was, err := tasks(ctx, t, `WHERE k.id = ?`, c.Task)
		switch {
		case err != nil:
			return err
		case len(was) == 0:
			return fmt.Errorf("task %s: %w", c.Task, ErrNotFound)
		case n == 0 && was[0].ClosedBy == c.Staff && was[0].Outcome == c.Outcome:
			return nil
		case n == 0:
			return &task.ClosedError{Task: was[0]}
		}
		if _, err := t.touch(ctx, was[0].Patient); err != nil {
			return err
		}
		return t.audit(ctx, audit.Event{Actor: c.Staff, Role: c.Role, Station: c.Station, Session: c.Session,
			Action: audit.CloseTask, Patient: was[0].Patient, Object: c.Task, Outcome: audit.Done,
			Reason: string(c.Outcome)})
	})
}

const dueOnWard = `JOIN patients p ON p.id = k.patient
	WHERE p.ward = ? AND k.closed IS NULL AND k.due < ? ORDER BY k.due, k.id`

// TasksDue lists the open tasks of a ward's patients that are due before a
// time, the oldest first.
func (s *Store) TasksDue(ctx context.Context, wardID string, before time.Time) ([]task.Task, error) {
	out, err := tasks(ctx, s.reader, dueOnWard, wardID, before.UnixMicro())
	return out, away(err)
}

// Tasks lists a patient's tasks, open and closed, the latest due first, at most
// limit.
func (s *Store) Tasks(ctx context.Context, patientID string, limit int) ([]task.Task, error) {
	out, err := tasks(ctx, s.reader, `WHERE k.patient = ? ORDER BY k.due DESC, k.id DESC LIMIT ?`, patientID, limit)
	return out, away(err)
}

func tasks(ctx context.Context, q querier, where string, args ...any) ([]task.Task, error) {
	var out []task.Task
	rows, err := q.QueryContext(ctx,
		`SELECT k.id, k.patient, k.kind, k.text, k.dose, k.route, k.due, k.made, k.by_staff,
			m.surname, m.given, k.outcome, k.closed, k.closed_by, c.surname, c.given, k.reason
		FROM tasks k LEFT JOIN staff m ON m.id = k.by_staff LEFT JOIN staff c ON c.id = k.closed_by `+where, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var k task.Task
		var made, closed staff.Staff
		err := r.Scan(&k.ID, &k.Patient, &k.Kind, &k.Text, &k.Dose, &k.Route, clock{&k.Due}, clock{&k.Made}, &k.By,
			text{&made.Surname}, text{&made.Given}, &k.Outcome, clock{&k.Closed}, &k.ClosedBy,
			text{&closed.Surname}, text{&closed.Given}, &k.Reason)
		k.ByName, k.ClosedByName = shortName(k.By, made), shortName(k.ClosedBy, closed)
		out = append(out, k)
		return err
	})
	return out, err
}
