package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// writer is a desk on which letters wait, on a clock that the test turns.
func writer(d *desk) (letter func(b *button, k press.Key), pass func(time.Duration)) {
	type timer struct {
		at time.Time
		do func()
	}
	var timers []timer
	d.After = func(t time.Duration, f func()) { timers = append(timers, timer{d.at.Add(t), f}) }
	letter = func(b *button, k press.Key) {
		d.KeyDown(k)
		d.Alone(b, b, k, b.act)
		d.KeyUp(k)
	}
	pass = func(t time.Duration) {
		d.wait(t)
		for len(timers) > 0 && !timers[0].at.After(d.at) {
			first := timers[0]
			timers = timers[1:]
			d.Aside(first.do)
		}
	}
	return letter, pass
}

// A letter that the record keeps acts where it stands alone, and on what it was pressed for; the first letter of a
// name does nothing, and that is said. Seen red with each case of next taken out in turn, with each condition of ripen,
// and with the second letter not awaited anew.
func TestALetterThatStandsAlone(t *testing.T) {
	type hand struct {
		*desk
		letter func(*button, press.Key)
		pass   func(time.Duration)
	}
	far := press.Point{X: 40, Y: 45}
	for _, c := range []struct {
		name         string
		do           func(hand)
		upper, lower int
		said         int
	}{
		{"alone", func(h hand) { h.letter(h.upper, "A"); h.pass(press.Alone) }, 1, 0, 0},
		{"before it is known to be", func(h hand) { h.letter(h.upper, "A"); h.pass(press.Alone - 1) }, 0, 0, 0},
		{"a name", func(h hand) {
			for _, k := range []press.Key{"A", "N", "N", "A"} {
				h.letter(h.upper, k)
				h.pass(200 * time.Millisecond)
			}
			h.pass(press.Pause)
		}, 0, 0, 4},
		{"a name that begins with two of them", func(h hand) {
			for _, k := range []press.Key{"A", "A", "R", "O", "N"} {
				h.letter(h.upper, k)
				h.pass(200 * time.Millisecond)
			}
			h.pass(press.Pause)
		}, 0, 0, 4},
		{"a number", func(h hand) {
			h.letter(h.upper, "M")
			h.pass(100 * time.Millisecond)
			h.KeyDown("7")
			h.KeyUp("7")
			h.pass(time.Minute)
		}, 0, 0, 1},
		{"a name, a pause, and the letter", func(h hand) {
			h.letter(h.upper, "A")
			h.pass(200 * time.Millisecond)
			h.letter(h.upper, "N")
			h.pass(press.Pause)
			h.letter(h.upper, "A")
			h.pass(press.Alone)
		}, 1, 0, 2},
		{"twice is once", func(h hand) {
			h.letter(h.upper, "A")
			h.pass(100 * time.Millisecond)
			h.letter(h.upper, "A")
			h.pass(time.Minute)
		}, 1, 0, 0},
		{"Esc takes it back", func(h hand) {
			h.letter(h.upper, "A")
			h.KeyDown("Escape")
			h.pass(time.Minute)
		}, 0, 0, 1},
		{"so does Backspace", func(h hand) {
			h.letter(h.upper, "A")
			h.KeyDown("BackSpace")
			h.pass(time.Minute)
		}, 0, 0, 1},
		{"held, it acts once", func(h hand) {
			h.KeyDown("A")
			for range 40 {
				h.Alone(h.upper, h.upper, "A", h.upper.act)
				h.pass(30 * time.Millisecond)
			}
		}, 1, 0, 0},
		{"held again, it acts once", func(h hand) {
			h.letter(h.upper, "A")
			h.KeyDown("A")
			for range 40 {
				h.Alone(h.upper, h.upper, "A", h.upper.act)
				h.pass(30 * time.Millisecond)
			}
		}, 1, 0, 0},
		{"where it leads, the keyboard rests", func(h hand) {
			h.KeyDown("A")
			h.Alone(h.upper, h.upper, "A", func() { h.upper.act(); h.Focused(h.lower) })
			h.KeyUp("A")
			h.pass(press.Alone)
			h.key(h.lower, "Return")
		}, 1, 0, 1},
		{"a way of the keyboard comes after it", func(h hand) {
			h.letter(h.upper, "A")
			h.KeyDown("Tab")
			if len(h.upper.did) != 1 {
				t.Error("Tab went first")
			}
		}, 1, 0, 0},
		{"so does the search", func(h hand) { h.letter(h.upper, "A"); h.KeyDown("/") }, 1, 0, 0},
		{"so does a shortcut", func(h hand) { h.letter(h.upper, "A"); h.KeyDown("LeftControl"); h.KeyDown("L") }, 1, 0, 0},
		{"Shift is no way", func(h hand) { h.letter(h.upper, "A"); h.KeyDown("LeftShift") }, 0, 0, 0},
		{"nor does it write", func(h hand) {
			h.letter(h.upper, "A")
			h.KeyDown("LeftShift")
			h.pass(press.Alone)
		}, 1, 0, 0},
		{"so does a click", func(h hand) {
			h.Over(h.lower, far, low)
			h.letter(h.upper, "A")
			h.pass(100 * time.Millisecond)
			h.Down(h.lower, far)
			if len(h.upper.did) != 1 {
				t.Error("the click went first")
			}
		}, 1, 0, 0},
		{"a click for the same is the same", func(h hand) {
			h.Over(h.upper, in, high)
			h.letter(h.upper, "A")
			h.pass(100 * time.Millisecond)
			h.click(h.upper, in)
			h.pass(time.Minute)
		}, 1, 0, 0},
		{"it is another's by then", func(h hand) {
			h.letter(h.upper, "A")
			h.pass(100 * time.Millisecond)
			h.upper.aim = "p9"
			h.pass(press.Alone)
		}, 0, 0, 1},
		{"it says another thing by then", func(h hand) {
			h.letter(h.upper, "A")
			h.pass(100 * time.Millisecond)
			h.upper.changed = h.at
			h.pass(press.Alone)
		}, 0, 0, 1},
		{"what it was on has gone", func(h hand) {
			h.letter(h.upper, "A")
			h.pass(100 * time.Millisecond)
			h.Aside(func() { h.Focused(h.lower) })
			h.pass(press.Alone)
		}, 0, 0, 1},
		{"of a program it acts at once", func(h hand) { h.Alone(h.upper, h.upper, "A", h.upper.act) }, 1, 0, 0},
	} {
		d := newDesk()
		letter, pass := writer(d)
		d.Focused(d.upper)
		c.do(hand{d, letter, pass})
		if len(d.upper.did) != c.upper || len(d.lower.did) != c.lower || d.said != c.said {
			t.Errorf("%s: acted %v and %v, said %d times", c.name, d.upper.did, d.lower.did, d.said)
		}
	}
}
