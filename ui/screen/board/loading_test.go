package board_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/words"
)

// While the ward is read nobody knows whom a text finds: Enter in the search says that it is under way, and not that
// it found nobody. Seen red with current not asking whether the board is loading.
func TestASearchOfAWardThatLoadsHasFoundNobodyYet(t *testing.T) {
	var said []words.Message
	s, _, w := show(t, board.Actions{Unopened: func(m words.Message) { said = append(said, m) }})
	q := appboard.Query{Text: "ade"}
	s.SetQuery(q)
	s.Show(board.View{Snapshot: appboard.Snapshot{Loading: true}, Query: q})
	s.FocusSearch()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(said) != 1 || !strings.Contains(said[0].What, "still under way") {
		t.Errorf("said %q", said)
	}
}
