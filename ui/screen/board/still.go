package board

import (
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A board that is being pointed at keeps its order for a moment: the tile that a hand
// goes to is the tile it meets. What the tiles say changes at once.
const (
	stillFor  = 2 * time.Second // since the pointer moved last
	stillMost = 5 * time.Second // however it moves: whoever gets worse comes to the top
)

// still is since when the board keeps its order for a pointer.
type still struct {
	moved time.Time // the pointer came to a bed, or moved on it
	since time.Time // the order is kept; zero while it is not
}

// pointed says that the pointer moved on a bed, or left it.
func (s *still) pointed(in bool) {
	s.moved = time.Time{}
	if in {
		s.moved = widgets.Hand().Time()
	}
}

// keeps reports whether the order stays as it is now.
func (s *still) keeps() bool {
	now := widgets.Hand().Time()
	if s.moved.IsZero() || now.Sub(s.moved) >= stillFor {
		s.since = time.Time{}
		return false
	}
	if s.since.IsZero() {
		s.since = now
	}
	return now.Sub(s.since) < stillMost
}

// inPlace is the rows in the order in which they stand on the screen; what is new comes
// after them.
func (s *Screen) inPlace(rows []board.Row) []board.Row {
	if len(s.rows) == 0 || !s.still.keeps() {
		return rows
	}
	left := make(map[bedKey]board.Row, len(rows))
	for _, r := range rows {
		left[key(r)] = r
	}
	if len(left) < len(rows) {
		return rows
	}
	out := make([]board.Row, 0, len(rows))
	for _, old := range s.rows {
		k := key(old)
		r, is := left[k]
		if !is {
			continue
		}
		out = append(out, r)
		delete(left, k)
	}
	for _, r := range rows {
		if _, is := left[key(r)]; is {
			out = append(out, r)
		}
	}
	return out
}
