package board

import (
	"slices"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
)

// showBedTyped says why no chart is opened where the text is the name of a bed in which nobody lies who
// was found: it is empty, or the filter hides who lies there. A bed's number may be a part of another
// patient's, who was not meant. The keyboard stays in the search, and the bed comes into view. "" is
// any other text.
func (s *Screen) showBedTyped() string {
	text := s.query.Text
	here := func(r board.Row) bool { return r.InBed(text) }
	is := func(r board.Row) bool { return r.IsBed(text) }
	if slices.ContainsFunc(s.rows, here) {
		return ""
	}
	all := s.view.Snapshot.Rows
	if n := slices.IndexFunc(all, here); n >= 0 {
		return tongue.Tf("No chart was opened: the filter hides bed %s.", all[n].Bed)
	}
	if n := slices.IndexFunc(s.rows, is); n >= 0 {
		s.reveal(n)
	}
	if n := slices.IndexFunc(all, is); n >= 0 {
		return tongue.Tf("No chart was opened: bed %s is empty.", all[n].Bed)
	}
	return ""
}
