package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/ui/press"
)

// Aim implements press.Thing: a bed with its patient is for that patient for good.
func (b *Bed) Aim() string { return b.row.Patient }

func (b *Bed) hover(self press.Thing, in bool, ev *desktop.MouseEvent) {
	active()
	b.hovered = in
	if in {
		onto(self, b.Size(), ev)
	} else {
		hand.Out(self)
	}
	if b.OnHover != nil {
		b.OnHover(b.row.Patient, in)
	}
}

// pressed is a bed as the keyboard and the pointer know it.
type pressed interface {
	fyne.Focusable
	press.Thing
}

// tapped: the first tap selects, a tap on the selected patient opens. The window
// gives the focus before the tap, and the selection follows the focus, so a
// selection that came only with this tap does not count as one to open.
func (b *Bed) tapped(self pressed) {
	if b.row.Patient == "" {
		return
	}
	Focus(self)
	if b.selected && !b.fresh && b.OnOpen != nil {
		hand.Tap(self, b.open)
		return
	}
	b.fresh = false
	hand.Pick(self, b.choose)
}

func (b *Bed) open() {
	if b.OnOpen != nil && b.row.Patient != "" {
		b.OnOpen(b.row.Patient)
	}
}

func (b *Bed) gainFocus(self press.Thing) {
	hand.Focused(self)
	b.focused = true
	b.fresh = !b.selected
	if hand.Meant() { // a press that is refused selects nobody
		b.choose()
	}
}

func (b *Bed) choose() {
	if b.OnSelect != nil && b.row.Patient != "" {
		b.OnSelect(b.row.Patient)
	}
}

func (b *Bed) key(self interface {
	fyne.CanvasObject
	press.Thing
}, ev *fyne.KeyEvent) {
	active()
	move := func(dx, dy int) {
		if b.OnMove != nil {
			b.OnMove(b.row.Patient, dx, dy)
		}
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		hand.Press(self, keyOf(ev), b.open)
	case fyne.KeyLeft:
		move(-1, 0)
	case fyne.KeyRight:
		move(1, 0)
	case fyne.KeyUp:
		move(0, -1)
	case fyne.KeyDown:
		move(0, 1)
	default:
		forwardKey(self, ev)
	}
}

func cursorFor(patient string) desktop.Cursor {
	if patient == "" {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Disabled keeps empty beds out of the keyboard's way.
func (b *Bed) Disabled() bool { return b.row.Patient == "" }

// Enable implements fyne.Disableable.
func (b *Bed) Enable() {}

// Disable implements fyne.Disableable.
func (b *Bed) Disable() {}

// MouseMoved implements desktop.Hoverable.
func (b *Bed) MouseMoved(ev *desktop.MouseEvent) {
	active()
	seen(ev)
	if b.OnHover != nil {
		b.OnHover(b.row.Patient, true)
	}
}

// MouseUp implements desktop.Mouseable.
func (b *Bed) MouseUp(*desktop.MouseEvent) {}

// Cursor implements desktop.Cursorable.
func (b *Bed) Cursor() desktop.Cursor { return cursorFor(b.row.Patient) }
