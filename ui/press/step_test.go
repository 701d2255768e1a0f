package press_test

import (
	"testing"

	"github.com/wardlight/wardlight/ui/press"
)

// step presses a key that brings the keyboard from one button onto another.
func (d *desk) step(from, to *button, k press.Key) {
	d.KeyDown(k)
	d.Step(from, k, func() { from.act(); d.Focused(to) })
	d.KeyUp(k)
}

// A key that only goes on rests for nothing and leaves a rest; held, or after keys that went astray, it goes nowhere.
// Seen red with each line of Step taken out in turn.
func TestAStepOn(t *testing.T) {
	acts{
		{"soon after an act", func(d *desk) {
			d.Focused(d.lower)
			d.KeyDown("Return")
			d.Press(d.lower, "Return", func() { d.lower.act(); d.Focused(d.upper) })
			d.KeyUp("Return")
			d.wait(press.Rest / 2)
			d.step(d.upper, d.lower, "Return")
		}, 1, 1, 0},
		{"what it comes to rests", func(d *desk) {
			d.Focused(d.upper)
			d.step(d.upper, d.lower, "Return")
			d.wait(press.Rest / 2)
			d.key(d.lower, "Return")
			d.wait(press.Rest)
			d.key(d.lower, "Return")
		}, 1, 1, 1},
		{"it is held", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Return")
			for range 9 {
				d.Step(d.upper, "Return", d.upper.act)
				d.wait(press.Rest)
			}
		}, 1, 0, 0},
		{"a value went astray", func(d *desk) {
			d.Focused(d.upper)
			d.stray("3")
			d.stray("7")
			d.step(d.upper, d.lower, "Return")
			d.wait(press.Pause)
			d.step(d.upper, d.lower, "Return")
		}, 1, 0, 3},
		{"of a program", func(d *desk) {
			d.Step(d.upper, "Return", d.upper.act)
			d.Step(d.upper, "Return", d.upper.act)
			d.key(d.lower, "Return")
		}, 2, 1, 0},
	}.run(t)
}
