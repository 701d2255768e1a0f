package window

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The question about a dose that was early says, after a wait behind the lock, how early it is by
// then and where the patient lies by then; its yes still gives the dose.
//
// Seen red with the question asked again as it was made, and opened before the chart was read.
func TestAWaitingDoseIsAskedAboutAsThingsAreByThen(t *testing.T) {
	o := open(t)
	t.Cleanup(func() { widgets.Hand().Now = nil })
	o.due("m1", "Paracetamol", time.Now().Add(50*time.Minute))
	o.atTasks("chen")
	o.until("Paracetamol")
	o.hit(t, "Given for OKOYE")
	o.untilOver("It is not due yet: in 49 min.")
	o.untilOver("4B, bed 01")
	for _, c := range []struct {
		later time.Duration
		bed   string
		says  string
	}{{20 * time.Minute, "09", "It is not due yet: in 29 min."},
		{time.Hour, "08", "It was not due yet when you pressed Given. It is due now."}} {
		o.lock()
		if o.shell.Modal() {
			t.Fatal("it is asked at the lock")
		}
		must(t, o.store.PutBed(t.Context(), ward.Bed{Ward: "4B", Name: c.bed, State: ward.BedFree}))
		all, err := o.store.Summaries(t.Context(), []string{"p1"})
		must(t, err)
		sum := all["p1"]
		sum.Bed = c.bed
		must(t, o.store.PutPatient(t.Context(), sum))
		widgets.Hand().Now = func() time.Time { return time.Now().Add(press.Rest + c.later) }
		o.unlock(password)
		o.wait("asked again", o.shell.Modal)
		for _, want := range []string{c.says, "4B, bed " + c.bed} {
			if said := o.overText(); !strings.Contains(said, want) {
				t.Errorf("after %s no %q in %q", c.later, want, said)
			}
		}
	}
	o.choose("Given for OKOYE all the same")
	o.wait("given", func() bool {
		k, err := o.store.Task(t.Context(), "m1")
		must(t, err)
		return k.Outcome == task.Done
	})
}

// A nurse who turns away while a dose is being closed reads that a question waits, and not that nothing
// was recorded; it is asked when they come back.
//
// Seen red with ask saying of one that stays what it says of any other.
func TestAQuestionThatStaysIsNotDenied(t *testing.T) {
	o := open(t)
	o.due("m1", "Paracetamol", time.Now().Add(50*time.Minute))
	o.atTasks("chen")
	o.until("Paracetamol")
	k, err := o.store.Task(t.Context(), "m1")
	must(t, err)
	o.endTask(o.actOf(o.session(), staff.ViewChart, "p1"), o.chart.Patient(), k, task.Done, "", task.Sure{})
	o.back()
	o.settle()
	if said := o.said(); o.shell.Modal() || o.shell.Place() != shell.Board || strings.Contains(said, "Nothing was") ||
		!strings.Contains(said, "A question waits until you open this chart again. Give it to OKOYE all the same?") {
		t.Fatalf("turned away: %s", said)
	}
	o.Window.open("p1")
	o.untilOver("It is not due yet: in 49 min.")
}
