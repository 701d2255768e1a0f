package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/audit"
)

// TaskKind says what a task is.
type TaskKind string

// The kinds of task.
const (
	Care     TaskKind = "care"     // something to do
	Medicine TaskKind = "medicine" // a medicine due
)

// TaskOutcome is how a task ended.
type TaskOutcome string

// The outcomes. The zero value is a task that is open.
const (
	TaskDone    TaskOutcome = "done"    // done, or given
	TaskOmitted TaskOutcome = "omitted" // withheld, refused, not needed any more: Reason says which
)

// ErrTaskClosed means that somebody else closed the task first; it comes with
// the task as it was closed, as a [*ClosedError].
var ErrTaskClosed = errors.New("records: task is closed")

// ClosedError says who closed a task.
type ClosedError struct{ Task Task }

// Error implements error.
func (e *ClosedError) Error() string {
	return "records: task " + e.Task.ID + " was closed by " + e.Task.ClosedBy
}

// Unwrap makes errors.Is(err, ErrTaskClosed) hold.
func (e *ClosedError) Unwrap() error { return ErrTaskClosed }

// Task is something to be done for a patient by a time.
type Task struct {
	ID          string
	Patient     string
	Kind        TaskKind
	Text        string // what to do, or the medicine
	Dose, Route string // of a medicine
	Due         time.Time
	Made        time.Time // zero means now
	By          string    // who made it: staff ID, or a system
	Outcome     TaskOutcome
	Closed      time.Time
	ClosedBy    string
	Reason      string
}

// AddTask adds a task; the same ID again changes nothing. A task for a merged
// patient goes to the survivor.
func (s *Store) AddTask(ctx context.Context, k Task) error {
	if k.ID == "" || k.Due.IsZero() || k.Kind != Care && k.Kind != Medicine {
		return fmt.Errorf("%w: task without ID, time or kind", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
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
	})
}

// CloseTask ends a task, with its audit event. Exactly one of all who close it
// wins; the others get a [*ClosedError]: a dose is not given twice. The winner
// sending the same again is answered as the first time.
func (s *Store) CloseTask(ctx context.Context, id string, outcome TaskOutcome, staffID, station, reason string) error {
	if outcome != TaskDone && outcome != TaskOmitted || staffID == "" || outcome == TaskOmitted && reason == "" {
		return fmt.Errorf("%w: task closed without outcome, person or reason", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE tasks SET outcome = ?, closed = ?, closed_by = ?, reason = ?
			WHERE id = ? AND closed IS NULL`, string(outcome), t.at.UnixMicro(), staffID, reason, id)
		if err != nil {
			return err
		}
		was, err := tasks(ctx, t, `WHERE k.id = ?`, id)
		switch {
		case err != nil:
			return err
		case len(was) == 0:
			return fmt.Errorf("task %s: %w", id, ErrNotFound)
		case n == 0 && was[0].ClosedBy == staffID && was[0].Outcome == outcome:
			return nil
		case n == 0:
			return &ClosedError{was[0]}
		}
		if _, err := t.touch(ctx, was[0].Patient); err != nil {
			return err
		}
		return t.audit(ctx, audit.Event{Actor: staffID, Station: station, Action: audit.SaveChart, Patient: was[0].Patient,
			Object: "task:" + id, Outcome: audit.Done, Reason: reason})
	})
}

// TasksDue lists the open tasks of a ward's patients that are due before a
// time, the oldest first.
func (s *Store) TasksDue(ctx context.Context, wardID string, before time.Time) ([]Task, error) {
	out, err := tasks(ctx, s.reader, `JOIN patients p ON p.id = k.patient
		WHERE p.ward = ? AND k.closed IS NULL AND k.due < ? ORDER BY k.due, k.id`, wardID, before.UnixMicro())
	return out, away(err)
}

// Tasks lists a patient's tasks, open and closed, the latest due first, at most
// limit.
func (s *Store) Tasks(ctx context.Context, patientID string, limit int) ([]Task, error) {
	out, err := tasks(ctx, s.reader, `WHERE k.patient = ? ORDER BY k.due DESC, k.id DESC LIMIT ?`, patientID, limit)
	return out, away(err)
}

func tasks(ctx context.Context, q querier, where string, args ...any) ([]Task, error) {
	var out []Task
	rows, err := q.QueryContext(ctx, `SELECT k.id, k.patient, k.kind, k.text, k.dose, k.route, k.due, k.made, k.by_staff,
		k.outcome, k.closed, k.closed_by, k.reason FROM tasks k `+where, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var k Task
		err := r.Scan(&k.ID, &k.Patient, &k.Kind, &k.Text, &k.Dose, &k.Route, clock{&k.Due}, clock{&k.Made}, &k.By,
			&k.Outcome, clock{&k.Closed}, &k.ClosedBy, &k.Reason)
		out = append(out, k)
		return err
	})
	return out, err
}
