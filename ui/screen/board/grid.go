package board

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
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

// bar is the line of choices above the beds: on one line if it fits, else the
// search goes below.
type bar struct {
	filter fyne.CanvasObject
	search *widgets.Field
	keys   *widgets.Button
}

func newBar(filter, sort, mode fyne.CanvasObject, search *widgets.Field, keys *widgets.Button) *fyne.Container {
	c := widgets.Row(0, filter, sort, mode, search, keys)
	c.Layout = bar{filter, search, keys}
	return c
}

// name says what the list of keys is, or only its key where the line of the filters has no room for
// more and the search would need a line of its own: that line is a patient's.
func (b bar) name(width float32) {
	whole, short := tongue.T("Keys F1"), "F1"
	rest := width - 2*barEdge - b.filter.MinSize().Width - gap
	if b.keys.WidthOf(whole) > rest && b.keys.WidthOf(short) <= rest {
		b.keys.About(whole).Set(short)
		return
	}
	b.keys.About("").Set(whole)
}

// barEdge is beside the line. searchLeast is how wide the search is at least, before the text scale, where it would
// else take a line of its own.
const barEdge, searchLeast = 4, 100

// hint says in the empty search what it looks for, as far as that is whole.
func (b bar) hint(width float32) {
	text := tongue.T("Name, MRN, bed")
	if width < theme.Sp(130) {
		text = tongue.T("Search")
	}
	b.search.Hint(text)
}

func (b bar) run(o []fyne.CanvasObject, width float32, put bool) float32 {
	const edge = barEdge
	b.name(width)
	fixed, h := float32(0), float32(0)
	for _, c := range o {
		m := c.MinSize()
		h = max(h, m.Height)
		if c != fyne.CanvasObject(b.search) {
			fixed += m.Width + gap
		}
	}
	room := width - 2*edge - fixed
	below := room < theme.Sp(130)
	x, y, searchY := float32(edge), float32(0), float32(0)
	last, early := o[len(o)-1], false
	for _, c := range o {
		m := c.MinSize()
		w := m.Width
		if c == last && early {
			continue
		}
		if c == fyne.CanvasObject(b.search) {
			if below {
				continue
			}
			w = room
		} else if x > edge && x+w > width-edge {
			// What has room at the end of the first line leaves the second to the search.
			if w := last.MinSize().Width; y == 0 && c != last && x+w <= width-edge {
				if early = true; put {
					last.Move(fyne.NewPos(x, y))
					last.Resize(fyne.NewSize(w, h))
				}
			}
			x, y = edge, y+h+gap
		}
		if put {
			c.Move(fyne.NewPos(x, y))
			c.Resize(fyne.NewSize(w, h))
		}
		x += w + gap
	}
	if !below {
		b.hint(room)
		return y + h
	}
	if x+theme.Sp(searchLeast) <= width-edge {
		searchY = y
	} else {
		x, searchY = edge, y+h+gap
	}
	if put {
		b.hint(width - edge - x)
		b.search.Move(fyne.NewPos(x, searchY))
		b.search.Resize(fyne.NewSize(width-edge-x, h))
	}
	return searchY + h
}

func (b bar) Layout(o []fyne.CanvasObject, s fyne.Size) { b.run(o, s.Width, true) }

func (b bar) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := b.search.Size().Width
	for _, c := range o {
		w = max(w, c.Position().X+c.Size().Width)
	}
	return fyne.NewSize(theme.Sp(300), b.run(o, max(w+8, theme.Sp(300)), false))
}

// HeightFor makes the bar answer like the widgets' own layouts.
func (b bar) HeightFor(o []fyne.CanvasObject, width float32) float32 { return b.run(o, width, false) }

// HeightFor makes the grid answer like the widgets' own layouts.
func (g *grid) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	return g.height(len(g.s.rows), width)
}

// listHead names the columns of the list.
type listHead struct{ s *Screen }

func headTexts() []string {
	return []string{tongue.T("Bed"), tongue.T("Patient"), "NEWS2", tongue.T("Age, MRN"), tongue.T("RR"), "SpO₂",
		tongue.T("HR"), tongue.T("BP"), tongue.T("T"), tongue.T("Taken"), tongue.T("Next"), tongue.T("Marks")}
}

func headLabels() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, t := range headTexts() {
		out = append(out, widgets.Text(t, 12, theme.SemiBold, theme.Muted))
	}
	return out
}

func (h listHead) Layout(o []fyne.CanvasObject, s fyne.Size) {
	shape := h.s.shape.lines
	fold := shape.Folds(s.Width) // then every value carries its name
	bed, name, score, ids, signs, age, due, chips := shape.Columns(s.Width)
	for i, x := range []float32{bed, name, score, ids, signs[0], signs[1], signs[2], signs[3], signs[4],
		age, due, chips} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(o[i].MinSize())
		o[i].(*widgets.Label).Hidden = fold || i == len(o)-1 && s.Width-chips < theme.Sp(70)
	}
}

// MinSize is no height where the lines name their values themselves. It goes by
// the screen's own width: the grid's may be that of before.
func (h listHead) MinSize(o []fyne.CanvasObject) fyne.Size {
	edge, bar := widgets.ScrollRoom()
	if h.s.shape.lines.Folds(h.s.content.Size().Width - edgeLeft - edgeRight - edge - bar) {
		return fyne.Size{}
	}
	return fyne.NewSize(0, o[0].MinSize().Height)
}
