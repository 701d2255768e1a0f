package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

// bar is the countdown.
type bar struct {
	widget.BaseWidget
	part       float32
	role       theme.Role
	back, fill *canvas.Rectangle
}

func newBar() *bar {
	b := &bar{back: &canvas.Rectangle{}, fill: &canvas.Rectangle{}, role: theme.Hi}
	b.ExtendBaseWidget(b)
	return b
}

func (b *bar) set(part float32, role theme.Role) {
	if b.part != part || b.role != role {
		b.part, b.role = part, role
		b.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	style := func() {
		b.back.FillColor, b.back.CornerRadius = theme.Of(theme.Sunk), 2.5
		b.fill.FillColor, b.fill.CornerRadius = theme.Of(b.role), 2.5
	}
	style()
	return &view{
		self: b, objects: []fyne.CanvasObject{b.back, b.fill}, restyle: style,
		layout: func(s fyne.Size) {
			place(b.back, 0, 0, s.Width, s.Height)
			place(b.fill, 0, 0, s.Width*b.part, s.Height)
		},
		min: func() fyne.Size { return fyne.NewSize(20, 5) },
	}
}
