package board

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/widgets"
)

const gap = 8

// grid lays out tiles in as many columns as fit, or lines below each other.
type grid struct{ s *Screen }

func (s *Screen) columns() int {
	if s.list {
		return 1
	}
	return max(int((s.grid.Size().Width+gap)/(widgets.TileWidth()+gap)), 1)
}

func (g *grid) cell(width float32) (columns int, w, h, space float32) {
	if g.s.list {
		return 1, width, g.s.shape.line(g.s, width).Height(width), 4
	}
	columns = max(int((width+gap)/(widgets.TileWidth()+gap)), 1)
	w = (width - gap*float32(columns-1)) / float32(columns)
	return columns, w, g.s.shape.tile(g.s, w).Height(), gap
}

func (g *grid) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if g.s.grid == nil {
		return
	}
	if g.s.build() { // the window's size says how many are to be seen
		o = g.s.grid.Objects
	}
	n, w, h, space := g.cell(size.Width)
	for at, c := range o {
		i := g.s.places[at]
		if b, is := c.(bed); is {
			g.s.shape.give(b)
		}
		c.Move(fyne.NewPos(float32(i%n)*(w+space), float32(i/n)*(h+space)))
		c.Resize(fyne.NewSize(w, h))
	}
}

func (g *grid) height(count int, width float32) float32 {
	n, _, h, space := g.cell(width)
	lines := (count + n - 1) / n
	return max(float32(lines)*(h+space)-space, 0)
}

// MinSize is asked for at the width the grid has.
func (g *grid) MinSize([]fyne.CanvasObject) fyne.Size {
	width := g.s.grid.Size().Width
	if width <= 0 {
		return fyne.NewSize(widgets.TileWidth(), 0)
	}
	return fyne.NewSize(widgets.TileWidth(), g.height(len(g.s.rows), width))
}

// HeightFor makes the grid answer like the widgets' own layouts.
func (g *grid) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	return g.height(len(g.s.rows), width)
}
