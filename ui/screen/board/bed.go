package board

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/widgets"
)

// bed is a tile or a line.
type bed interface {
	fyne.Widget
	fyne.Focusable
	Set(board.Row, time.Time) bool
	SetSelected(bool)
	SetMine(bool)
	Row() board.Row
}

func (s *Screen) mark(b bed, r board.Row) {
	if r.Patient == "" {
		spots.Mark("board.bed."+r.Bed, b)
		return
	}
	spots.Mark("board.tile."+r.MRN, b)
	spots.Mark("board.tile."+plain(r.MRN), b)
}

func (s *Screen) newBed() bed {
	if s.list {
		l := widgets.NewLine()
		l.In = s.scroll
		l.OnSelect, l.OnOpen, l.OnMove, l.OnHover = s.Select, s.open, s.move, s.hover
		return l
	}
	t := widgets.NewTile()
	t.In = s.scroll
	t.OnSelect, t.OnOpen, t.OnMove, t.OnHover = s.Select, s.open, s.move, s.hover
	return t
}
