package main

import (
	"strings"
	"testing"
)

// A file that is imported again comes clean once a person has decided what was parked of it.
// Seen red: what was assigned was counted as parked, and the values as new, for ever.
func TestAnImportComesCleanOnceAllIsDecided(t *testing.T) {
	data, file := t.TempDir(), fileOf(t, parkedFile)
	for _, step := range []struct {
		status int
		out    string
		said   string
	}{
		{3, "0 observations, 0 warnings, 0 refusals, 1 parked\n", "1 parked"},
		{3, "0 parked, 1 still waiting\n", "1 parked before and still waiting"},
		{0, "0 observations, 0 warnings, 0 refusals, 0 parked\n", ""},
	} {
		out, said, status := importHL7(t, data, file)
		if status != step.status || !strings.Contains(out, step.out) || !strings.Contains(said, step.said) ||
			step.said == "" && strings.Contains(said, "parked") {
			t.Errorf("%d, want %+v\n%s%s", status, step, out, said)
		}
		if step.status == 3 && strings.Contains(out, "still") {
			ctl(t, data, "staff", "add", "achen", "--surname", "Chen")
			ctl(t, data, "parked", "discard", "1", "--by", "achen", "--reason", "a phantom of the monitor")
		}
	}
}
