package window

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// A save that hangs is no idle form: nothing warns over it nor gives the section back, the form takes no text that
// the save would clear, and what was saved stands as saved. Seen red with expire looking at what is being saved.
func TestASaveThatHangsIsNotIdle(t *testing.T) {
	for name, idle := range map[string]time.Duration{"warned": editWarn, "given back": editIdle} {
		o, h := openHalting(t, nil)
		p := o.writing("chen", chart.Notes)
		p.write("left leg")
		come, release := h.next("Save", anything)
		p.ctrl(fyne.KeyReturn)
		o.comes(name+": the save", come)
		o.expire(time.Now().Add(idle))
		o.queue.Drain()
		if got := o.chart.Phase(chart.Notes); got != patient.Saving {
			t.Errorf("%s: under a save the form is at %v", name, got)
		}
		p.write(" hurts")
		if got := o.chart.Draft(chart.Notes).Fields[patient.NoteField]; got != "left leg" {
			t.Errorf("%s: typed behind the save: %q", name, got)
		}
		release(nil)
		o.wait(name+": saved", func() bool { return o.chart.Phase(chart.Notes) == patient.Saved })
	}
}

// Whoever writes the reason of a change is not idle, however long ago the last value was typed: the section is not
// given back under the question, and after it her time begins anew. Seen red with expire looking at what is being
// saved, and with stopsSave leaving the time as it was.
func TestAReasonIsNotIdle(t *testing.T) {
	o := open(t)
	p := o.changing()
	ed := o.take(ofNotes())
	ago := func() { o.mu.Lock(); ed.last = time.Now().Add(-editIdle); o.mu.Unlock() }
	p.ctrl(fyne.KeyReturn)
	o.wait("the reason", o.shell.Modal)
	ago() // and she writes on
	o.expire(time.Now())
	o.settle()
	if got := o.chart.Phase(chart.Notes); got != patient.Editing || ed.lapsed {
		t.Fatalf("under the question the form is at %v", got)
	}
	p.press(fyne.KeyEscape)
	o.expire(time.Now())
	o.settle()
	if got := o.chart.Phase(chart.Notes); got != patient.Editing {
		t.Errorf("after it the form is at %v", got)
	}
}
