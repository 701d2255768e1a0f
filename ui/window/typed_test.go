package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// types types into the first field of the open dialog.
func (o *opened) types(text string) {
	o.t.Helper()
	test.Type(screentest.All[*widgets.Field](o.win.Canvas().Overlays().Top())[0].Entry, text)
}

// typed is what stands in the first field of the open dialog; "" while none is open.
func (o *opened) typed() string {
	if top := o.win.Canvas().Overlays().Top(); top != nil {
		for _, f := range screentest.All[*widgets.Field](top) {
			return f.Text()
		}
	}
	return ""
}

// The text of a task that the lock or the cover came over is asked for again with the words
// that were typed, of the same patient alone: not on the board of another ward, nor in another
// chart. Confirmed, it is recorded. Another person who signs in is asked nothing, and neither is
// she who signed out and comes back.
//
// Seen red with nothing kept, and with Stands of every act always true: it was asked over the other chart.
func TestATaskThatTheLockInterruptedIsAskedAgain(t *testing.T) {
	o := open(t)
	o.enters("chen")
	chartOf := func(id string) {
		t.Helper()
		o.Window.open(id)
		o.wait("the chart", func() bool { return o.chart.Patient().Patient.ID == id })
	}
	const text = "Ring the daughter"
	begin := func() {
		t.Helper()
		chartOf("p1")
		o.addTask("p1")
		o.types(text)
	}
	again := func() { o.wait("the text", func() bool { return o.typed() == text }) }
	begin()
	o.coverNow()
	if o.shell.Modal() {
		t.Fatal("it is asked under the cover")
	}
	o.shell.Uncover()
	again()
	o.lock()
	if o.shell.Modal() || strings.Contains(screentest.Behind(o.win.Canvas().Content()), "daughter") {
		t.Fatal("it is there behind the lock")
	}
	o.unlock(password)
	again()
	o.untilOver("OKOYE, Ada")
	o.turnsToFive()
	chartOf("p2")
	o.settle()
	if o.shell.Modal() {
		t.Fatalf("it is asked over another chart: %q", o.overText())
	}
	o.turnTo(o.actOf(o.session(), "", ""), o.opt.Ward)
	o.until("OKOYE")
	chartOf("p1")
	again()
	o.tap(o.win.Canvas().Overlays().Top(), "Add for OKOYE")
	o.wait("the record", func() bool {
		list, err := o.store.Tasks(t.Context(), "p1", 5)
		return err == nil && len(list) == 1 && list[0].Text == text
	})
	begin()
	o.lock()
	o.switchUser()
	for _, who := range []string{"diaz", "chen"} {
		o.enters(who)
		chartOf("p1")
		o.settle()
		if o.shell.Modal() {
			t.Errorf("%s is asked %q", who, o.overText())
		}
		o.switchUser()
	}
}

// Why an alert is turned down is typed once: the lock takes none of it, wherever she is when she
// unlocks, and the answer goes to the alert that it was typed for.
//
// Seen red with nothing kept.
func TestAReasonThatTheLockInterruptedIsAskedAgain(t *testing.T) {
	o := open(t)
	o.enters("chen")
	o.raise("a", "p1", "01", alert.Low)
	o.wait("the alert", func() bool { return len(o.shown().Cards) == 1 })
	o.drawn("a")
	o.reject("a")
	o.types("seen at the bedside")
	o.lock()
	o.raise("b", "p1", "01", alert.High)
	o.unlock(password)
	o.wait("the reason", func() bool { return o.typed() == "seen at the bedside" })
	o.untilOver("OKOYE, Ada")
	o.wait("both", func() bool { return len(o.shown().Cards) == 2 })
	o.tap(o.win.Canvas().Overlays().Top(), "Reject for OKOYE, Ada")
	o.wait("turned down", func() bool {
		c, _ := o.findCard("a")
		return len(c.RejectedIDs) == 1
	})
	if c, _ := o.findCard("b"); len(c.RejectedIDs) > 0 {
		t.Error("the other was turned down")
	}
	if o.shell.Place() != shell.Board {
		t.Errorf("at %v", o.shell.Place())
	}
}
