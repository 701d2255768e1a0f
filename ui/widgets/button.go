package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
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
	about            string // what a choice is of, for a screen reader
	aim              func() string
	carrier          carrier // what lists move about with it
	in               *VScroll
	row              fyne.CanvasObject
	since            func() time.Time
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

func (b *Button) roles() (fill, stroke, ink theme.Role) {
	fill, stroke, ink = theme.Surface, theme.Line, theme.Ink
	switch {
	case b.disabled && b.on:
		return theme.N0, theme.Line, theme.N0T
	case b.disabled:
		return theme.Sunk, theme.Line, theme.Stale
	case b.on || b.Kind == Primary:
		fill, stroke, ink = theme.Act, theme.Act, theme.OnAct
		if b.hovered && !b.on {
			fill = theme.ActHover
		}
		return fill, stroke, ink
	case b.Kind == Danger:
		return theme.Hi, theme.Hi, theme.HiT
	case b.Kind == Quiet || b.group:
		fill, stroke, ink = theme.None, theme.None, theme.Muted
	}
	if b.hovered {
		fill = theme.Hover
	}
	return fill, stroke, ink
}

func (b *Button) style() {
	fill, stroke, ink := b.roles()
	b.box.FillColor, b.box.StrokeColor, b.box.StrokeWidth = theme.Of(fill), theme.Of(stroke), 1
	b.box.CornerRadius = 8
	if b.group {
		b.box.StrokeWidth = 0
		b.box.CornerRadius = 0
		r := func(on bool) float32 {
			if on {
				return 7
			}
			return 0
		}
		b.box.TopLeftCornerRadius, b.box.BottomLeftCornerRadius = r(b.first), r(b.first)
		b.box.TopRightCornerRadius, b.box.BottomRightCornerRadius = r(b.last), r(b.last)
	}
	size := float32(14)
	if b.Small {
		size = 13
	}
	b.label.Text, b.label.TextSize, b.label.TextStyle, b.label.Color = b.text, theme.Sp(size), theme.SemiBold,
		theme.Of(ink)
	b.words.Pt = size
	b.words.SetRuns(Run{Text: b.text, Style: theme.SemiBold, Role: ink})
	b.key.look = tagLook{size: 11, style: theme.SemiBold, fill: theme.Sunk, ink: theme.Muted, line: theme.Line, padX: 4,
		padY: 0.5, radius: 4}
	if fill == theme.Act || fill == theme.ActHover || fill == theme.Hi {
		b.key.look.fill, b.key.look.ink, b.key.look.line = theme.None, ink, ink
	}
	b.key.style(b.hint)
	b.key.show(b.hint != "")
	b.ring.StrokeColor, b.ring.StrokeWidth, b.ring.CornerRadius = theme.Of(theme.Act), 2, 10
	if b.group {
		// Inside the group's frame: drawn within, in the text's colour.
		b.ring.CornerRadius = 6
		b.ring.StrokeColor = theme.Of(ink)
	}
	b.ring.FillColor = clear(theme.Act)
	b.ring.Hidden = !b.focused
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.box, b.ring = &canvas.Rectangle{}, canvas.NewRectangle(color.Transparent)
	b.label, b.key = &canvas.Text{}, newTag(tagLook{})
	b.words = Runs(14).Wrapped().Centred()
	b.style()
	return &view{
		self: b, objects: []fyne.CanvasObject{b.box, b.label, b.key.box, b.key.text, b.words, b.ring},
		restyle: b.style, layout: b.layout, min: b.min,
	}
}

func (b *Button) pads() (x, y float32) {
	switch {
	case b.Tight:
		return 7, 6
	case b.Small:
		return 10, 6
	}
	return 12, 8
}

// hintGap is the room between the text and its key.
func (b *Button) hintGap() float32 {
	if b.Tight {
		return 5
	}
	return 7
}

func (b *Button) content() (w float32, label, key fyne.Size) {
	// The whole text, also where only its beginning fits.
	label, _ = measure(b.text, b.label.TextSize, b.label.TextStyle)
	w = label.Width
	if b.hint != "" {
		key = b.key.size()
		w += key.Width + b.hintGap()
	}
	return w, label, key
}

func (b *Button) min() fyne.Size {
	w, label, _ := b.content()
	x, y := b.pads()
	return fyne.NewSize(w+2*x, label.Height+2*y)
}

// folds reports whether a width has no room for the text on one line.
func (b *Button) folds(width float32) bool {
	w, _, _ := b.content()
	return w > width-3 && width > 0
}

// HeightFor implements the height at a width: a long text takes several lines.
func (b *Button) HeightFor(width float32) float32 {
	m := b.MinSize() // and its renderer with it
	if !b.folds(width) {
		return m.Height
	}
	x, y := b.pads()
	return max(m.Height, b.words.HeightFor(width-2*x)+2*y)
}

func (b *Button) layout(s fyne.Size) {
	place(b.box, 0, 0, s.Width, s.Height)
	if b.group {
		place(b.ring, 3, 3, s.Width-6, s.Height-6)
	} else {
		place(b.ring, -3, -3, s.Width+6, s.Height+6)
	}
	b.label.Text = b.text
	w, label, key := b.content()
	folds := b.folds(s.Width)
	b.words.Hidden, b.label.Hidden = !folds, folds
	b.key.show(b.hint != "" && !folds)
	if folds { // a long name
		px, _ := b.pads()
		h := b.words.HeightFor(s.Width - 2*px)
		place(b.words, px, (s.Height-h)/2, s.Width-2*px, h)
		return
	}
	x := (s.Width - w) / 2
	place(b.label, x, (s.Height-label.Height)/2, label.Width, label.Height)
	b.key.place(x+label.Width+b.hintGap(), (s.Height-key.Height)/2, key.Width, key.Height)
}
