package window

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
)

// listening hears what goes to the record's trail.
type listening struct {
	staff.Auditor
	mu    sync.Mutex
	lines []string
}

func (l *listening) Audit(ctx context.Context, e audit.Event) error {
	l.mu.Lock()
	l.lines = append(l.lines, strings.Join([]string{e.Actor, string(e.Action), e.Object, string(e.Outcome)}, " "))
	l.mu.Unlock()
	return l.Auditor.Audit(ctx, e)
}

func (l *listening) until(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		l.mu.Lock()
		got = slices.Clone(l.lines)
		l.mu.Unlock()
		if len(got) >= len(want) {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("in the trail:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Each board that a nurse sees, and each covering of the station, is in the
// trail; covering what is covered is nothing.
//
// Seen red with each of the calls taken out, and with the lock not asking whether
// it is locked.
func TestBoardsAndLocksAreAudited(t *testing.T) {
	o := open(t)
	heard := &listening{Auditor: o.opt.Station.Staff.Audit}
	o.opt.Station.Staff.Audit = heard
	o.signIn("chen", password)
	o.until("OKOYE")
	want := []string{"chen sign-in  done", "chen view-board 4B done"}
	heard.until(t, want...)
	o.turnsToFive()
	want = append(want, "chen view-board 5A done")
	heard.until(t, want...)
	o.lock()
	o.lock()
	want = append(want, "chen lock  done")
	heard.until(t, want...)
	o.unlock(password)
	o.until("LINDQVIST")
	want = append(want, "chen unlock  done", "chen view-board 5A done")
	heard.until(t, want...)
}
