package window

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// A signed note is changed with a reason; what it said stays on record and is
// told. Seen red with commit saving a new entry all the same: there were two
// notes.
func TestChangeASignedNote(t *testing.T) {
	o := open(t)
	p := o.writing("chen", chart.Notes)
	p.write("left leg")
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool {
		return o.chart.Phase(chart.Notes) == patient.Saved && strings.Contains(o.text(), "left leg")
	})

	o.hit(t, "Change")
	o.wait("the note in the form", func() bool {
		return o.chart.Phase(chart.Notes) == patient.Editing &&
			strings.Contains(o.text(), "Save the change for OKOYE, Ada")
	})
	for range len("left leg") {
		p.press(fyne.KeyBackspace)
	}
	p.write("right leg")
	p.ctrl(fyne.KeyReturn)
	o.wait("the reason", o.shell.Modal)
	p.write("wrong side")
	p.press(fyne.KeyReturn)
	o.wait("saved", func() bool {
		return o.chart.Phase(chart.Notes) == patient.Saved && strings.Contains(o.text(), "changed ")
	})
	s, _ := o.signed()
	page, err := o.page(t.Context(), s, "p1")
	must(t, err)
	if len(page.Notes) != 1 || page.Notes[0].Text != "right leg" {
		t.Fatalf("in the record: %+v", page.Notes)
	}
	if h := page.History[0]; h.What != chart.AmendedNote || h.Was != "left leg" || h.Reason != "wrong side" ||
		h.By != "Chen, A" {
		t.Errorf("the history: %+v", page.History)
	}
}

// changing signs in chen, who changes what another has written, "left leg", and types on.
func (o *opened) changing() *typist {
	o.t.Helper()
	beside(o.t, o.store, "diaz").save(chart.Notes, chart.Entry{Note: &chart.Note{Text: "left leg"}})
	o.enters("chen")
	p := &typist{opened: o}
	p.press(fyne.KeyReturn)
	o.until("left leg")
	o.hit(o.t, "Change")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Notes) == patient.Editing })
	p.write(" hurts")
	return p
}

// hit taps the button with a text.
func (o *opened) hit(t *testing.T, text string) {
	t.Helper()
	o.tap(o.win.Canvas().Content(), text)
}

// A task is done by one, and the second who presses is told who did it. Seen red
// with the window not looking for ClosedError: it said that something went wrong.
func TestTaskIsDoneOnce(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	s, _ := o.signed()
	must(t, o.opt.Station.Tasks.Add(t.Context(), s, "4B", "press", "p1", "Turn to the left", time.Now()))
	p := &typist{opened: o}
	p.press(fyne.KeyReturn)
	o.until("Tasks (1)")
	p.write("4")
	o.wait("the tasks", func() bool { return strings.Contains(o.text(), "Turn to the left") })
	var open task.Task
	page, err := o.page(t.Context(), s, "p1")
	must(t, err)
	open = page.Tasks[0]
	o.hit(t, "Done for OKOYE")
	o.wait("done", func() bool { return strings.Contains(o.text(), ": done · Chen, A") })
	// the same person again, from a screen of before: she is told what she did
	o.closeTask(open, task.Done)
	o.wait("what she did", func() bool { return strings.Contains(o.text(), "Closed by you: ") })
	other := s
	other.Staff.ID = "diaz"
	o.endTask(o.actOf(other, "", ""), apppatient.Summary{}, open, task.Done, "", task.Sure{})
	o.wait("who was first", func() bool { return strings.Contains(o.text(), "Closed by Chen, A: ") })
}

// The time of a task is on the ward's clock, whatever the computer's is. Seen red with whenDue
// reading it on the clock of now.
func TestATaskIsDueOnTheWardsClock(t *testing.T) {
	tongue.KeepTime(time.FixedZone("Tokyo", 9*60*60))
	t.Cleanup(func() { tongue.KeepTime(nil) })
	now := time.Date(2026, 11, 23, 11, 38, 0, 0, time.UTC) // 20:38 there
	if what, due, _ := whenDue("Turn 22:38", now); what != "Turn" || !due.Equal(now.Add(2*time.Hour)) {
		t.Errorf("%q at %v", what, due)
	}
}

// In the hour that comes twice a time that is past once is the one to come, not tomorrow's.
//
// Seen red with whenDue taking the day after whatever is past by the first of the two.
func TestATaskIsDueInTheHourThatComesTwice(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	must(t, err)
	tongue.KeepTime(berlin)
	t.Cleanup(func() { tongue.KeepTime(nil) })
	now := time.Date(2026, 10, 25, 0, 40, 0, 0, time.UTC) // 02:40, for the first time
	if _, due, _ := whenDue("Turn 02:30", now); !due.Equal(now.Add(50 * time.Minute)) {
		t.Errorf("due at %v", due)
	}
	in := map[string]string{"low": "88", "high": "92", "who": "Dr Osei", "when": "02:50"}
	if o, wrong := readTarget(in, "press", now.Add(time.Hour)); wrong != "" ||
		!o.Decided.Equal(now.Add(10*time.Minute)) {
		t.Errorf("decided at %v: %s", o.Decided, wrong)
	}
}
