package window

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A fast Enter in the search opens no chart, and the line for messages says so and what to do;
// the Enter that opens one takes it away.
//
// Seen red with the board not told of whom to tell.
func TestAFastEnterInTheSearchIsAnswered(t *testing.T) {
	o := open(t)
	o.enters("chen")
	now := time.Now()
	widgets.Hand().Now = func() time.Time { return now }
	t.Cleanup(func() { widgets.Hand().Now = nil })
	p := &typist{opened: o}
	o.board.FocusSearch()
	p.write("oko")
	p.press(fyne.KeyReturn)
	o.until("No chart was opened: the ") // under way, or just found
	o.until("Look who is selected, then press Enter.")
	o.wait("her bed", func() bool { return o.board.Selected() == "p1" })
	o.settle()
	now = now.Add(press.Rest + press.Settle)
	widgets.Hand().KeyDown("Return") // a hand's, not a program's
	p.press(fyne.KeyReturn)
	widgets.Hand().KeyUp("Return")
	o.wait("the chart", func() bool { return o.shell.Place() == shell.Patient })
	if said := o.said(); strings.Contains(said, "No chart was opened") {
		t.Errorf("beside the chart: %s", said)
	}
}
