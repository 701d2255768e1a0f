package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// Ctrl Enter twice is one save: its question is asked once, and nothing is asked or said to be unsaved once it is
// answered. Whoever goes back from it may save again, and is asked again. Seen red with startsSave always true,
// and with the save not stopped by going back.
func TestSaveTwiceIsOneSave(t *testing.T) {
	o := open(t)
	other := beside(t, o.store, "diaz")
	p := o.writing("chen", chart.Observations)
	p.write("24")
	other.save(chart.Observations, chart.Entry{Observation: &vitals.Observation{RR: num(20)}})
	twice := func() {
		t.Helper()
		o.chart.Save()
		o.chart.Save() // before anything of the first is drawn
		o.wait("the question", o.shell.Modal)
		o.settle()
	}
	twice()
	p.press(fyne.KeyEscape)
	o.settle()
	if o.shell.Modal() || len(o.sets()) != 1 {
		t.Fatalf("after going back: %d sets, asked %q", len(o.sets()), o.overText())
	}
	twice()
	o.choose("Save mine beside, for OKOYE, Ada")
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	o.settle()
	if o.shell.Modal() || len(o.sets()) != 2 || strings.Contains(o.said(), "not saved") {
		t.Errorf("%d sets, asked %q, said %q", len(o.sets()), o.overText(), o.said())
	}
}

// A reason is asked for once, however often Save is pressed, and what is typed of it stands. Seen red with
// startsSave always true.
func TestSaveTwiceAsksForOneReason(t *testing.T) {
	o := open(t)
	p := o.changing()
	o.chart.Save()
	o.types("wrong side")
	o.chart.Save()
	if got := o.typed(); got != "wrong side" {
		t.Errorf("the second press leaves the reason %q", got)
	}
	p.press(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Notes) == patient.Saved })
	if o.settle(); o.shell.Modal() {
		t.Errorf("asked again: %s", o.overText())
	}
}
