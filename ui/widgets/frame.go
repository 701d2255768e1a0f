package widgets

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/wardlight/wardlight/ui/theme"
)

// frame is the drawing of a panel, shared with widgets that lay out by hand: an area
// with round corners, a border and a band at the left.
//
// Where there is no graphics card the areas are nearly all that a picture costs, and a
// round one costs half as much again as a plain one, in every point of it and not in its
// corners only. So area and border are one rectangle, and what is hidden is not drawn:
// the band reaches no further than its own corners.
type frame struct {
	back, fill, ring *canvas.Rectangle
	dash             *canvas.Raster
	dashRole         theme.Role
	bandW            float32
}

// objects are those to be drawn before what the frame holds, and the ring that may be
// drawn over it.
func (f *frame) objects() (body []fyne.CanvasObject, ring fyne.CanvasObject) {
	f.back, f.fill, f.ring = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent),
		canvas.NewRectangle(color.Transparent)
	f.dash = canvas.NewRaster(func(w,
		h int) image.Image {
		return dashed(w, h, f.fill.TopRightCornerRadius, theme.Of(f.dashRole))
	})
	return []fyne.CanvasObject{f.back, f.fill, f.dash}, f.ring
}

func (f *frame) style(fill, stroke, band theme.Role, strokeW, bandW, radius float32, dash, ring bool) {
	left := radius
	f.bandW = 0
	f.back.Hidden = band == theme.None || bandW == 0
	if !f.back.Hidden {
		f.bandW, left = bandW, 0
		f.back.FillColor = theme.Of(band)
		f.back.TopLeftCornerRadius, f.back.BottomLeftCornerRadius = radius, radius
	}
	f.fill.TopLeftCornerRadius, f.fill.BottomLeftCornerRadius = left, left
	f.fill.TopRightCornerRadius, f.fill.BottomRightCornerRadius = radius, radius
	f.fill.FillColor, f.fill.StrokeColor, f.fill.StrokeWidth = theme.Of(fill), nil, 0
	if !dash && !ring && stroke != theme.None && strokeW > 0 {
		f.fill.StrokeColor, f.fill.StrokeWidth = theme.Of(stroke), strokeW
		if fill == theme.None {
			f.fill.FillColor = clear(stroke)
		}
	}
	f.dash.Hidden = !dash || ring
	f.dashRole = theme.Stale
	if fill == theme.None {
		f.dashRole = theme.Line // an empty bed asks for nothing
	}
	f.ring.Hidden = !ring
	f.ring.FillColor = clear(theme.Act)
	f.ring.StrokeColor, f.ring.StrokeWidth, f.ring.CornerRadius = theme.Of(theme.Act), 3, radius+1
}

func (f *frame) layout(x, y float32, s fyne.Size) {
	place(f.back, x, y, min(max(f.fill.TopRightCornerRadius, f.bandW)+1, s.Width), s.Height)
	place(f.fill, x+f.bandW, y, s.Width-f.bandW, s.Height)
	place(f.dash, x, y, s.Width, s.Height)
	place(f.ring, x-1, y-1, s.Width+2, s.Height+2)
}

// clear is a role's colour without any opacity. A border around plain transparent, which
// is black, would have a dark edge.
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
