package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
)

// An idle station is covered, then locked, unless the desktop says that somebody
// works in another window; what was being typed is a draft by then.
func TestIdleStationCoversAndLocks(t *testing.T) {
	desktop := time.Second
	o := openWith(t, func(opt *Options) {
		opt.CoverAfter, opt.LockAfter = time.Minute, 3*time.Minute
		opt.Idle = func(context.Context) (time.Duration, error) { return desktop, nil }
	})
	p := o.writing("chen", chart.Notes)
	p.write("half a thought")
	now := time.Now()
	look := func(later time.Duration) {
		o.lookAtSession(now.Add(later), now.Add(time.Hour))
		o.queue.Drain()
	}
	look(2 * time.Minute)
	if o.shell.Covered() || strings.Contains(o.text(), "Covered") {
		t.Fatal("covered while somebody works beside it")
	}
	desktop = time.Hour
	look(30 * time.Second)
	if o.shell.Covered() {
		t.Fatal("covered too early")
	}
	look(2 * time.Minute)
	if !o.shell.Covered() || strings.Contains(o.text(), "OKOYE") {
		t.Fatal("not covered")
	}
	look(4 * time.Minute)
	o.wait("locked", func() bool { return o.shell.Place() == shell.SignIn })
	o.wait("the draft in the record", func() bool {
		d, has, err := recordtest.Draft(t.Context(), o.store, "chen", "p1", chart.Notes)
		return err == nil && has && d.Fields[patient.NoteField] == "half a thought"
	})
	// Another person signs in: the draft stays the first one's.
	o.switchUser()
	o.signIn("diaz", password)
	o.until("OKOYE")
	if d, has, err := recordtest.Draft(t.Context(), o.store, "chen", "p1", chart.Notes); err != nil || !has ||
		d.Fields[patient.NoteField] != "half a thought" {
		t.Errorf("after the switch: %+v %v %v", d, has, err)
	}
}

// While the record is away the sign-in screen says that, and what to do; not what is
// said of a save. Seen red with admitted saying words.For.
func TestSignInWhileTheRecordIsAway(t *testing.T) {
	o := open(t)
	must(t, o.store.Close())
	o.signIn("chen", password)
	said := func() string { return strings.Join(strings.Fields(o.text()), " ") } // as read: the sentence is wrapped
	o.wait("an answer", func() bool { return strings.Contains(said(), "cannot be reached, so") })
	if text := said(); strings.Contains(text, "saved") || !strings.Contains(text, "nobody can be signed in just now") ||
		!strings.Contains(text, "downtime procedure") {
		t.Errorf("at sign-in: %s", text)
	}
}
