package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

const (
	floatEdge = 8   // around what floats
	floatMost = 0.7 // of the scroller's height: what is higher stays at its place
)

// floating is the end of a form, such as its Save: where it would be below what is seen of its scroller, it
// floats at the lower edge, over the form's fields.
type floating struct {
	v      *VScroll
	box    *fyne.Container
	ground *ground
	inner  fyne.CanvasObject
	form   fyne.CanvasObject
	lid    *lid // nil: none
	floats bool
}

// Afloat keeps the end of a form in view while any of the form is.
func (v *VScroll) Afloat(form, end fyne.CanvasObject) fyne.CanvasObject {
	f := &floating{v: v, form: form, inner: end, ground: newGround()}
	f.box = container.New(f, f.ground, end)
	v.afloat = append(v.afloat, f)
	return f.box
}

// Layout implements fyne.Layout; the scroller says later where it floats.
func (f *floating) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	f.inner.Resize(s)
	if f.cover(); !f.floats {
		f.put(0)
	}
}

// MinSize implements fyne.Layout.
func (f *floating) MinSize([]fyne.CanvasObject) fyne.Size { return f.inner.MinSize() }

// HeightFor is that of the end at a width.
func (f *floating) HeightFor(_ []fyne.CanvasObject, w float32) float32 { return HeightFor(f.inner, w) }

func (f *floating) put(up float32) {
	f.floats = up > 0
	f.inner.Move(fyne.NewPos(0, -up))
	f.cover()
	if f.ground.Hidden == f.floats {
		f.ground.Hidden = !f.floats
		f.ground.Refresh()
	}
}

// float moves what floats to the lower edge of what is seen, or back to its place.
func (v *VScroll) float() {
	d := fyne.CurrentApp().Driver()
	for _, f := range v.afloat {
		at, h := d.AbsolutePositionForObject(f.box), f.box.Size().Height
		if at.IsZero() || !f.inner.Visible() || h <= 0 {
			f.put(0)
			continue
		}
		from, seen := d.AbsolutePositionForObject(v.scroll).Y, v.scroll.Size().Height
		up := at.Y + h + floatEdge - (from + seen)
		begins := d.AbsolutePositionForObject(f.form).Y - from
		if h > seen*floatMost || begins > seen-h-2*floatEdge-theme.Sp(20) {
			up = 0
		}
		f.put(max(up, 0))
	}
	for _, f := range v.afloat {
		f.checkSight()
	}
}

// ground is what lies between what floats and the fields that it covers: a press on it is none on them.
type ground struct {
	widget.BaseWidget
	box, line *canvas.Rectangle
}

var _ desktop.Mouseable = (*ground)(nil)

func newGround() *ground {
	g := &ground{box: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	g.ExtendBaseWidget(g)
	g.Hide()
	return g
}

// Covers says that nothing that lies under it can be seen.
func (g *ground) Covers() bool { return true }

// MouseDown implements desktop.Mouseable.
func (g *ground) MouseDown(*desktop.MouseEvent) {}

// MouseUp implements desktop.Mouseable.
func (g *ground) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	v := &view{self: g, objects: []fyne.CanvasObject{g.box, g.line},
		layout: func(s fyne.Size) { place(g.box, 0, 0, s.Width, s.Height); place(g.line, 0, 0, s.Width, 1) },
		min:    func() fyne.Size { return fyne.Size{} },
		restyle: func() {
			g.box.FillColor, g.line.FillColor = theme.Of(theme.Surface), theme.Of(theme.Line)
		}}
	v.restyle()
	return v
}
