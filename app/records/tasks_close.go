package records

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
)

// CloseTask ends a task, with its audit event. Exactly one act of all that close it
// wins; the others get a [*task.ClosedError], also those of the winner at another
// station or with another reason: a dose is not given twice, and no word is lost
// unheard. The same act again is answered as the first time, also if it was taken back
// since. A [*task.DoubtError] says what the person must be asked first: it is decided here,
// where no other station's dose comes between the look and the act.
func (s *Store) CloseTask(ctx context.Context, c task.Closing) error {
	if c.Outcome != task.Done && c.Outcome != task.Omitted || c.Staff == "" || c.Act == "" ||
		c.Outcome == task.Omitted && c.Reason == "" {
		return fmt.Errorf("%w: task closed without outcome, person, act or reason", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		was, err := t.task(ctx, c.Task)
		if err != nil {
			return err
		}
		switch again, err := t.acted(ctx, c); {
		case err != nil || again:
			return err
		case !was.IsOpen():
			return &task.ClosedError{Task: was}
		}
		doubts, err := t.doubts(ctx, was, c)
		if err != nil {
			return err
		}
		if left := doubts.But(c.Sure); left.Any() {
			return &task.DoubtError{Task: was, Doubts: doubts}
		}
		if _, err := t.exec(ctx,
			`UPDATE tasks SET outcome = ?, closed = ?, closed_by = ?, reason = ?, act = ?, asked = ?
			WHERE id = ? AND closed IS NULL`, string(c.Outcome), t.at.UnixMicro(), c.Staff, c.Reason, c.Act,
			doubts.Words(), c.Task); err != nil {
			return err
		}
		if _, err := t.touch(ctx, was.Patient); err != nil {
			return err
		}
		e := audit.Event{Actor: c.Staff, Role: c.Role, Station: c.Station, Session: c.Session,
			Action: audit.CloseTask, Patient: was.Patient, Object: c.Task, Outcome: audit.Done,
			Reason: string(c.Outcome)}
		if err := t.audit(ctx, e); err != nil || !doubts.Any() {
			return err
		}
		e.Action, e.Reason = audit.Override, doubts.Words()
		return t.audit(ctx, e)
	})
}

// acted reports whether a task was closed by this act before.
func (t *tx) acted(ctx context.Context, c task.Closing) (again bool, err error) {
	err = t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tasks WHERE id = ? AND act = ? AND closed_by = ?)
		OR EXISTS (SELECT 1 FROM task_backs WHERE task = ? AND act = ? AND closed_by = ?)`, c.Task, c.Act, c.Staff,
		c.Task, c.Act, c.Staff).Scan(&again)
	return again, err
}

// doubts are what whoever closes a task must be asked. Who leaves it undone says why,
// and is asked nothing.
func (t *tx) doubts(ctx context.Context, k task.Task, c task.Closing) (task.Doubts, error) {
	gone, err := gone(ctx, t, k.Patient, c.Ward)
	if err != nil || c.Outcome != task.Done {
		return task.Doubts{}, err
	}
	known := task.Known{Gone: gone}
	if known.Allergy, known.Allergic, err = t.allergies(ctx, k.Patient); err != nil {
		return task.Doubts{}, err
	}
	if k.Kind == task.Medicine {
		within := task.AgainWithin
		known.Others, err = tasks(ctx, t, `WHERE k.patient = ? AND k.kind = ? AND k.outcome = ?
			AND (k.closed >= ? OR k.due BETWEEN ? AND ? OR 2 * (? - k.closed) < ABS(? - k.due))`,
			k.Patient, string(task.Medicine), string(task.Done), t.at.Add(-task.UnaskedAgain).UnixMicro(),
			k.Due.Add(-within).UnixMicro(), k.Due.Add(within).UnixMicro(), t.at.UnixMicro(), k.Due.UnixMicro())
	}
	return task.DoubtsOf(k, known, c.Staff, t.at), err
}

// allergies are the substances that a patient is recorded to be allergic to, and whether anybody
// recorded that there are some, or none.
func (t *tx) allergies(ctx context.Context, patientID string) (is patient.AllergyStatus, of []patient.Allergy,
	err error) {
	if err := t.QueryRowContext(ctx, `SELECT allergy FROM patients WHERE id = ?`, patientID).Scan(&is); err != nil {
		return is, nil, err
	}
	rows, err := t.QueryContext(ctx, `SELECT substance FROM allergies WHERE patient = ? ORDER BY pos`, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var a patient.Allergy
		err := r.Scan(&a.Substance)
		of = append(of, a)
		return err
	})
	return is, of, err
}
