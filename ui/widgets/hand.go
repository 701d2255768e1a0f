package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/ui/press"
)

// hand is the one hand on the window; UI goroutine only.
var hand press.Hand

func init() { hand = NewHand() }

// NewHand is a hand that has done nothing yet.
func NewHand() press.Hand { return press.Hand{Blind: blind} }

// Hand decides for every control here whether a press acts. UI goroutine only.
func Hand() *press.Hand { return &hand }

func point(p fyne.Position) press.Point { return press.Point{X: p.X, Y: p.Y} }

// onto says that the pointer came onto a control.
func onto(t press.Thing, size fyne.Size, ev *desktop.MouseEvent) {
	if ev == nil {
		return
	}
	at := ev.AbsolutePosition.Subtract(ev.Position)
	hand.Over(t, point(ev.AbsolutePosition), press.Box{X: at.X, Y: at.Y, Width: size.Width, Height: size.Height})
}

// seen says where the pointer moved.
func seen(ev *desktop.MouseEvent) {
	if ev != nil {
		hand.Seen(point(ev.AbsolutePosition))
	}
}

func keyOf(ev *fyne.KeyEvent) press.Key { return press.Key(ev.Name) }

// Keyed lets a control that takes the focus say which keys are down. Whatever can have
// the focus holds one: a key that nobody saw go down counts as a program's.
type Keyed struct{}

// KeyDown implements desktop.Keyable.
func (Keyed) KeyDown(ev *fyne.KeyEvent) { hand.KeyDown(keyOf(ev)) }

// KeyUp implements desktop.Keyable.
func (Keyed) KeyUp(ev *fyne.KeyEvent) { hand.KeyUp(keyOf(ev)) }

// steady remembers when a list put a control where it is.
type steady struct {
	laid  bool
	moved time.Time
}

// to notes that the control goes from one position to another, or to its first.
func (s *steady) to(from, to fyne.Position) {
	if !s.laid || from != to {
		s.moved = hand.Time()
	}
	s.laid = true
}

// since is when a list put the control where it is, or the scroller that it stands in
// moved.
func (s *steady) since(in *VScroll) time.Time { return latest(s.moved, in.Moved()) }

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// scrolled is a control that stands in a scroller, on something that names what it is for.
type scrolled interface {
	fyne.CanvasObject
	scroller() (*VScroll, fyne.CanvasObject)
}

// worded is what stands in a scroller and says by a stretch of its words what its buttons are for.
type worded interface {
	fyne.CanvasObject
	words() (y, h float32)
}

// blind brings a control and what names it onto the screen, and reports whether what names it was off it, or the
// control where there is room for both.
func blind(t press.Thing) bool {
	o, is := t.(scrolled)
	if !is {
		return false
	}
	v, whole := o.scroller()
	if v == nil {
		return false
	}
	if c, is := whole.(worded); is {
		return v.bring(c, o)
	}
	if v.Shows(o) && v.Shows(whole) {
		return false
	}
	v.Reveal(whole)
	if !v.Shows(o) { // taller than the screen
		v.Reveal(o)
	}
	return true
}

// bring brings into view as much as it has room for of what says what a button is for: all, from its top to the
// button, from its words to the button, and at least those words; of words that are higher than the view, their
// beginning. It reports whether any of the words was off the screen.
func (v *VScroll) bring(c worded, button fyne.CanvasObject) (blind bool) {
	d := fyne.CurrentApp().Driver()
	y := func(o fyne.CanvasObject) float32 {
		return d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(v.content).Y
	}
	top := y(c)
	from, h := c.words()
	from += top
	blind = !v.Sees(from, h)
	foot := y(button) + button.Size().Height
	room := v.scroll.Size().Height - 2*v.Edge
	for _, part := range [][2]float32{{top, c.Size().Height}, {top, foot - top}, {from, foot - from}, {from, h}} {
		if part[1] <= room {
			v.RevealAt(part[0], part[1])
			return blind
		}
	}
	v.RevealAt(from, h)
	return blind
}
