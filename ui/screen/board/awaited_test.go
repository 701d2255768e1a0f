package board_test

import (
	"testing"

	"fyne.io/fyne/v2"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Whoever comes to the board before its rows do finds the keyboard on the first bed once they are
// here; who has gone elsewhere meanwhile stays there, and who left the board is not called back.
// Seen red with goOnTo doing nothing, and with it not asking what has the keyboard.
func TestTheKeyboardWaitsForTheBeds(t *testing.T) {
	loading := board.View{Snapshot: appboard.Snapshot{Loading: true}}
	for name, c := range map[string]struct {
		meanwhile func(*board.Screen, fyne.Canvas)
		want      func(fyne.Focusable) bool
	}{
		"it waits": {func(*board.Screen, fyne.Canvas) {}, func(f fyne.Focusable) bool {
			tile, is := f.(*widgets.Tile)
			return is && tile.Aim() != ""
		}},
		"the search has it": {func(s *board.Screen, _ fyne.Canvas) { s.FocusSearch() }, func(f fyne.Focusable) bool {
			_, is := f.(*widgets.Entry)
			return is
		}},
		"another screen is shown": {func(s *board.Screen, _ fyne.Canvas) { s.Content().Hide() },
			func(f fyne.Focusable) bool { return f == nil }},
		"nobody came": {func(s *board.Screen, _ fyne.Canvas) { s.Clear() },
			func(f fyne.Focusable) bool { return f == nil }},
	} {
		s, v, w := show(t, board.Actions{})
		s.Show(loading)
		w.Canvas().Unfocus()
		s.FocusBeds()
		c.meanwhile(s, w.Canvas())
		s.Show(v)
		if f := w.Canvas().Focused(); !c.want(f) {
			t.Errorf("%s: the keyboard is on %T", name, f)
		}
	}
}
