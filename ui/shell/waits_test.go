package shell_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// M takes nobody while the foot names another bed than the selected one, also where it names the selected one again by
// the time at which the letter has turned out to stand alone: nobody can have meant a patient who was not named. Seen
// red with M waiting whomever the foot names, and with a patient who is not in the list: the monkey found both.
func TestMTakesNobodyWhomTheFootDidNotName(t *testing.T) {
	for _, c := range []struct {
		pointed, filtered bool // at another bed; the selected one is not in the list
		taken             int
	}{{taken: 1}, {pointed: true}, {filtered: true}} {
		s, p, now := clocked(t)
		var ripe func()
		widgets.Hand().After = func(_ time.Duration, f func()) { ripe = f }
		taken := 0
		s.screens.Board = board.New(board.Actions{Mine: func(string, bool) { taken++ }})
		s.shell = shell.New(s.window, s.screens, shell.Actions{})
		v := ofTheWard()
		v.MayEdit = true
		s.screens.Board.Show(v)
		s.shell.Go(shell.Board)
		tiles := screentest.All[*widgets.Tile](s.screens.Board.Content())
		s.screens.Board.Select(tiles[0].Row().Patient)
		*now = now.Add(time.Minute)
		if c.pointed {
			tiles[1].MouseIn(&desktop.MouseEvent{})
		}
		if c.filtered {
			none := v
			none.Rows = v.Rows[1:]
			s.screens.Board.Show(none)
		}
		p.Key(fyne.KeyM, 'm')
		tiles[1].MouseOut() // the foot names the selected one again
		s.screens.Board.Show(v)
		*now = now.Add(press.Alone)
		if ripe != nil {
			widgets.Hand().Aside(ripe)
		}
		if taken != c.taken {
			t.Errorf("%+v: %d taken", c, taken)
		}
	}
}
