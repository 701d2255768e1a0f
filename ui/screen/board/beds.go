package board

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A ward is drawn whole. Of more beds than drawnWhole, such as a hospital's, only
// those are built that are on the screen or a little off it, so that a second of news
// costs the same however many there are.
const (
	drawnWhole = 96
	offScreen  = 2 // lines above and below
)

// arrange takes the rows in their order and builds the beds to be seen. It reports
// whether other beds, or beds elsewhere, are to be drawn.
func (s *Screen) arrange() bool {
	rows := s.view.Rows
	if s.view.Snapshot.Loading {
		rows = nil
	}
	if s.view.Query == s.chosen {
		rows = s.inPlace(rows)
	}
	s.chosen = s.view.Query
	length := len(s.rows)
	had := s.shape
	s.shape.stale = true
	s.rows, s.at = rows, make(map[string]int, len(rows))
	for i, r := range rows {
		if r.Patient != "" {
			s.at[r.Patient] = i
		}
	}
	s.shape.again(s)
	s.noteFirst()
	return s.build() || len(rows) != length || !s.shape.like(had)
}

// bedKey tells the beds on the screen apart: by the patient, and an empty one by its name.
type bedKey struct{ patient, empty string }

func key(r board.Row) bedKey {
	if r.Patient == "" {
		return bedKey{empty: r.Bed}
	}
	return bedKey{patient: r.Patient}
}

// build makes the beds to be seen and drops the others. A bed on the screen belongs
// to one patient for good: it moves with that patient and is never given another.
func (s *Screen) build() bool {
	from, to := s.span()
	focused := widgets.Focused(s.grid)
	next := make(map[bedKey]bed, to-from)
	var places []int
	var objects []fyne.CanvasObject
	for i, r := range s.rows {
		k := key(r)
		b := s.beds[k]
		if i < from || i >= to {
			if b == nil || fyne.Focusable(b) != focused {
				continue // the keyboard must not lose the bed it is on
			}
		}
		if b == nil || next[k] != nil {
			b = s.newBed()
			s.mark(b, r)
		}
		s.shape.give(b)
		b.Set(r, s.view.Now)
		b.SetMine(r.Has(s.view.Me))
		b.SetSelected(r.Patient != "" && r.Patient == s.selected)
		next[k] = b
		places, objects = append(places, i), append(objects, b)
	}
	s.beds = next
	if slices.Equal(places, s.places) && slices.Equal(objects, s.grid.Objects) {
		return false
	}
	s.places, s.grid.Objects = places, objects
	return true
}

// span is which rows are on the screen, or nearly.
func (s *Screen) span() (from, to int) {
	if len(s.rows) <= drawnWhole {
		return 0, len(s.rows)
	}
	top, height := s.scroll.Seen()
	width := s.grid.Size().Width
	if width <= 0 || height <= 0 { // not laid out yet
		return 0, drawnWhole
	}
	columns, _, h, space := s.grid.Layout.(*grid).cell(width)
	first := max(int(top/(h+space))-offScreen, 0)
	last := int((top+height)/(h+space)) + 1 + offScreen
	return min(first*columns, len(s.rows)), min(last*columns, len(s.rows))
}

// reveal brings a row into view, which may be far off the screen.
func (s *Screen) reveal(i int) {
	columns, _, h, space := s.grid.Layout.(*grid).cell(max(s.grid.Size().Width, widgets.TileWidth()))
	s.scroll.RevealAt(float32(i/columns)*(h+space), h)
	if s.build() {
		s.grid.Refresh()
	}
}

// focusAt moves the keyboard to a row.
func (s *Screen) focusAt(i int) {
	s.reveal(i)
	if b := s.beds[key(s.rows[i])]; b != nil {
		widgets.Focus(b)
	}
}
