package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// badge draws a NEWS2 score with its trend.
type badge struct {
	box        *canvas.Rectangle
	num, arrow *canvas.Text
	scale      float32 // 1 on tiles
	value      board.Badge
}

func newBadge(scale float32) badge {
	return badge{box: &canvas.Rectangle{}, num: &canvas.Text{}, arrow: &canvas.Text{}, scale: scale}
}

func (b *badge) style(v board.Badge) {
	b.value = v
	fill, ink := BadgeBand(v)
	b.box.FillColor, b.box.CornerRadius = theme.Of(fill), 7
	b.num.Text, b.num.TextSize, b.num.TextStyle, b.num.Color = v.Text, theme.Sp(19*b.scale), theme.Bold, theme.Of(ink)
	mark := v.Trend.Arrow()
	if v.Future || v.Zero {
		mark = "⚠" // by a set whose date cannot be true, or after a 0: no trend, and not to be taken as it is
	}
	b.arrow.Text, b.arrow.TextSize, b.arrow.TextStyle, b.arrow.Color = mark, theme.Sp(13*b.scale),
		theme.Bold, theme.Of(ink)
}

func (b *badge) size() fyne.Size {
	n, a := b.num.MinSize(), fyne.Size{}
	if b.arrow.Text != "" {
		a = b.arrow.MinSize()
		a.Width += 3
	}
	return fyne.NewSize(max(n.Width+a.Width+14*b.scale, theme.Sp(44*b.scale)), theme.Sp(27*b.scale))
}

func (b *badge) place(x, y, w, h float32) {
	place(b.box, x, y, w, h)
	n, a := b.num.MinSize(), fyne.Size{}
	gap := float32(0)
	if b.arrow.Text != "" {
		a, gap = b.arrow.MinSize(), 3
	}
	left := x + (w-n.Width-a.Width-gap)/2
	place(b.num, left, y+(h-n.Height)/2, n.Width, n.Height)
	place(b.arrow, left+n.Width+gap, y+(h-a.Height)/2+theme.Sp(1.5*b.scale), a.Width, a.Height)
}

func (b *badge) objects() []fyne.CanvasObject { return []fyne.CanvasObject{b.box, b.num, b.arrow} }

func (b *badge) show(on bool) { b.box.Hidden, b.num.Hidden, b.arrow.Hidden = !on, !on, !on }

// Badge is a NEWS2 score as a widget of its own.
type Badge struct {
	widget.BaseWidget
	badge badge
}

// NewBadge makes a badge; scale 1 is the size on a tile.
func NewBadge(v board.Badge, scale float32) *Badge {
	b := &Badge{badge: newBadge(scale)}
	b.badge.value = v
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the score.
func (b *Badge) Set(v board.Badge) {
	if b.badge.value == v {
		return
	}
	b.badge.value = v
	b.Refresh()
}

// SpotText is the score as text.
func (b *Badge) SpotText() string { return b.badge.value.Text }

// CreateRenderer implements fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	b.badge.style(b.badge.value)
	return &view{
		self: b, objects: b.badge.objects(),
		layout:  func(s fyne.Size) { b.badge.place(0, 0, s.Width, s.Height) },
		min:     b.badge.size,
		restyle: func() { b.badge.style(b.badge.value) },
	}
}
