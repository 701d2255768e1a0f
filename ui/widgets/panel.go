package widgets

import (
	"image"
	"image/color"
	"math"

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
	p := &Panel{Fill: theme.Surface, Stroke: theme.Line, StrokeWidth: 1, Radius: 8, T: t, R: r, B: b, L: l, Content: content}
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
	v.objects = p.frame.objects()
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

// frame is the drawing of a panel, shared with widgets that lay out by hand.
type frame struct {
	back, fill, edge, ring *canvas.Rectangle
	dash                   *canvas.Raster
	bandW                  float32
	dashRole               theme.Role
}

func (f *frame) objects() []fyne.CanvasObject {
	f.back, f.fill = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	f.edge, f.ring = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	f.dash = canvas.NewRaster(func(w, h int) image.Image { return dashed(w, h, f.edge.CornerRadius, theme.Of(f.dashRole)) })
	return []fyne.CanvasObject{f.back, f.fill, f.edge, f.dash, f.ring}
}

func (f *frame) style(fill, stroke, band theme.Role, strokeW, bandW, radius float32, dash, ring bool) {
	f.bandW = 0
	f.back.Hidden = band == theme.None || bandW == 0
	f.fill.CornerRadius = radius
	f.fill.TopLeftCornerRadius, f.fill.BottomLeftCornerRadius = 0, 0
	f.fill.TopRightCornerRadius, f.fill.BottomRightCornerRadius = 0, 0
	if !f.back.Hidden {
		f.bandW = bandW
		f.back.FillColor = theme.Of(band)
		f.back.CornerRadius = radius
		f.fill.CornerRadius = 0
		f.fill.TopRightCornerRadius, f.fill.BottomRightCornerRadius = radius, radius
	}
	f.fill.FillColor = theme.Of(fill)
	f.edge.StrokeColor, f.edge.StrokeWidth, f.edge.CornerRadius = theme.Of(stroke), strokeW, radius
	f.edge.FillColor, f.ring.FillColor = clear(stroke), clear(theme.Act)
	f.edge.Hidden = dash || ring || stroke == theme.None || strokeW == 0
	f.fill.StrokeColor, f.fill.StrokeWidth = nil, 0
	if !f.edge.Hidden && f.back.Hidden {
		// One rectangle draws both: where there is no graphics card each one is
		// computed for every point of its area.
		f.fill.StrokeColor, f.fill.StrokeWidth, f.edge.Hidden = f.edge.StrokeColor, strokeW, true
		if fill == theme.None {
			f.fill.FillColor = f.edge.FillColor
		}
	}
	f.dash.Hidden = !dash || ring
	f.dashRole = theme.Stale
	if fill == theme.None {
		f.dashRole = theme.Line // an empty bed asks for nothing
	}
	f.ring.Hidden = !ring
	f.ring.StrokeColor, f.ring.StrokeWidth, f.ring.CornerRadius = theme.Of(theme.Act), 3, radius+1
}

func (f *frame) layout(x, y float32, s fyne.Size) {
	place(f.back, x, y, s.Width, s.Height)
	place(f.fill, x+f.bandW, y, s.Width-f.bandW, s.Height)
	place(f.edge, x, y, s.Width, s.Height)
	place(f.dash, x, y, s.Width, s.Height)
	place(f.ring, x-1, y-1, s.Width+2, s.Height+2)
}

// clear is a role's colour without any opacity. A border around plain transparent,
// which is black, would have a dark edge.
func clear(r theme.Role) color.Color {
	c := color.NRGBAModel.Convert(theme.Of(r)).(color.NRGBA)
	c.A = 0
	return c
}

// dashed draws a dashed rounded outline of one pixel.
func dashed(w, h int, radius float32, c color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := float64(radius)
	cx, cy := float64(w)/2, float64(h)/2
	put := func(x, y int) {
		// Distance to the edge of a rounded rectangle.
		px, py := math.Abs(float64(x)+.5-cx)-(cx-.5-r), math.Abs(float64(y)+.5-cy)-(cy-.5-r)
		d := math.Hypot(max(px, 0), max(py, 0)) + min(max(px, py), 0) - r
		along := x
		if px > py {
			along = y
		}
		if math.Abs(d) < .75 && along%7 < 4 {
			img.Set(x, y, c)
		}
	}
	for y := range h {
		if y <= int(r)+1 || y >= h-int(r)-2 {
			for x := range w {
				put(x, y)
			}
			continue
		}
		put(0, y)
		put(w-1, y)
	}
	return img
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
