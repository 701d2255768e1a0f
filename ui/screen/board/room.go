package board

import (
	"strconv"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The room around the board, and below its foot.
const (
	edgeTop, edgeRight, edgeLeft = 12, 3, 12
	footBelow                    = 8
)

// rowShape is how the beds stand below each other.
func (s *Screen) rowShape() widgets.RowShape {
	width := s.grid.Size().Width
	if width <= 0 {
		return widgets.RowShape{}
	}
	_, _, h, space := s.grid.Layout.(*grid).cell(width)
	r := widgets.RowShape{Step: h + space, Space: space, Above: s.aboveText, Below: tongue.T("More beds below"),
		Rest: tongue.T("No room here for values and allergies: open the chart")}
	if !s.list {
		r.Head = s.shape.tiles.Head()
	}
	return r
}

// aboveText says how many beds so many rows of the board are, from its beginning, and how many of them the score or an
// alert calls high.
func (s *Screen) aboveText(rows int) (text, short string, urgent bool) {
	beds, high := min(rows*s.columns(), len(s.rows)), 0
	for _, r := range s.rows[:beds] {
		if r.IsHigh() {
			high++
		}
	}
	text = tongue.N(beds, "%d more bed above", "%d more beds above")
	if high > 0 {
		text += ", " + tongue.Tf("%d high", high)
	}
	return text, strconv.Itoa(beds), high > 0
}

// kept is where the selected bed stands: it stays in view.
func (s *Screen) kept() (y, h float32, is bool) { return s.placeOf(s.selected) }

// placeOf is where the bed of a patient stands on the board; is tells whether it does.
func (s *Screen) placeOf(patientID string) (y, h float32, is bool) {
	i, is := s.at[patientID]
	if !is || s.grid.Size().Width <= 0 {
		return 0, 0, false
	}
	columns, _, h, space := s.grid.Layout.(*grid).cell(s.grid.Size().Width)
	return float32(i/columns) * (h + space), h, true
}

// isAway reports whether a hand scrolled away from the bed of a patient: not even whose it is can be read.
func (s *Screen) isAway(patientID string) bool {
	y, h, is := s.placeOf(patientID)
	if head := s.rowShape().Head; head > 0 {
		h = head
	}
	_, height := s.scroll.Seen()
	return is && height > 0 && !s.scroll.Sees(y, h)
}

// footRoom is how high the board is, and how much of that is left for the foot where one bed stands whole above it.
func (s *Screen) footRoom() (height, left float32) {
	if s.content == nil || s.content.Size().Height <= 0 || s.grid.Size().Width <= 0 {
		return 0, 0
	}
	height = s.content.Size().Height
	_, _, bed, _ := s.grid.Layout.(*grid).cell(s.grid.Size().Width)
	edge, _ := widgets.ScrollRoom()
	above := widgets.HeightFor(s.above, s.content.Size().Width-edgeLeft-edgeRight)
	return height, height - edgeTop - above - gap - bed - 2*edge - gap - footBelow
}
