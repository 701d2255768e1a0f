package task_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/task"
)

// What is open comes first, by its time, and what was closed last comes before what was closed earlier; what was given
// stays as it was. Seen red with the closed ones by when they were due.
func TestTasksAreOrderedForAChart(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC) }
	given := []task.Task{{ID: "first", Due: at(8), Outcome: task.Done, Closed: at(13)}, {ID: "next", Due: at(16)},
		{ID: "last", Due: at(12), Outcome: task.Omitted, Closed: at(15)}, {ID: "now", Due: at(9)}}
	names := func(tasks []task.Task) string {
		var ids []string
		for _, k := range tasks {
			ids = append(ids, k.ID)
		}
		return strings.Join(ids, " ")
	}
	if got := names(task.Ordered(given)); got != "now next last first" || names(given) != "first next last now" {
		t.Errorf("%q, of %q", got, names(given))
	}
}
