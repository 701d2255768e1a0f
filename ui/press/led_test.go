package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// The Enter that belongs to a letter which has brought the keyboard on does nothing, once, on whatever it came to. Seen
// red with each line taken out that ends it, and with Letter or Step not asking.
func TestTheEnterOfALetter(t *testing.T) {
	led := func(d *desk) {
		d.Focused(d.upper)
		d.KeyDown("A")
		d.Focused(d.lower)
		d.Led()
		d.KeyUp("A")
		d.wait(time.Minute)
	}
	step := func(d *desk) { d.KeyDown("Return"); d.Step(d.lower, "Return", d.lower.act); d.KeyUp("Return") }
	acts{
		{"onto a button", func(d *desk) { led(d); d.key(d.lower, "Return") }, 0, 0, 0},
		{"of the other part of the keyboard", func(d *desk) { led(d); d.key(d.lower, "KP_Enter") }, 0, 0, 0},
		{"the next one acts", func(d *desk) { led(d); d.key(d.lower, "Return"); d.key(d.lower, "Return") }, 0, 1, 0},
		{"onto a row of choices", func(d *desk) { led(d); step(d) }, 0, 0, 0},
		{"the next one goes on", func(d *desk) { led(d); step(d); step(d) }, 0, 1, 0},
		{"held, it does nothing either", func(d *desk) {
			led(d)
			d.KeyDown("Return")
			for range 5 {
				d.Press(d.lower, "Return", d.lower.act)
				d.wait(time.Second)
			}
		}, 0, 0, 0},
		{"after a value there is none", func(d *desk) { led(d); d.KeyDown("7"); d.KeyUp("7"); step(d) }, 0, 1, 0},
		{"after a click there is none", func(d *desk) {
			led(d)
			d.Over(d.upper, in, high)
			d.wait(time.Second)
			d.click(d.upper, in)
			d.wait(press.Rest)
			step(d)
		}, 1, 1, 0},
		{"after text there is none", func(d *desk) { led(d); d.Typed(); step(d) }, 0, 1, 0},
		{"Space is none", func(d *desk) { led(d); d.key(d.lower, "Space") }, 0, 1, 0},
	}.run(t)
}
