package board

import (
	"slices"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
)

// bedTyped says why no chart is opened where the text is the name of a bed in which nobody lies who
// was found: it is empty, or the filter hides who lies there. A bed's number may be a part of another
// patient's, who was not meant. "" is any other text. row is where the empty bed stands, -1 for nowhere.
func (s *Screen) bedTyped() (why string, row int) {
	text := s.query.Text
	here := func(r board.Row) bool { return r.InBed(text) }
	is := func(r board.Row) bool { return r.IsBed(text) }
	if slices.ContainsFunc(s.rows, here) {
		return "", -1
	}
	all := s.view.Snapshot.Rows
	if n := slices.IndexFunc(all, here); n >= 0 {
		return tongue.Tf("No chart was opened: the filter hides bed %s.", all[n].Bed), -1
	}
	if n := slices.IndexFunc(all, is); n >= 0 {
		return tongue.Tf("No chart was opened: bed %s is empty.", all[n].Bed), slices.IndexFunc(s.rows, is)
	}
	return "", -1
}

// showBedTyped is [Screen.bedTyped], and brings the empty bed into view. The keyboard stays in the search.
func (s *Screen) showBedTyped() string {
	why, row := s.bedTyped()
	if row >= 0 {
		s.reveal(row)
	}
	return why
}
