package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/wardlight/wardlight/ui/theme"
)

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
	if b.most != "" {
		most, _ := measure(b.most, b.label.TextSize, b.label.TextStyle)
		w += max(most.Width-label.Width, 0)
	}
	x, y := b.pads()
	return fyne.NewSize(w+2*x, label.Height+2*y)
}

// WidthOf is how wide the button would be with another text and no key.
func (b *Button) WidthOf(text string) float32 {
	b.MinSize() // and its renderer with it
	m, _ := measure(text, b.label.TextSize, b.label.TextStyle)
	x, _ := b.pads()
	return m.Width + 2*x
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
