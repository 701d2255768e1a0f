package records

import (
	"context"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
)

// TakeBackTask opens a task again whose closing was entered in error, with its audit
// event: by the person who closed it, in the stay in which they did. What they said
// stays on record beside who took it back, when and why. The same again is answered as
// the first time.
func (s *Store) TakeBackTask(ctx context.Context, b task.TakingBack) error {
	switch {
	case b.Reason == "":
		return fmt.Errorf("task %s: %w", b.Task, task.ErrNoReason)
	case b.Staff == "" || b.Closed.IsZero():
		return fmt.Errorf("%w: task taken back without person or closing", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		was, err := t.task(ctx, b.Task)
		if err != nil {
			return err
		}
		if was.Back.By == b.Staff && was.Back.Closed.Equal(b.Closed) {
			return nil
		}
		if !was.IsOpen() && !was.Closed.Equal(b.Closed) {
			return &task.ClosedError{Task: was}
		}
		stays, err := encounters(ctx, t, was.Patient, false)
		if err != nil {
			return err
		}
		admitted, over := patient.NowIn(stays)
		if err := was.CanTakeBack(b.Staff, admitted, over); err != nil {
			return err
		}
		if _, err := t.exec(ctx,
			`INSERT INTO task_backs (task, n, outcome, closed, closed_by, said, reason, by_staff, at, act)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT act FROM tasks WHERE id = ?))`, was.ID, was.Backs+1,
			string(was.Outcome), was.Closed.UnixMicro(), was.ClosedBy, was.Reason, b.Reason, b.Staff,
			t.at.UnixMicro(), was.ID); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE tasks SET outcome = '', closed = NULL, closed_by = '', reason = '', act = '',
			asked = '' WHERE id = ?`, was.ID); err != nil {
			return err
		}
		if _, err := t.touch(ctx, was.Patient); err != nil {
			return err
		}
		return t.audit(ctx, audit.Event{Actor: b.Staff, Role: b.Role, Station: b.Station, Session: b.Session,
			Action: audit.TakeBackTask, Patient: was.Patient, Object: was.ID, Outcome: audit.Done,
			Reason: string(was.Outcome)})
	})
}
