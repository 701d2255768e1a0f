package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// button is a control that counts what it did, and for whom.
type button struct {
	aim     string
	moved   time.Time
	changed time.Time
	did     []string
}

func (b *button) Aim() string        { return b.aim }
func (b *button) Moved() time.Time   { return b.moved }
func (b *button) Changed() time.Time { return b.changed }
func (b *button) act()               { b.did = append(b.did, b.aim) }

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

// stray types a key that means nothing where the keyboard is.
func (d *desk) stray(k press.Key) {
	d.KeyDown(k)
	d.Astray()
	d.KeyUp(k)
}

// acts are what a hand does: its name, the presses, how often each button acted, and how
// often the nurse was told that a press did nothing.
type acts []struct {
	name         string
	do           func(*desk)
	upper, lower int
	said         int
}

func (all acts) run(t *testing.T) {
	for _, c := range all {
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
	d.KeyDown("Tab")
	if !d.Meant() {
		t.Error("what a key does is not meant, for the sake of a press that was not")
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

// A letter and the button that it stands for are one act within a moment, whichever comes first;
// another button, or later, is an act of its own. Seen red with Letter acting as what has the
// keyboard, and with same always false.
func TestALetterIsItsButton(t *testing.T) {
	board := &button{} // has the keyboard
	letter := func(d *desk, b *button) {
		d.KeyDown("N")
		d.Letter(board, b, "N", b.act)
		d.KeyUp("N")
	}
	at := press.Point{X: 50, Y: 50}
	click := func(d *desk, b *button) {
		d.Seen(press.Point{})
		d.Over(b, at, press.Box{X: 40, Y: 40, Width: 20, Height: 20})
		d.click(b, at)
	}
	space := func(d *desk, b *button) { d.key(b, "Space") }
	for name, c := range map[string]struct {
		first, second func(*desk, *button)
		same, next    int // how often the second acted: on the same button, on another
	}{
		"Space, letter":  {space, letter, 0, 1},
		"letter, Space":  {letter, space, 0, 0}, // Space may be for whatever has the keyboard
		"letter, click":  {letter, click, 0, 1},
		"click, letter":  {click, letter, 0, 0},  // a key that follows a click so fast is on its way elsewhere
		"letter, letter": {letter, letter, 0, 0}, // the key bounces
	} {
		for _, wait := range []time.Duration{press.Settle, press.Rest - time.Millisecond, press.Rest} {
			for _, same := range []bool{true, false} {
				d := newDesk()
				d.Focused(d.upper)
				c.first(d, d.upper)
				on, want := d.lower, c.next
				if same {
					on, want = d.upper, c.same
				}
				d.wait(wait)
				if wait == press.Rest {
					want = 1
				}
				before := len(on.did)
				c.second(d, on)
				if got := len(on.did) - before; got != want {
					t.Errorf("%s after %v, the same %v: acted %d times, want %d", name, wait, same, got, want)
				}
			}
		}
	}
}
