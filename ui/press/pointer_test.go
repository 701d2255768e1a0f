package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// What a pointer does. Seen red with each condition of pointer.go, and each line of the
// rest in press.go, taken out in turn.
func TestAPressActsOnceOnWhatItWasPressedOn(t *testing.T) {
	acts{
		{"a click", func(d *desk) { d.Over(d.upper, in, high); d.click(d.upper, in) }, 1, 0, 0},
		{"a double click is one", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			d.wait(200 * time.Millisecond)
			d.click(d.upper, in)
		}, 1, 0, 0},
		{"on the other end of the button, too, and wherever the button has gone", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			end := press.Point{X: 78, Y: 15}
			d.Seen(end)
			d.wait(press.Rest - time.Millisecond)
			d.click(d.upper, end)
		}, 1, 0, 0},
		{"two clicks with time between are two", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			d.wait(press.Rest)
			d.click(d.upper, in)
		}, 2, 0, 0},
		{"the row closed up: the second half of a double click meets the next", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			d.wait(200 * time.Millisecond)
			d.click(d.lower, in)
		}, 1, 0, 1},
		{"a click elsewhere right after is another act", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			far := press.Point{X: 40, Y: 58}
			d.Over(d.lower, far, low)
			d.click(d.lower, far)
		}, 1, 1, 0},
		{"another row slid under the pointer", func(d *desk) {
			d.Over(d.upper, in, high)
			d.wait(time.Hour)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"and the hand trembled before it pressed", func(d *desk) {
			d.Over(d.upper, in, high)
			d.wait(time.Hour)
			d.Out(d.upper)
			d.Over(d.lower, press.Point{X: 41, Y: 15}, high)
			d.click(d.lower, press.Point{X: 41, Y: 15})
		}, 0, 0, 1},
		{"refused once, it has been looked at", func(d *desk) {
			d.click(d.lower, in)
			d.wait(press.Rest)
			d.click(d.lower, in)
		}, 0, 1, 1},
		{"a refused double click is refused whole", func(d *desk) {
			d.click(d.lower, in)
			d.wait(200 * time.Millisecond)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"the button was given to another patient", func(d *desk) {
			d.Over(d.upper, in, high)
			d.upper.aim = "p9"
			d.click(d.upper, in)
		}, 0, 0, 1},
		{"while it was held down", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.upper.aim = "p9"
			d.Tap(d.upper, d.upper.act)
		}, 0, 0, 1},
		{"the list moved while the pointer was on its way", func(d *desk) {
			d.upper.moved = d.at
			d.wait(press.Settle - time.Millisecond)
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
		}, 0, 0, 1},
		{"the pointer went elsewhere and came back", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Out(d.upper)
			d.wait(300 * time.Millisecond)
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
		}, 1, 0, 0},
		{"and long before", func(d *desk) {
			d.upper.moved = d.at
			d.wait(press.Settle)
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
		}, 1, 0, 0},
		{"the hand scrolled it under the pointer", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Scrolled()
			d.wait(press.Settle)
			d.click(d.lower, in)
		}, 0, 1, 0},
		{"it had only just done so", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Scrolled()
			d.wait(press.Settle - 1)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"and the list moved after that", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Scrolled()
			d.wait(700 * time.Millisecond)
			d.lower.moved = d.at
			d.wait(350 * time.Millisecond)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"another goroutine scrolled", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Aside(d.Scrolled)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"a screen reader names what it presses", func(d *desk) { d.Tap(d.upper, d.upper.act) }, 1, 0, 0},
		{"a hand that hammers has not looked", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			for range 5 {
				d.wait(press.Rest - time.Millisecond)
				d.click(d.lower, in)
			}
		}, 1, 0, 5},
		{"the hand scrolled, and came back to the screen later", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Scrolled()
			d.wait(3 * time.Second)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"an act scrolled, not the hand", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.Tap(d.upper, func() { d.upper.act(); d.Scrolled() })
			d.wait(press.Rest)
			d.click(d.lower, in)
		}, 1, 0, 1},
		{"a row that slid here and was refused has been looked at wherever it is pressed", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Out(d.upper)
			d.Over(d.lower, in, high)
			d.click(d.lower, in)
			d.click(d.lower, press.Point{X: 75, Y: 15})
		}, 0, 1, 1},
		{"a hand that presses twice moves a little", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			d.wait(200 * time.Millisecond)
			beside := press.Point{X: in.X, Y: in.Y + 15}
			d.Over(d.lower, beside, low)
			d.click(d.lower, beside)
		}, 1, 0, 1},
		{"and chooses nothing that slid here", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.lower, in)
			d.Pick(d.lower, d.lower.act)
		}, 0, 0, 1},
		{"a row slid here from under a pointer that had been elsewhere before", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Out(d.upper)
			d.wait(time.Second)
			d.Over(d.upper, in, high)
			d.wait(time.Second)
			d.Over(d.lower, in, high)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"the pointer left it, and it came back by itself", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Out(d.upper)
			d.wait(time.Second)
			d.click(d.upper, in)
		}, 0, 0, 1},
		{"the hand scrolled, came onto a button, and it was given to another patient", func(d *desk) {
			d.Scrolled()
			d.Over(d.upper, in, high)
			d.upper.aim = "p9"
			d.click(d.upper, in)
		}, 0, 0, 1},
		{"a press that was drawn off, and a screen reader's", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.Tap(d.lower, d.lower.act)
		}, 0, 1, 0},
		{"what was out of sight must be come to again", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Forget()
			d.click(d.upper, in)
		}, 0, 0, 1},
		{"the place where something else was pressed rests", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Tire(in)
			d.click(d.upper, in)
		}, 0, 0, 1},
	}.run(t)
}

// A press that was drawn off its control, so that no tap ended it, is over once a key goes down.
// Seen red with Pressing not asking for keys: nothing followed the keyboard until the next tap.
func TestADrawnOffPressIsOverWithTheNextKey(t *testing.T) {
	d := newDesk()
	d.Over(d.upper, in, high)
	d.Down(d.upper, in)
	if !d.Pressing() {
		t.Error("a button is down, and nothing is pressed")
	}
	d.KeyDown("Tab")
	if d.Pressing() {
		t.Error("pressed still")
	}
}
