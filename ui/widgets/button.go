package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/spots"
)

// Kind is how much weight a button carries.
type Kind int

// The kinds of buttons.
const (
	Secondary Kind = iota
	Primary
	Danger
	Quiet // text only, until it is pointed at or focused
)

// Button is a button that the keyboard reaches like the mouse does: Enter and
// Space press it, a ring shows the focus, a hint names its key.
type Button struct {
	widget.BaseWidget
	Keyed

	Kind  Kind
	Small bool
	Tight bool // little room around the text: several stand in one line
	OnTap func()
	// Keys, if set, is asked first for plain keys; true means the key is used.
	Keys func(*fyne.KeyEvent) bool
	// OnFocus, if set, is told when the focus comes and goes.
	OnFocus func(bool)

	text, hint       string
	most             string // the widest text that there is room for from the start; "": its own
	about            string // what a choice is of, for a screen reader
	aim              func() string
	carrier          carrier // what lists move about with it
	in               *VScroll
	row              fyne.CanvasObject
	since, came      func() time.Time
	on               bool // drawn as the chosen one of a group
	disabled         bool
	focused, hovered bool

	box, ring   *canvas.Rectangle
	label       *canvas.Text
	words       *Label // in place of both, where the text needs several lines
	key         tag
	group       bool // part of a segmented control: no frame of its own
	first, last bool
}

var (
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Tappable      = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
	_ desktop.Mouseable  = (*Button)(nil)
	_ desktop.Keyable    = (*Button)(nil)
	_ press.Thing        = (*Button)(nil)
	_ fyne.Accessible    = (*Button)(nil)
)

// NewButton makes a button. Hint names its key, or is "".
func NewButton(kind Kind, text, hint string, tap func()) *Button {
	b := &Button{Kind: kind, text: text, hint: hint, OnTap: tap}
	b.ExtendBaseWidget(b)
	return b
}

// Named gives the button the stable name by which a test finds it.
func (b *Button) Named(name string) *Button { spots.Mark(name, b); return b }

// Chooses reports whether the button is one choice of several: pressed, it commits nothing.
func (b *Button) Chooses() bool { return b.group }

// Compact makes the button smaller and returns it.
func (b *Button) Compact() *Button { b.Small = true; return b }

// Narrow makes a compact button with little room around its text and returns it.
func (b *Button) Narrow() *Button { b.Small, b.Tight = true, true; return b }

// About says to a screen reader what the button acts on.
func (b *Button) About(what string) *Button { b.about = what; return b }

// Set changes the text.
func (b *Button) Set(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SpotText is the button's text.
func (b *Button) SpotText() string { return b.text }

// AccessibilityLabel implements fyne.Accessible.
func (b *Button) AccessibilityLabel() string {
	s := b.text
	if b.about != "" {
		s = b.about + ": " + s
	}
	if b.on {
		s += ", " + tongue.T("chosen")
	}
	return s
}

// AccessibilityRole implements fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Disabled implements fyne.Disableable.
func (b *Button) Disabled() bool { return b.disabled }

// Enable implements fyne.Disableable.
func (b *Button) Enable() { b.setDisabled(false) }

// Disable implements fyne.Disableable. The focus leaves a disabled button.
func (b *Button) Disable() { b.setDisabled(true) }

// SetEnabled enables or disables.
func (b *Button) SetEnabled(on bool) { b.setDisabled(!on) }

func (b *Button) setDisabled(d bool) {
	if b.disabled == d {
		return
	}
	b.disabled = d
	if d && b.focused {
		if c := canvasFor(b); c != nil && c.Focused() == fyne.Focusable(b) {
			c.Unfocus()
		}
	}
	b.Refresh()
}
