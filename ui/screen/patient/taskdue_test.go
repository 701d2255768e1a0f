package patient_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screentest"
)

// The row of a task says of which day its time is, where that is not today: 08:00 read in the afternoon is this
// morning's. The fixture's now is 11 March, 14:03.
//
// Seen red with the clock alone.
func TestATaskSaysItsDay(t *testing.T) {
	at := func(days, hour, minute int) time.Time {
		return time.Date(fixture.Now.Year(), fixture.Now.Month(), fixture.Now.Day()+days, hour, minute, 0, 0,
			fixture.Now.Location())
	}
	for name, c := range map[string]struct {
		due  time.Time
		want string
	}{
		"today":                 {at(0, 17, 20), "17:20 in 3 h"},
		"late":                  {at(0, 8, 1), "08:01 6 h late"},
		"the end of today":      {at(0, 23, 59), "23:59 in 9 h"},
		"the start of tomorrow": {at(1, 0, 0), "tomorrow 00:00 in 9 h"},
		"tomorrow":              {at(1, 8, 1), "tomorrow 08:01 in 17 h"},
		"yesterday":             {at(-1, 22, 3), "yesterday 22:03 16 h late"},
		"the day after":         {at(2, 8, 3), "13 Mar 08:03 in 41 h"},
		"days ago":              {at(-3, 8, 3), "08 Mar 08:03 3 d late"},
	} {
		s := openShelf(t)
		p := fixture.Chart()
		p.Tasks = []task.Task{{ID: "x", Patient: fixture.Sickest, Kind: task.Care, Text: "Weigh", Due: c.due, By: "x"}}
		s.show(p, nil)
		text := strings.Join(strings.Fields(screentest.Texts(s.Content())), " ")
		if !strings.Contains(text, "as of 14:03 "+c.want) { // nothing before it
			t.Errorf("%s: no %q in:\n%s", name, c.want, text)
		}
	}
}
