package task_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/task"
)

// Seen red with Overdue not asking whether the task is open.
func TestOverdue(t *testing.T) {
	now := time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		task task.Task
		want bool
	}{
		{task.Task{Due: now.Add(-time.Second)}, true},
		{task.Task{Due: now}, false},
		{task.Task{Due: now.Add(-time.Hour), Outcome: task.Done}, false},
		{task.Task{Due: now.Add(-time.Hour), Outcome: task.Omitted}, false},
	} {
		if got := c.task.Overdue(now); got != c.want {
			t.Errorf("%+v: %v", c.task, got)
		}
	}
}

func TestClosedErrorIsErrClosed(t *testing.T) {
	if !errors.Is(&task.ClosedError{}, task.ErrClosed) {
		t.Error("not found in the chain")
	}
}
