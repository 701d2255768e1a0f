package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// What a keyboard does, and both together. Seen red with each condition of keyboard.go
// taken out in turn.
func TestAKeyActsOnceOnWhatItCameTo(t *testing.T) {
	acts{
		{"a letter bounces, with another between", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "B")
			d.key(d.upper, "R")
			d.key(d.upper, "B")
		}, 2, 0, 0},
		{"a letter, Tab, and the letter for the same", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "B")
			d.Focused(d.lower)
			d.Focused(d.upper)
			d.key(d.upper, "B")
		}, 1, 0, 0},
		{"text was typed between: it is another press", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.Typed()
			d.wait(press.Rest / 2)
			d.key(d.upper, "Return")
		}, 2, 0, 0},
		{"a sentence goes on while a dialog comes", func(d *desk) {
			d.Aside(func() { d.Focused(d.lower) })
			for range 12 {
				d.wait(150 * time.Millisecond)
				d.KeyDown("C")
				d.KeyUp("C")
			}
			d.wait(150 * time.Millisecond)
			d.key(d.lower, "Space")
		}, 0, 0, 0},
		{"a key lifted the cover, and the hand types on", func(d *desk) {
			d.Focused(d.upper)
			d.Wake()
			for range 8 {
				d.wait(200 * time.Millisecond)
				d.key(d.upper, "M")
			}
			d.wait(press.Rest)
			d.key(d.upper, "M")
		}, 1, 0, 8},
		{"keys of a program name what they press", func(d *desk) {
			d.Press(d.upper, "Return", d.upper.act)
			d.Press(d.upper, "Return", d.upper.act)
		}, 2, 0, 0},
		{"a key", func(d *desk) { d.Focused(d.upper); d.key(d.upper, "Return") }, 1, 0, 0},
		{"a key that is held repeats nothing", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Return")
			for range 20 {
				d.Press(d.upper, "Return", d.upper.act)
				d.wait(time.Second)
			}
		}, 1, 0, 0},
		{"held while the focus moves on, it acts on nothing else", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Return")
			d.Press(d.upper, "Return", func() { d.upper.act(); d.Focused(d.lower) })
			d.wait(time.Second)
			d.Press(d.lower, "Return", d.lower.act)
		}, 1, 0, 0},
		{"a key that bounces", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.wait(60 * time.Millisecond)
			d.key(d.upper, "Return")
		}, 1, 0, 0},
		{"and meets the next row", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Return")
			d.Press(d.upper, "Return", func() { d.upper.act(); d.Focused(d.lower) })
			d.KeyUp("Return")
			d.wait(60 * time.Millisecond)
			d.key(d.lower, "Return")
		}, 1, 0, 1},
		{"another letter right after is another word", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.key(d.lower, "O")
			d.key(d.lower, "O")
		}, 1, 1, 0},
		{"the hand itself went on by Tab", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "Space")
			d.Focused(d.lower)
			d.key(d.lower, "Space")
		}, 1, 1, 0},
		{"a dialog opened by itself and took the keyboard", func(d *desk) {
			d.Focused(d.upper)
			d.wait(time.Hour)
			d.Aside(func() { d.Focused(d.lower) })
			d.wait(100 * time.Millisecond)
			d.key(d.lower, "Return")
		}, 0, 0, 0},
		{"and text was typed into it", func(d *desk) {
			d.Aside(func() { d.Focused(d.lower) })
			d.Typed()
			d.key(d.lower, "Return")
		}, 0, 1, 0},
		{"what has the focus was given to another patient", func(d *desk) {
			d.Focused(d.upper)
			d.wait(time.Hour)
			d.upper.aim = "p9"
			d.key(d.upper, "Return")
		}, 0, 0, 1},
		{"a key, then a click on a button for the same", func(d *desk) {
			d.Over(d.upper, in, high)
			d.key(d.lower, "M")
			d.wait(100 * time.Millisecond)
			d.click(d.upper, in)
		}, 0, 1, 1},
		{"a key, and the same by a click", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.wait(450 * time.Millisecond)
			d.click(d.upper, in)
		}, 1, 0, 0},
		{"a click, and a letter before a hand can be there", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			d.wait(100 * time.Millisecond)
			d.key(d.lower, "B")
		}, 1, 0, 1},
		{"to choose leaves no rest", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.Pick(d.upper, d.upper.act)
			d.click(d.upper, in)
			d.wait(press.Rest)
			d.key(d.lower, "Return")
		}, 2, 1, 0},
		{"Space bounces onto the next row", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Space")
			d.Press(d.upper, "Space", func() { d.upper.act(); d.Focused(d.lower) })
			d.KeyUp("Space")
			d.wait(60 * time.Millisecond)
			d.key(d.lower, "Space")
		}, 1, 0, 1},
		{"so does the Enter of the number pad after the other", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Return")
			d.Press(d.upper, "Return", func() { d.upper.act(); d.Focused(d.lower) })
			d.KeyUp("Return")
			d.wait(60 * time.Millisecond)
			d.key(d.lower, "KP_Enter")
		}, 1, 0, 1},
		{"a key, a click that was passed over, and the key again", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.wait(100 * time.Millisecond)
			d.Down(d.upper, in)
			d.Focused(d.upper)
			d.Tap(d.upper, d.upper.act)
			d.wait(100 * time.Millisecond)
			d.key(d.upper, "Return")
		}, 1, 0, 0},
		{"what has the keyboard is off the screen", func(d *desk) {
			hidden := true
			d.Focused(d.upper)
			d.Blind = func(press.Thing) bool { was := hidden; hidden = false; return was }
			d.key(d.upper, "Return")
			d.wait(press.Rest)
			d.key(d.upper, "Return")
		}, 1, 0, 1},
		{"Esc that is held goes one step", func(d *desk) {
			d.KeyDown("Escape")
			d.Once("Escape", d.upper.act)
			d.Once("Escape", d.upper.act)
			d.KeyUp("Escape")
			d.KeyDown("Escape")
			d.Once("Escape", d.upper.act)
		}, 2, 0, 0},
		{"a program's goes each time", func(d *desk) {
			d.Once("Escape", d.upper.act)
			d.Once("Escape", d.upper.act)
		}, 2, 0, 0},
		{"and none while a cover was only just lifted", func(d *desk) {
			d.Wake()
			d.KeyDown("Escape")
			d.Once("Escape", d.upper.act)
		}, 0, 0, 1},
		{"by the keyboard as well, and then it is for whom it shows", func(d *desk) {
			d.Focused(d.upper)
			d.upper.aim = "p9"
			d.Forget()
			d.key(d.upper, "Return")
		}, 1, 0, 0},
		{"a letter, and after Tab the same for the next", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "B")
			d.Focused(d.lower)
			d.key(d.lower, "R")
			d.key(d.lower, "B")
		}, 1, 2, 0},
		{"a key, a press that was drawn off, and after Tab the key for the next", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.Down(d.lower, in)
			d.KeyDown("Tab")
			d.Focused(d.lower)
			d.KeyUp("Tab")
			d.key(d.lower, "Return")
		}, 1, 1, 0},
		{"a blank is typed while a dialog comes", func(d *desk) {
			d.Aside(func() { d.Focused(d.lower) })
			d.wait(450 * time.Millisecond)
			d.KeyDown("Space")
			d.KeyUp("Space")
			d.wait(450 * time.Millisecond)
			d.key(d.lower, "Return")
		}, 0, 0, 0},
		{"a key, and the same from a program", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "Return")
			d.Press(d.upper, "Return", d.upper.act)
		}, 2, 0, 0},
		{"refused for another patient, it has been looked at", func(d *desk) {
			d.Focused(d.upper)
			d.upper.aim = "p9"
			d.key(d.upper, "Return")
			d.wait(press.Rest)
			d.key(d.upper, "Return")
		}, 1, 0, 1},
		{"Enter, and Space on the next row", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("Return")
			d.Press(d.upper, "Return", func() { d.upper.act(); d.Focused(d.lower) })
			d.KeyUp("Return")
			d.wait(60 * time.Millisecond)
			d.key(d.lower, "Space")
		}, 1, 0, 1},
		{"a click, then Enter", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.Focused(d.upper)
			d.Tap(d.upper, func() { d.upper.act(); d.Focused(d.lower) })
			d.key(d.lower, "Return")
		}, 1, 0, 1},
		{"a key went down between the halves of a press that was not meant", func(d *desk) {
			d.Down(d.upper, in)
			d.KeyDown("Shift")
			d.Tap(d.upper, d.upper.act)
			d.Down(d.upper, in)
			d.KeyDown("Shift")
			d.Tap(d.upper, d.upper.act)
		}, 0, 0, 1},
		{"and of one that was", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.KeyDown("Shift")
			d.Tap(d.upper, d.upper.act)
		}, 1, 0, 0},
		{"values typed where nothing is typed, and Enter", func(d *desk) {
			d.Focused(d.upper)
			for _, k := range []press.Key{"O", "2", "4"} {
				d.stray(k)
				d.wait(900 * time.Millisecond)
			}
			d.key(d.upper, "Return")
			d.wait(1900 * time.Millisecond)
			d.key(d.upper, "A")
		}, 0, 0, 5},
		{"and Enter once the hand has paused", func(d *desk) {
			d.Focused(d.upper)
			d.stray("O")
			d.wait(press.Pause)
			d.key(d.upper, "Return")
		}, 1, 0, 1},
		{"or has gone on by Tab", func(d *desk) {
			d.Focused(d.upper)
			d.stray("O")
			d.Focused(d.lower)
			d.key(d.lower, "Return")
		}, 0, 1, 1},
		{"nothing was opened, and the hand has gone on by Tab", func(d *desk) {
			d.Focused(d.upper)
			d.Missed()
			d.Focused(d.lower)
			d.wait(time.Second)
			d.key(d.lower, "Space")
		}, 0, 1, 0},
		{"nothing was opened, and Space follows", func(d *desk) {
			d.Focused(d.upper)
			d.Missed()
			d.wait(time.Second)
			d.key(d.upper, "Space")
		}, 0, 0, 1},
		{"or typed into a field", func(d *desk) {
			d.Focused(d.upper)
			d.stray("O")
			d.Typed()
			d.key(d.lower, "Return")
		}, 0, 1, 1},
		{"or has gone somewhere by Esc", func(d *desk) {
			d.Focused(d.upper)
			d.stray("O")
			d.KeyDown("Escape")
			d.Once("Escape", func() {})
			d.KeyUp("Escape")
			d.key(d.upper, "Return")
		}, 1, 0, 1},
		{"or has clicked, on what it looked at", func(d *desk) {
			d.Over(d.lower, in, high)
			d.Focused(d.upper)
			d.stray("O")
			d.wait(press.Rest)
			d.click(d.lower, in)
			d.wait(press.Rest)
			d.key(d.upper, "R")
		}, 1, 1, 1},
		{"what an act or another goroutine types does not stray", func(d *desk) {
			d.Focused(d.upper)
			d.KeyDown("R")
			d.Press(d.upper, "R", func() { d.upper.act(); d.Astray() })
			d.Aside(d.Astray)
			d.KeyUp("R")
			d.wait(press.Rest)
			d.key(d.upper, "Return")
		}, 2, 0, 0},
		{"a program's keys do not stray", func(d *desk) {
			d.Focused(d.upper)
			d.Astray()
			d.key(d.upper, "Return")
		}, 1, 0, 0},
	}.run(t)
}

// Keys that go nowhere are heard of apart from presses that met something else: neither moved. Seen red with Astray
// and strays telling Refused.
func TestALostKeyIsNoPressOfSomethingMoved(t *testing.T) {
	d := newDesk()
	lost := 0
	d.Lost = func() { lost++ }
	d.KeyDown("X")
	d.Astray()
	d.KeyUp("X")
	d.wait(100 * time.Millisecond)
	d.key(d.upper, "B")
	d.KeyDown("Y")
	if !d.DropAstray() {
		t.Error("the next key does not stray")
	}
	if lost != 3 || d.said != 0 || len(d.upper.did) > 0 {
		t.Errorf("told of %d lost keys, of %d refused presses, acted %v", lost, d.said, d.upper.did)
	}
}
