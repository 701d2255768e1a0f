package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

// Panel is a rounded area with an optional coloured band at its left edge, a
// border (whole or dashed) and content.
type Panel struct {
	widget.BaseWidget

	Fill, Stroke, Band theme.Role
	StrokeWidth        float32
	BandWidth          float32
	Radius             float32
	Dashed             bool
	// Ring draws a selection or focus outline over the border.
	Ring       bool
	T, R, B, L float32 // room around the content
	Content    fyne.CanvasObject

	frame frame
}

// NewPanel is a card: surface, hairline, radius 8.
func NewPanel(t, r, b, l float32, content fyne.CanvasObject) *Panel {
	p := &Panel{Fill: theme.Surface, Stroke: theme.Line, StrokeWidth: 1, Radius: 8, T: t, R: r, B: b, L: l,
		Content: content}
	p.ExtendBaseWidget(p)
	return p
}

// HeightFor is the height of the content and the room around it.
func (p *Panel) HeightFor(w float32) float32 {
	if p.Content == nil {
		return p.T + p.B
	}
	return HeightFor(p.Content, w-p.L-p.R) + p.T + p.B
}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	v := &view{self: p}
	body, ring := p.frame.objects()
	v.objects = append(body, ring)
	if p.Content != nil {
		v.objects = append(v.objects, p.Content)
	}
	v.restyle = func() {
		p.frame.style(p.Fill, p.Stroke, p.Band, p.StrokeWidth, p.BandWidth, p.Radius, p.Dashed, p.Ring)
	}
	v.restyle()
	v.layout = func(s fyne.Size) {
		p.frame.layout(0, 0, s)
		if p.Content != nil {
			place(p.Content, p.L, p.T, s.Width-p.L-p.R, s.Height-p.T-p.B)
		}
	}
	v.min = func() fyne.Size {
		m := fyne.Size{}
		if p.Content != nil {
			m = p.Content.MinSize()
		}
		return m.AddWidthHeight(p.L+p.R, p.T+p.B)
	}
	return v
}

// Rule is a hairline.
type Rule struct {
	widget.BaseWidget
	role theme.Role
	wide float32
}

// NewRule is a horizontal hairline in the border colour.
func NewRule() *Rule {
	r := &Rule{role: theme.Line, wide: 1}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	box := canvas.NewRectangle(theme.Of(r.role))
	return &view{
		self: r, objects: []fyne.CanvasObject{box},
		layout:  func(s fyne.Size) { place(box, 0, 0, s.Width, s.Height) },
		min:     func() fyne.Size { return fyne.NewSize(1, r.wide) },
		restyle: func() { box.FillColor = theme.Of(r.role) },
	}
}
