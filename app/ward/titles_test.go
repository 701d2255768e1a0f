package ward_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/ward"
)

// A ward that is renamed has its new name within a minute, and while the record is away
// the one that was read last.
//
// Seen red with a name kept for as long as the program runs.
func TestTitlesFollowTheRecord(t *testing.T) {
	now, name, away, reads := time.Date(2026, 5, 6, 14, 0, 0, 0, time.UTC), "Medicine", false, 0
	n := &ward.Titles{Now: func() time.Time { return now }, Read: func(context.Context) ([]ward.Ward, error) {
		if reads++; away {
			return nil, errors.New("away")
		}
		return []ward.Ward{{ID: "4B", Name: name}}, nil
	}}
	is := func(id, want string) {
		t.Helper()
		if got := n.Of(t.Context(), id); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	is("", "")
	is("4B", "Medicine")
	is("4B", "Medicine")
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
	name, now = "Surgery", now.Add(time.Minute)
	is("4B", "Surgery")
	is("9Z", "9Z")
	away, now = true, now.Add(time.Hour)
	is("4B", "Surgery")
	is("5A", "5A")
}
