package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// button is a control that counts what it did, and for whom.
type button struct {
	aim   string
	moved time.Time
	did   []string
}

func (b *button) Aim() string      { return b.aim }
func (b *button) Moved() time.Time { return b.moved }
func (b *button) act()             { b.did = append(b.did, b.aim) }

// desk is a hand at a window of two buttons, one below the other, on a clock of its own.
type desk struct {
	press.Hand
	at           time.Time
	upper, lower *button
	said         int
}

var (
	high = press.Box{Width: 80, Height: 30}
	low  = press.Box{Y: 30, Width: 80, Height: 30}
	in   = press.Point{X: 40, Y: 15} // in the upper one
)

func newDesk() *desk {
	d := &desk{at: time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC), upper: &button{aim: "p1"}, lower: &button{aim: "p2"}}
	d.Now = func() time.Time { return d.at }
	d.Refused = func() { d.said++ }
	return d
}

func (d *desk) wait(t time.Duration) { d.at = d.at.Add(t) }

func (d *desk) click(b *button, where press.Point) {
	d.Down(b, where)
	d.Tap(b, b.act)
}

func (d *desk) key(b *button, k press.Key) {
	d.KeyDown(k)
	d.Press(b, k, b.act)
	d.KeyUp(k)
}

// The acts of a hand, one a line: what they do, and whether the nurse is told that they
// did nothing. Seen red with each condition of pointer.go and keyboard.go, and each line of
// the rest in press.go, taken out in turn: 55 of 55.
func TestAPressActsOnceOnWhatItWasPressedOn(t *testing.T) {
	for _, c := range []struct {
		name         string
		do           func(*desk)
		upper, lower int // how often each acted
		said         int
	}{
		{"a click", func(d *desk) { d.Over(d.upper, in, high); d.click(d.upper, in) }, 1, 0, 0},
		{"a double click is one", func(d *desk) {
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
			d.wait(200 * time.Millisecond)
			d.click(d.upper, in)
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
		{"a letter bounces, with another between", func(d *desk) {
			d.Focused(d.upper)
			d.key(d.upper, "B")
			d.key(d.upper, "R")
			d.key(d.upper, "B")
		}, 2, 0, 0},
		{"and long before", func(d *desk) {
			d.upper.moved = d.at
			d.wait(press.Settle)
			d.Over(d.upper, in, high)
			d.click(d.upper, in)
		}, 1, 0, 0},
		{"the hand scrolled it under the pointer", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Scrolled()
			d.click(d.lower, in)
		}, 0, 1, 0},
		{"and the list moved after that", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Scrolled()
			d.wait(700 * time.Millisecond)
			d.lower.moved = d.at
			d.wait(350 * time.Millisecond)
			d.click(d.lower, in)
		}, 0, 0, 1},
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
		{"another goroutine scrolled", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Aside(d.Scrolled)
			d.click(d.lower, in)
		}, 0, 0, 1},
		{"a screen reader names what it presses", func(d *desk) { d.Tap(d.upper, d.upper.act) }, 1, 0, 0},
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
		{"to choose leaves no rest", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.upper, in)
			d.Pick(d.upper, d.upper.act)
			d.click(d.upper, in)
			d.wait(press.Rest)
			d.key(d.lower, "Return")
		}, 2, 1, 0},
		{"and chooses nothing that slid here", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Down(d.lower, in)
			d.Pick(d.lower, d.lower.act)
		}, 0, 0, 1},
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
		{"by the keyboard as well, and then it is for whom it shows", func(d *desk) {
			d.Focused(d.upper)
			d.upper.aim = "p9"
			d.Forget()
			d.key(d.upper, "Return")
		}, 1, 0, 0},
		{"the place where something else was pressed rests", func(d *desk) {
			d.Over(d.upper, in, high)
			d.Tire(in)
			d.click(d.upper, in)
		}, 0, 0, 1},
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
	} {
		d := newDesk()
		c.do(d)
		if len(d.upper.did) != c.upper || len(d.lower.did) != c.lower || d.said != c.said {
			t.Errorf("%s: acted %v and %v, said %d times", c.name, d.upper.did, d.lower.did, d.said)
		}
	}
}

// The key that opens a dialog is not typed into it, however long it is held; the next one
// is. Seen red with Spent always false.
func TestAKeyThatActsIsNoText(t *testing.T) {
	d := newDesk()
	d.Focused(d.upper)
	d.KeyDown("R")
	d.Press(d.upper, "R", d.upper.act)
	if !d.Spent() {
		t.Error("the key that acted is typed, too")
	}
	d.KeyDown("N")
	if d.Spent() {
		t.Error("the next key is not typed")
	}
	d.KeyUp("R")
	if d.Newest() != "N" {
		t.Errorf("%q is down last, not N", d.Newest())
	}
	d.KeyUp("N")
	if d.Newest() != "" {
		t.Errorf("%q is down still", d.Newest())
	}
	if d.Spent() {
		t.Error("no key is down, and nothing can be typed")
	}
}

// The whole window turned to another patient under the same button. Seen red with the
// scene left out of the aim.
func TestAnotherPatientUnderTheSameButton(t *testing.T) {
	d := newDesk()
	scene := "chart of p1"
	d.Scene = func() string { return scene }
	d.Over(d.upper, in, high)
	scene = "chart of p2"
	d.click(d.upper, in)
	if len(d.upper.did) > 0 || d.said != 1 {
		t.Errorf("acted %v, said %d times", d.upper.did, d.said)
	}
}

// A control can ask before it shows itself pressed whether the press is meant, and what
// the keyboard comes to is brought onto the screen. Seen red with Meant always true, and
// with Focused asking nobody.
func TestWhatIsPressedIsMeantAndSeen(t *testing.T) {
	d := newDesk()
	if !d.Meant() {
		t.Error("no press is under way, and it is not meant")
	}
	d.Down(d.upper, in)
	if d.Meant() {
		t.Error("meant, and the pointer was never brought there")
	}
	d.wait(press.Rest)
	d.Down(d.upper, in)
	if !d.Meant() {
		t.Error("not meant the second time")
	}
	var shown []press.Thing
	d.Blind = func(b press.Thing) bool { shown = append(shown, b); return true }
	d.Focused(d.lower)
	if len(shown) != 1 || shown[0] != press.Thing(d.lower) {
		t.Errorf("brought onto the screen: %v", shown)
	}
}
