package board

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

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

// keysName is what the list of keys is called, or only its key where the line of the filters has no room for
// more and the search would need a line of its own: that line is a patient's.
func (b bar) keysName(width float32) (name, about string) {
	whole, short := tongue.T("Keys F1"), "F1"
	rest := width - 2*barEdge - b.filter.MinSize().Width - gap
	if b.keys.WidthOf(whole) > rest && b.keys.WidthOf(short) <= rest {
		return short, whole
	}
	return whole, ""
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

// run lays the line out in a width, or, unless put, measures only: what is measured says nothing, as the width that
// counts may be another.
func (b bar) run(o []fyne.CanvasObject, width float32, put bool) float32 {
	const edge = barEdge
	name, about := b.keysName(width)
	if put {
		b.keys.About(about).Set(name)
	}
	size := func(c fyne.CanvasObject) fyne.Size {
		if c == fyne.CanvasObject(b.keys) {
			return fyne.NewSize(b.keys.WidthOf(name), c.MinSize().Height)
		}
		return c.MinSize()
	}
	fixed, h := float32(0), float32(0)
	for _, c := range o {
		m := size(c)
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
		w := size(c).Width
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
			if w := size(last).Width; y == 0 && c != last && x+w <= width-edge {
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
		if put {
			b.hint(room)
		}
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
