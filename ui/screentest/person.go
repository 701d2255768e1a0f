package screentest

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Person sits at a canvas with a pointer and a keyboard. Whatever they do reaches the
// widgets as the desktop driver brings it: the pointer is told of what it comes onto only
// when it is moved, a button down gives the focus, or takes it, before a button up taps, and a key goes
// down, is typed, is a rune, and comes up. UI goroutine only.
type Person struct {
	Canvas fyne.Canvas
	// Nobody hears keys go down and come up while nothing has the focus, where the canvas
	// itself has nobody to tell; may be nil.
	Nobody Keys

	at   fyne.Position
	over desktop.Hoverable
	down fyne.CanvasObject
}

// Keys hears keys go down and come up.
type Keys interface {
	KeyDown(*fyne.KeyEvent)
	KeyUp(*fyne.KeyEvent)
}

// At is where the pointer is.
func (p *Person) At() fyne.Position { return p.at }

// find is the innermost object under the pointer of which is says yes, and the place in it.
func (p *Person) find(is func(fyne.CanvasObject) bool) (found fyne.CanvasObject, in fyne.Position) {
	root := p.Canvas.Content()
	if top := p.Canvas.Overlays().Top(); top != nil {
		root = top
	}
	Within(root, func(o fyne.CanvasObject, at fyne.Position, seen Rect) {
		if seen.Holds(p.at) && is(o) {
			found, in = o, p.at.Subtract(at)
		}
	})
	return found, in
}

// Under is the innermost object under the pointer that can be pressed, or nil.
func (p *Person) Under() fyne.CanvasObject {
	o, _ := p.find(pressable)
	return o
}

func pressable(o fyne.CanvasObject) bool {
	switch o.(type) {
	case fyne.Tappable, fyne.Focusable, desktop.Mouseable:
		return true
	}
	return false
}

// Move brings the pointer to a place.
func (p *Person) Move(to fyne.Position) {
	p.at = to
	o, in := p.find(func(o fyne.CanvasObject) bool { _, is := o.(desktop.Hoverable); return is })
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: to, Position: in}}
	switch h, is := o.(desktop.Hoverable); {
	case is && h == p.over:
		h.MouseMoved(ev)
	default:
		if p.over != nil {
			p.over.MouseOut()
		}
		if p.over = h; is {
			h.MouseIn(ev)
		}
	}
}

// Press puts the button down, Release lets it come up.
func (p *Person) Press() {
	o, in := p.find(pressable)
	p.down = o
	if m, is := o.(desktop.Mouseable); is {
		m.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: p.at, Position: in},
			Button: desktop.MouseButtonPrimary})
	}
	f, is := o.(fyne.Focusable)
	switch {
	case !is:
		p.Canvas.Unfocus()
	case f != p.Canvas.Focused():
		p.Canvas.Focus(f)
	}
}

// Release lets the button come up: a tap where it is still on what it went down on.
func (p *Person) Release() {
	o, in := p.find(pressable)
	ev := fyne.PointEvent{AbsolutePosition: p.at, Position: in}
	if m, is := o.(desktop.Mouseable); is {
		m.MouseUp(&desktop.MouseEvent{PointEvent: ev, Button: desktop.MouseButtonPrimary})
	}
	if _, is := o.(fyne.Focusable); !is {
		p.Canvas.Unfocus()
	}
	if t, is := o.(fyne.Tappable); is && o == p.down {
		t.Tapped(&ev)
	}
	p.down = nil
}

// Click presses and releases.
func (p *Person) Click() { p.Press(); p.Release() }

// Key presses a key that writes a rune, or 0 for none, and lets it come up.
func (p *Person) Key(k fyne.KeyName, r rune) {
	p.KeyDown(k)
	p.Type(k, r)
	p.KeyUp(k)
}

// KeyDown says that a key went down; Type must follow, for a key that is held again and
// again.
func (p *Person) KeyDown(k fyne.KeyName) {
	p.keyed(k, Keys.KeyDown, desktop.Canvas.OnKeyDown)
}

// KeyUp says that a key came up.
func (p *Person) KeyUp(k fyne.KeyName) { p.keyed(k, Keys.KeyUp, desktop.Canvas.OnKeyUp) }

func (p *Person) keyed(k fyne.KeyName, tell func(Keys, *fyne.KeyEvent),
	nobody func(desktop.Canvas) func(*fyne.KeyEvent)) {
	ev := &fyne.KeyEvent{Name: k}
	switch f := p.Canvas.Focused().(type) {
	case nil:
		if d, is := p.Canvas.(desktop.Canvas); is && nobody(d) != nil {
			nobody(d)(ev)
		} else if p.Nobody != nil {
			tell(p.Nobody, ev)
		}
	case Keys:
		tell(f, ev)
	}
}

// Type is what a key that is down does: it is typed, and is a rune if it writes one.
func (p *Person) Type(k fyne.KeyName, r rune) {
	if t, is := p.Canvas.Focused().(fyne.Tabbable); k == fyne.KeyTab && (!is || !t.AcceptsTab()) {
		p.Canvas.(interface{ FocusNext() }).FocusNext()
		return
	}
	ev := &fyne.KeyEvent{Name: k}
	if f := p.Canvas.Focused(); f != nil {
		f.TypedKey(ev)
	} else if do := p.Canvas.OnTypedKey(); do != nil {
		do(ev)
	}
	if r == 0 {
		return
	}
	if f := p.Canvas.Focused(); f != nil {
		f.TypedRune(r)
	} else if do := p.Canvas.OnTypedRune(); do != nil {
		do(r)
	}
}

// Write types a text, a key a rune.
func (p *Person) Write(text string) {
	for _, r := range text {
		p.Key(KeyOf(r), r)
	}
}

// KeyOf is the key that writes a rune on an English keyboard.
func KeyOf(r rune) fyne.KeyName {
	switch {
	case r == ' ':
		return fyne.KeySpace
	case r >= 'a' && r <= 'z':
		return fyne.KeyName(r - 'a' + 'A')
	}
	return fyne.KeyName(r)
}

// Rect is a part of the window.
type Rect struct {
	fyne.Position
	fyne.Size
}

// Holds reports whether a point is in the part.
func (r Rect) Holds(p fyne.Position) bool {
	return p.X >= r.X && p.Y >= r.Y && p.X < r.X+r.Width && p.Y < r.Y+r.Height
}

// And is what two parts have in common.
func (r Rect) And(o Rect) Rect {
	x, y := max(r.X, o.X), max(r.Y, o.Y)
	return Rect{fyne.NewPos(x, y), fyne.NewSize(max(min(r.X+r.Width, o.X+o.Width)-x, 0),
		max(min(r.Y+r.Height, o.Y+o.Height)-y, 0))}
}

// Within visits o and all that is drawn of it, outer before inner, with its place in the
// window and the part of it that no scroller cuts off.
func Within(o fyne.CanvasObject, visit func(o fyne.CanvasObject, at fyne.Position, seen Rect)) {
	all := Rect{Size: fyne.NewSize(1e6, 1e6)}
	var walk func(o fyne.CanvasObject, base fyne.Position, clip Rect)
	walk = func(o fyne.CanvasObject, base fyne.Position, clip Rect) {
		if o == nil || !o.Visible() {
			return
		}
		at := base.Add(o.Position())
		own := Rect{at, o.Size()}
		visit(o, at, own.And(clip))
		var inner []fyne.CanvasObject
		switch o := o.(type) {
		case *fyne.Container:
			inner = o.Objects
		case fyne.Widget:
			inner = test.WidgetRenderer(o).Objects()
		}
		if clips(o) {
			clip = own.And(clip)
		}
		for _, c := range slices.Clone(inner) {
			walk(c, at, clip)
		}
	}
	walk(o, fyne.Position{}, all)
}

func clips(o fyne.CanvasObject) bool { _, is := o.(fyne.Scrollable); return is }
