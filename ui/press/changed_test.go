package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// repeats is a key that is down, as the toolkit repeats what it writes.
func (d *desk) repeats(b *button) {
	for range 5 {
		d.wait(33 * time.Millisecond)
		d.Press(b, d.Newest(), b.act)
	}
}

// What a control says has just become another thing, or it has just come by itself: the hand was on
// its way to what stood there before. Seen red with unread always false, with Tap not asking when it
// changed, and with Unasked running what it is given and nothing more.
func TestWhatWasNotReadIsNotPressed(t *testing.T) {
	acts{
		{"it says another thing since a moment", func(d *desk) {
			d.Focused(d.upper)
			d.wait(time.Hour)
			d.upper.changed = d.at
			d.wait(press.Settle - time.Millisecond)
			d.key(d.upper, "A")
		}, 0, 0, 1},
		{"and since so long that it can have been read", func(d *desk) {
			d.Focused(d.upper)
			d.upper.changed = d.at
			d.wait(press.Settle)
			d.key(d.upper, "A")
		}, 1, 0, 0},
		{"refused, it has been looked at", func(d *desk) {
			d.Focused(d.upper)
			d.upper.changed = d.at
			d.key(d.upper, "Return")
			d.wait(press.Rest)
			d.key(d.upper, "Return")
		}, 1, 0, 1},
		{"a letter that stands for it", func(d *desk) {
			d.upper.changed = d.at
			d.KeyDown("A")
			d.Letter(d.lower, d.upper, "A", d.upper.act)
		}, 0, 0, 1},
		{"under a pointer that rests", func(d *desk) {
			d.Over(d.upper, in, high)
			d.wait(time.Hour)
			d.upper.changed = d.at
			d.click(d.upper, in)
			d.wait(press.Rest)
			d.click(d.upper, in)
		}, 1, 0, 1},
		{"under a button that is down", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.wait(time.Hour)
			d.upper.changed = d.at
			d.wait(time.Minute)
			d.Tap(d.upper, d.upper.act)
		}, 0, 0, 1},
		{"a program names what it presses", func(d *desk) {
			d.upper.changed = d.at
			d.Press(d.upper, "A", d.upper.act)
			d.Tap(d.upper, d.upper.act)
		}, 2, 0, 0},
		{"the hand itself brought the keyboard away, and it came there by itself", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Escape")
			d.Once("Escape", func() { d.Unasked(func() { d.Focused(d.lower) }) })
			d.KeyUp("Escape")
			d.wait(press.Rest - time.Millisecond)
			d.key(d.lower, "Return")
		}, 0, 0, 1},
	}.run(t)
}

// A key that is down acts once, whatever else goes down and comes up meanwhile. Seen red with the
// last key alone remembered, and with Shift among those that write.
func TestAKeyThatIsDownIsOnePress(t *testing.T) {
	acts{
		{"Shift is tapped", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("M")
			d.repeats(d.upper)
			d.KeyDown("LeftShift")
			d.repeats(d.upper)
			d.KeyUp("LeftShift")
			d.wait(press.Rest)
			d.repeats(d.upper)
		}, 1, 0, 0},
		{"another letter is", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("M")
			d.repeats(d.upper)
			d.KeyDown("N")
			d.repeats(d.lower)
			d.KeyUp("N")
			d.wait(press.Rest)
			d.repeats(d.upper)
		}, 1, 1, 0},
		{"it comes up, and goes down again", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "M")
			d.wait(press.Rest)
			d.key(d.upper, "M")
		}, 2, 0, 0},
	}.run(t)
}

// Letters after a press that opened nothing go astray until the hand has looked. Seen red with each
// line taken out that ends or prolongs missed.
func TestLettersAfterAPressThatOpenedNothing(t *testing.T) {
	letter := func(d *desk) { d.KeyDown("O"); d.KeyUp("O") }
	acts{
		{"a letter, and Enter", func(d *desk) {
			d.Missed()
			letter(d)
			d.key(d.upper, "Return")
		}, 0, 0, 1},
		{"letters at long intervals", func(d *desk) {
			d.Missed()
			d.wait(1500 * time.Millisecond)
			letter(d)
			d.wait(1500 * time.Millisecond)
			letter(d)
			d.wait(1500 * time.Millisecond)
			d.key(d.upper, "Return")
		}, 0, 0, 1},
		{"it clicked meanwhile", func(d *desk) {
			d.Missed()
			d.Over(d.lower, in, high)
			d.click(d.lower, in)
			d.wait(press.Rest)
			letter(d)
			d.key(d.upper, "R")
		}, 1, 1, 0},
		{"it typed into a field", func(d *desk) {
			d.Missed()
			d.Typed()
			letter(d)
			d.key(d.upper, "Return")
		}, 1, 0, 0},
		{"it went somewhere", func(d *desk) {
			d.Missed()
			d.KeyDown("Escape")
			d.Once("Escape", func() {})
			d.KeyUp("Escape")
			letter(d)
			d.key(d.upper, "Return")
		}, 1, 0, 0},
	}.run(t)
}

// Seen red with turned not asking for what acted, and with Forget leaving where the pointer was.
func TestWhatAHandRemembersOfAPlace(t *testing.T) {
	below := press.Point{X: 40, Y: 45}
	acts{
		{"a key, a click elsewhere, and a click for the first again", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.wait(350 * time.Millisecond)
			d.Over(d.lower, below, low)
			d.click(d.lower, below)
			d.wait(100 * time.Millisecond)
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
		}, 1, 1, 0},
		{"a cover came and went under a pointer at rest", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Forget()
			d.wait(time.Minute)
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
		}, 1, 0, 0},
	}.run(t)
}
