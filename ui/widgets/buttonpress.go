package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// For says whom or what the button is for at a moment, of one that is for several in
// turn: a press that began for one does nothing for another. It returns the button.
func (b *Button) For(aim func() string) *Button { b.aim = aim; return b }

// Aim implements press.Thing.
func (b *Button) Aim() string {
	if b.aim == nil {
		return ""
	}
	return b.aim()
}

// carrier is what a list moves about, with the buttons on it.
type carrier interface {
	Moved() time.Time
	scroller() (*VScroll, fyne.CanvasObject)
}

// In says which scroller the button stands in, and on what that names what it is for: off
// the screen, no key presses it. It returns the button.
func (b *Button) In(v *VScroll, row fyne.CanvasObject) *Button { b.in, b.row = v, row; return b }

func (b *Button) scroller() (*VScroll, fyne.CanvasObject) {
	if b.carrier != nil {
		return b.carrier.scroller()
	}
	return b.in, b.row
}

// Since says since when the button stands where it does, of one that comes by itself. It
// returns the button.
func (b *Button) Since(since func() time.Time) *Button { b.since = since; return b }

// Moved is when a list moved what the button stands on, or when it came.
func (b *Button) Moved() (t time.Time) {
	switch {
	case b.carrier != nil:
		t = b.carrier.Moved()
	case b.since != nil:
		t = b.since()
	}
	return latest(t, b.in.Moved())
}

// Came says since when the button stands there, of one that nobody asked for. It returns the button.
func (b *Button) Came(came func() time.Time) *Button { b.came = came; return b }

// Changed is since when the button stands for what it does: what it stands on says another thing,
// or it came by itself.
func (b *Button) Changed() (t time.Time) {
	if c, changes := b.carrier.(interface{ Changed() time.Time }); changes {
		t = c.Changed()
	}
	if b.came != nil {
		t = latest(t, b.came())
	}
	return t
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	active()
	hand.Tap(b, b.act)
}

func (b *Button) act() {
	if !b.disabled && b.OnTap != nil {
		b.OnTap()
	}
}

// MouseDown implements desktop.Mouseable.
func (b *Button) MouseDown(ev *desktop.MouseEvent) { hand.Down(b, point(ev.AbsolutePosition)) }

// MouseUp implements desktop.Mouseable.
func (b *Button) MouseUp(*desktop.MouseEvent) {}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.setFocus(true) }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.setFocus(false) }

func (b *Button) setFocus(on bool) {
	active()
	b.focused = on
	if on {
		hand.Focused(b)
	}
	if b.OnFocus != nil {
		b.OnFocus(on)
	}
	b.Refresh()
	switch {
	case !on:
		unfollow(b)
	case !hand.Pressing(): // what moves under a press is not pressed
		follow(b)
	}
}

// TypedRune implements fyne.Focusable; Space is taken as a key.
func (b *Button) TypedRune(r rune) {
	if r != ' ' {
		forwardRune(b, r)
	}
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case b.Keys != nil && b.Keys(ev):
	case ev.Name == fyne.KeyReturn, ev.Name == fyne.KeyEnter, ev.Name == fyne.KeySpace:
		active()
		hand.Press(b, keyOf(ev), b.act)
	default:
		forwardKey(b, ev)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(ev *desktop.MouseEvent) {
	active()
	onto(b, b.Size(), ev)
	b.hovered = true
	b.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(ev *desktop.MouseEvent) { seen(ev) }

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { hand.Out(b); b.hovered = false; b.Refresh() }

// Cursor implements desktop.Cursorable.
func (b *Button) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
