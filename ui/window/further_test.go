package window

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The second Enter of two on Reject or Forward does nothing, and what is said of it is of that press: the first one
// counted, and nobody reads that nothing was done. Where no press came before it, it says why it did nothing; so
// does what is typed where nothing takes it. Seen red with refusedPress and lostKey not asking whether one counted, and with
// refusedPress not asking how many did not.
func TestAFurtherPressIsSaidToBeOne(t *testing.T) {
	o := open(t)
	o.enters("chen")
	hand, now := widgets.Hand(), time.Now().Add(time.Hour)
	hand.Now = func() time.Time { return now }
	t.Cleanup(func() { hand.Now = nil })
	reject := widgets.NewButton(widgets.Secondary, "Reject", "", nil)
	next := widgets.NewButton(widgets.Secondary, "Open", "", nil)
	done := 0
	enter := func(on press.Thing) {
		hand.KeyDown("Return")
		hand.Press(on, "Return", func() { done++ })
		hand.KeyUp("Return")
	}
	says := func(want string) {
		t.Helper()
		if said := o.said(); !strings.Contains(said, want) || strings.Contains(said, "Nothing was done") {
			t.Errorf("%q is not said:\n%s", want, said)
		}
	}
	astray := func() {
		hand.KeyDown("X")
		hand.Astray()
		hand.KeyUp("X")
	}
	enter(reject)
	now = now.Add(press.Settle)
	enter(next) // the keyboard went there meanwhile
	says("The press before this one counted. This one did nothing.")
	now = now.Add(press.Settle)
	enter(next) // the press before this one did nothing
	says("The last 2 presses did nothing. The one before them counted.")
	astray()
	says("The press before counted. What you typed after it did nothing")
	now = now.Add(time.Minute)
	astray()
	says("What you typed did nothing: nothing here takes it.")
	enter(next)
	says("What you typed did nothing: nothing here takes it.")
	now = now.Add(time.Minute)
	hand.Refused()
	says("This press did nothing: what you pressed had just moved or changed.")
	if done != 1 {
		t.Errorf("%d presses did something", done)
	}
}
