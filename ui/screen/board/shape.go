package board

import (
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// shapes is what tiles and lines have room for, by all rows of the ward, whatever is shown of them. While the
// ward is shown at one size they only grow, so that nothing jumps when a mark goes.
type shapes struct {
	tiles widgets.TileShape
	lines widgets.LineShape
	// tileW and lineW are for which widths, scale for which size of text they are; 0: not asked for yet.
	tileW, lineW, scale float32
	stale               bool // the rows are others since
}

func (h *shapes) scaled() {
	if h.scale != theme.Sp(1) {
		*h = shapes{scale: theme.Sp(1), stale: h.stale}
	}
}

// tile is the shape of tiles of a width.
func (h *shapes) tile(s *Screen, width float32) widgets.TileShape {
	h.scaled()
	if h.tileW != width {
		h.tileW, h.tiles = width, widgets.TileShape{}
		h.grow(s)
	}
	return h.tiles
}

// line is the shape of lines of a width.
func (h *shapes) line(s *Screen, width float32) widgets.LineShape {
	h.scaled()
	if h.lineW != width {
		h.lineW, h.lines = width, widgets.LineShape{}
		h.grow(s)
	}
	return h.lines
}

// again takes account of rows that are others.
func (h *shapes) again(s *Screen) {
	if h.stale {
		h.grow(s)
	}
}

func (h *shapes) grow(s *Screen) {
	h.stale = false
	before := *h
	h.fit(s)
	// A name has other room where another's bed, or marks, arrange the tile or the line anew.
	switch t, l := h.tiles, h.lines; {
	case t.Bed != before.tiles.Bed:
		h.tiles = widgets.TileShape{Monitors: t.Monitors, Bed: true}
		h.fit(s)
	case l.Bed != before.lines.Bed || l.Narrow != before.lines.Narrow:
		h.lines = widgets.LineShape{Bed: l.Bed, Ages: l.Ages, Narrow: l.Narrow}
		h.fit(s)
	}
}

func (h *shapes) fit(s *Screen) {
	for _, r := range s.view.Snapshot.Rows {
		mine := r.Has(s.view.Me)
		if s.list && h.lineW > 0 {
			h.lines = h.lines.Fit(r, mine, h.lineW, s.view.Now)
		} else if !s.list && h.tileW > 0 {
			h.tiles = h.tiles.Fit(r, mine, h.tileW)
		}
	}
}

func (h *shapes) like(o shapes) bool { return h.tiles == o.tiles && h.lines == o.lines }

// give tells a bed its shape.
func (h *shapes) give(b bed) {
	switch b := b.(type) {
	case *widgets.Tile:
		b.SetShape(h.tiles)
	case *widgets.Line:
		b.SetShape(h.lines)
	}
}
