package board_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A button that comes under a resting pointer has only just come, also for the patient whom it was
// for before. Seen red with foot.came not asked.
func TestAButtonThatComesBackHasJustCome(t *testing.T) {
	now := at(t)
	s, v, _ := show(t, board.Actions{Mine: func(string, bool) {}})
	v.Me, v.MayEdit = "nobody", true
	s.Show(v)
	test.Tap(tiles(s.Content())[0])
	i := slices.IndexFunc(screentest.All[*widgets.Button](s.Content()),
		func(b *widgets.Button) bool { return b.SpotText() == "Make mine" && b.Visible() })
	if i < 0 {
		t.Fatal("nobody can be taken")
	}
	b := screentest.All[*widgets.Button](s.Content())[i]
	*now = now.Add(time.Hour)
	none := v
	none.Rows = nil
	none.Snapshot.Rows = nil
	s.Show(none)
	if b.Visible() {
		t.Fatal("it stands there for nobody")
	}
	*now = now.Add(time.Hour)
	s.Show(v)
	if !b.Visible() || !b.Moved().Equal(*now) {
		t.Errorf("visible %v, since %v of %v", b.Visible(), b.Moved(), *now)
	}
}
