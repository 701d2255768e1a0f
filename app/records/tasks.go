package records

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
)

// AddTask adds a task that no person at a station makes: from a feed, or a file. The same
// ID again changes nothing. A task for a merged patient goes to the survivor.
func (s *Store) AddTask(ctx context.Context, k task.Task) error {
	if err := wholeTask(k); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		_, err := t.addTask(ctx, k)
		return err
	})
}

// MakeTask adds a task in a person's name, with its audit event. The same ID again, of the same
// person for the same patient, changes nothing, also after the patient left; else it is an [ErrKeyReused]. For a
// patient who left, moved from the person's ward
// or died it is a [*patient.GoneError], unless they know it; then that is audited as well.
// [patient.ErrNeverHere] if the record never had the patient on that ward.
func (s *Store) MakeTask(ctx context.Context, k task.Task, by patient.Signed) error {
	if err := wholeTask(k); err != nil {
		return err
	}
	if by.Staff == "" {
		return fmt.Errorf("%w: task made by nobody", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		if again, err := t.repeated(ctx, "tasks", k.ID, k.Patient, by.Staff); err != nil || again {
			return err
		}
		if err := t.lateBy(ctx, by, k.Patient, k.ID); err != nil {
			return err
		}
		k.By = by.Staff
		who, err := t.addTask(ctx, k)
		if err != nil {
			return err
		}
		return t.audit(ctx, signedEvent(by, audit.MakeTask, who, k.ID))
	})
}

func wholeTask(k task.Task) error {
	if k.ID == "" || k.Due.IsZero() || !k.Kind.Valid() {
		return fmt.Errorf("%w: task without ID, time or kind", ErrInvalid)
	}
	return nil
}

// AddTask is as [Store.AddTask].
func (b *Batch) AddTask(ctx context.Context, k task.Task) error {
	_, err := b.t.addTask(ctx, k)
	return err
}

// addTask returns for whom the task is.
func (t *tx) addTask(ctx context.Context, k task.Task) (who string, err error) {
	if who, err = t.survivor(ctx, k.Patient); err != nil {
		return "", err
	}
	n, err := t.exec(ctx, `INSERT INTO tasks (id, patient, charted_for, kind, text, dose, route, due, made, by_staff,
				outcome, closed, closed_by, reason)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', NULL, '', '') ON CONFLICT (id) DO NOTHING`,
		k.ID, who, who, string(k.Kind), k.Text, k.Dose, k.Route, k.Due.UnixMicro(), must(k.Made, t.at), k.By)
	if err != nil || n == 0 {
		return who, err
	}
	_, err = t.touch(ctx, who)
	return who, err
}

// task reads one task.
func (t *tx) task(ctx context.Context, id string) (task.Task, error) {
	return oneTask(ctx, t, id)
}

// Task reads one task.
func (s *Store) Task(ctx context.Context, id string) (task.Task, error) {
	k, err := oneTask(ctx, s.reader, id)
	return k, away(err)
}

func oneTask(ctx context.Context, q querier, id string) (task.Task, error) {
	was, err := tasks(ctx, q, `WHERE k.id = ?`, id)
	if err == nil && len(was) == 0 {
		err = fmt.Errorf("task %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return task.Task{}, err
	}
	return was[0], nil
}

const dueOnWard = `JOIN patients p ON p.id = k.patient
	WHERE p.ward = ? AND k.closed IS NULL AND k.due < ? ORDER BY k.due, k.id`

// TasksDue lists the open tasks of a ward's patients that are due before a
// time, the oldest first.
func (s *Store) TasksDue(ctx context.Context, wardID string, before time.Time) ([]task.Task, error) {
	out, err := tasks(ctx, s.reader, dueOnWard, wardID, before.UnixMicro())
	return out, away(err)
}

// Tasks lists a patient's tasks, the latest due first: all that are open, however late, and
// of the closed ones at most limit.
func (s *Store) Tasks(ctx context.Context, patientID string, limit int) ([]task.Task, error) {
	out, err := tasks(ctx, s.reader, `WHERE k.patient = ? AND (k.closed IS NULL OR k.id IN (
		SELECT id FROM tasks WHERE patient = ? AND closed IS NOT NULL ORDER BY due DESC, id DESC LIMIT ?))
		ORDER BY k.due DESC, k.id DESC`, patientID, patientID, limit)
	return out, away(err)
}

func tasks(ctx context.Context, q querier, where string, args ...any) ([]task.Task, error) {
	var out []task.Task
	who := named{}
	rows, err := q.QueryContext(ctx,
		`SELECT k.id, k.patient, k.kind, k.text, k.dose, k.route, k.due, k.made, k.by_staff,
			k.outcome, k.closed, k.closed_by, k.reason, k.asked,
			COALESCE(b.n, 0), COALESCE(b.outcome, ''), b.closed, b.closed_by, b.reason, b.by_staff, b.at
		FROM tasks k
			LEFT JOIN task_backs b ON b.task = k.id AND b.n = (SELECT MAX(n) FROM task_backs WHERE task = k.id) `+where,
		args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var k task.Task
		b := &k.Back
		err := r.Scan(&k.ID, &k.Patient, &k.Kind, &k.Text, &k.Dose, &k.Route, clock{&k.Due}, clock{&k.Made}, &k.By,
			&k.Outcome, clock{&k.Closed}, &k.ClosedBy, &k.Reason, &k.Asked,
			&k.Backs, &b.Outcome, clock{&b.Closed}, text{&b.ClosedBy}, text{&b.Reason}, text{&b.By}, clock{&b.At})
		who.add(k.By, k.ClosedBy, b.ClosedBy, b.By)
		out = append(out, k)
		return err
	})
	if err != nil {
		return nil, err
	}
	call, err := who.called(ctx, q)
	for n := range out {
		k := &out[n]
		k.ByName, k.ClosedByName = call(k.By), call(k.ClosedBy)
		k.Back.ClosedByName, k.Back.ByName = call(k.Back.ClosedBy), call(k.Back.By)
	}
	return out, err
}
