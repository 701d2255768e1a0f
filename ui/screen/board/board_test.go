package board_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

func show(t *testing.T, a board.Actions) (*board.Screen, board.View, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	s := board.New(a)
	w := test.NewTempWindow(t, s.Content())
	w.Resize(fyne.NewSize(1200, 900))
	snap := fixture.Snapshot()
	v := board.View{Snapshot: snap, Rows: snap.Select(appboard.Query{}), Now: fixture.Now}
	s.Show(v)
	return s, v, w
}

// tiles are the beds in the order they stand.
func tiles(o fyne.CanvasObject) []*widgets.Tile { return screentest.All[*widgets.Tile](o) }

// The rows turn round; the mark, the focus and Enter stay with the patient. Seen
// red with beds keyed by their index instead of the patient: the focus stayed on
// the place, where another patient had moved, and Enter opened nobody.
func TestSelectionFollowsThePatient(t *testing.T) {
	var opened []string
	s, v, w := show(t, board.Actions{Open: func(id string) { opened = append(opened, id) }})
	first := tiles(s.Content())[0]
	test.Tap(first)
	if s.Selected() != fixture.Sickest || first.Row().Patient != fixture.Sickest {
		t.Fatalf("selected %q", s.Selected())
	}
	v.Rows = slices.Clone(v.Rows)
	slices.Reverse(v.Rows)
	s.Show(v)
	if s.Selected() != fixture.Sickest {
		t.Errorf("the selection went to %q", s.Selected())
	}
	if f, ok := w.Canvas().Focused().(*widgets.Tile); !ok || f.Row().Patient != fixture.Sickest {
		t.Errorf("the focus left the patient")
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !slices.Equal(opened, []string{fixture.Sickest}) {
		t.Errorf("opened %v", opened)
	}
	for _, x := range tiles(s.Content()) {
		if x == first && x.Row().Patient != fixture.Sickest {
			t.Error("a tile was given another patient")
		}
	}
}

// One tap selects, the second opens: nobody's chart opens by a stray touch. Seen
// red with fresh turned off: the focus that comes with the tap selected, and the
// same tap opened.
func TestOneTapSelectsTheNextOpens(t *testing.T) {
	var opened []string
	s, _, _ := show(t, board.Actions{Open: func(id string) { opened = append(opened, id) }})
	second := tiles(s.Content())[1]
	test.Tap(second)
	if s.Selected() != fixture.Second {
		t.Fatalf("selected %q", s.Selected())
	}
	if len(opened) > 0 {
		t.Fatalf("opened by one tap: %v", opened)
	}
	test.Tap(second)
	if !slices.Equal(opened, []string{fixture.Second}) {
		t.Errorf("opened %v", opened)
	}
}

// Only the tile whose row changed is drawn again.
func TestOnlyChangedTilesRedraw(t *testing.T) {
	s, v, _ := show(t, board.Actions{})
	for _, x := range tiles(s.Content()) {
		if x.Set(x.Row(), v.Now) {
			t.Errorf("bed %s was drawn again though nothing changed", x.Row().Bed)
		}
	}
	x := tiles(s.Content())[0]
	r := x.Row()
	r.Cells[0].Text = "30"
	if !x.Set(r, v.Now) {
		t.Error("a changed value was not drawn")
	}
}

func TestArrowsMoveAndSkipEmptyBeds(t *testing.T) {
	s, _, w := show(t, board.Actions{})
	s.FocusBeds()
	press := func(k fyne.KeyName) string {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		f, ok := w.Canvas().Focused().(*widgets.Tile)
		if !ok {
			return ""
		}
		return f.Row().Patient
	}
	if got := press(fyne.KeyRight); got != fixture.Second {
		t.Errorf("right: %q", got)
	}
	for range 40 {
		if press(fyne.KeyRight) == "" {
			t.Fatal("an empty bed has the focus")
		}
	}
	for range 10 {
		press(fyne.KeyUp)
	}
	if _, ok := w.Canvas().Focused().(*widgets.Entry); !ok {
		t.Errorf("above the first row stands the search, not %T", w.Canvas().Focused())
	}
}

func TestSearchAsksAndEscClears(t *testing.T) {
	var asked []appboard.Query
	s, _, w := show(t, board.Actions{Query: func(q appboard.Query) { asked = append(asked, q) }})
	s.FocusSearch()
	test.Type(w.Canvas().Focused(), "doy")
	if len(asked) != 3 || asked[2].Text != "doy" {
		t.Fatalf("asked %+v", asked)
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if last := asked[len(asked)-1]; last.Text != "" {
		t.Errorf("Esc left the search at %q", last.Text)
	}
}

// Enter that is held opens a chart once. Seen red with the key acting by itself.
func TestEnterThatIsHeldOpensOnce(t *testing.T) {
	at(t)
	opened := 0
	s, _, w := show(t, board.Actions{Open: func(string) { opened++ }})
	s.FocusBeds()
	p := &screentest.Person{Canvas: w.Canvas()}
	p.KeyDown(fyne.KeyReturn)
	p.Type(fyne.KeyReturn, 0)
	p.Type(fyne.KeyReturn, 0)
	if opened != 1 {
		t.Errorf("opened %d times", opened)
	}
}
