package board_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// at gives the hand a clock of its own.
func at(t *testing.T) *time.Time {
	t.Helper()
	now := fixture.Now
	*widgets.Hand() = widgets.NewHand()
	widgets.Hand().Now = func() time.Time { return now }
	t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() })
	return &now
}

// finder is a board whose rows come when the test lets them.
type finder struct {
	*board.Screen
	t      *testing.T
	win    fyne.Window
	asked  appboard.Query
	opened []string
}

func newFinder(t *testing.T) *finder {
	f := &finder{t: t}
	s, _, w := show(t, board.Actions{Open: func(id string) { f.opened = append(f.opened, id) },
		Query: func(q appboard.Query) { f.asked = q }})
	f.Screen, f.win = s, w
	return f
}

// small is a ward of a few patients, two of a name among them.
func small() appboard.Snapshot {
	in := fixture.Input()
	in.Beds = in.Beds[:7]
	return appboard.Build(in)
}

func (f *finder) answer() {
	snap := small()
	widgets.Hand().Aside(func() {
		f.Show(board.View{Snapshot: snap, Rows: snap.Select(f.asked), Query: f.asked, Now: fixture.Now})
	})
}

func (f *finder) enter() {
	f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func (f *finder) focused() string {
	if b, is := f.win.Canvas().Focused().(*widgets.Tile); is {
		return b.Row().Patient
	}
	return ""
}

// Enter after a quick search opens nobody whose row it did not wait for: at every pause
// between the keys and the rows, and each of several patients, it opens the one who is searched
// for, or goes to them, or does nothing. Seen red with found looking at rows of any text:
// Enter went to the sickest patient, and the next one opened her chart.
func TestQuickSearchOpensOnlyWhomItFound(t *testing.T) {
	now := at(t)
	f := newFinder(t)
	tried, wrong, opened := 0, 0, 0
	step := 1
	if screentest.Race {
		step = 6
	}
	const early = 23 // pauses that end before the rows come, after 160 ms
	for _, r := range small().Rows {
		if r.Patient == "" {
			continue
		}
		for pause := 0; pause < 72; pause += step { // of 7 ms each
			f.SetQuery(appboard.Query{})
			f.asked = appboard.Query{}
			f.answer()
			*now = now.Add(time.Hour)
			f.opened = nil
			f.FocusSearch()
			test.Type(f.win.Canvas().Focused(), r.MRN)
			if pause > early {
				f.answer()
			}
			*now = now.Add(time.Duration(max(pause-early, 0)) * 7 * time.Millisecond)
			f.enter()
			if pause <= early {
				f.answer()
			}
			tried++
			switch {
			case len(f.opened) == 1 && f.opened[0] == r.Patient:
				opened++
			case len(f.opened) > 0, f.focused() != "" && f.focused() != r.Patient:
				wrong++
			}
		}
	}
	if wrong > 0 || opened == 0 || tried < 500/step {
		t.Errorf("of %d searches %d opened or reached another patient; %d opened the right one", tried, wrong, opened)
	}
}

// Of several that are found, Enter goes to the first and opens nobody; a search that is
// begun anew replaces the old text. Seen red without the selecting of the old text.
func TestSearchAgainReplacesTheText(t *testing.T) {
	at(t)
	f := newFinder(t)
	f.FocusSearch()
	test.Type(f.win.Canvas().Focused(), "doyle")
	f.answer()
	f.enter()
	if len(f.opened) > 0 || f.focused() == "" {
		t.Errorf("opened %v, the keyboard is on %q", f.opened, f.focused())
	}
	f.FocusSearch()
	test.Type(f.win.Canvas().Focused(), "kim")
	if f.asked.Text != "kim" {
		t.Errorf("the search is for %q", f.asked.Text)
	}
}

// While a hand points at the tiles their order stays, and what they say follows; after a
// while it is as it should be, whatever the hand does. Seen red with the order never kept,
// and with it kept for ever.
func TestTheOrderStaysUnderAMovingPointer(t *testing.T) {
	now := at(t)
	s, v, w := show(t, board.Actions{})
	p := &screentest.Person{Canvas: w.Canvas()}
	first := tiles(s.Content())[0].Row().Patient
	on := fyne.CurrentApp().Driver().AbsolutePositionForObject(tiles(s.Content())[0]).AddXY(60, 40)
	p.Move(on)
	turned := v
	turned.Rows = nil
	for i := len(v.Rows) - 1; i >= 0; i-- {
		if v.Rows[i].Patient != "" {
			turned.Rows = append(turned.Rows, v.Rows[i])
		}
	}
	last := turned.Rows[0].Patient
	turned.Rows[len(turned.Rows)-1].Given = "Changed"
	s.Show(turned)
	if r := tiles(s.Content())[0].Row(); r.Patient != first || r.Given != "Changed" {
		t.Errorf("under the pointer the first tile is of %s, %s", r.Patient, r.Given)
	}
	for range 10 {
		*now = now.Add(time.Second)
		p.Move(on.AddXY(0, float32(now.Second()%7)))
		s.Show(turned)
	}
	if r := tiles(s.Content())[0].Row(); r.Patient != last {
		t.Errorf("the order was kept for 10 s: %s", r.Patient)
	}
	*now = now.Add(press.Rest)
}

// Another patient comes to stand first under the same text: Enter opens nobody whose row came
// just now. Seen red with the time of the text's first rows in its place.
func TestEnterWaitsForARowThatChanged(t *testing.T) {
	now := at(t)
	f := newFinder(t)
	f.FocusSearch()
	test.Type(f.win.Canvas().Focused(), "doyle")
	rows := small().Select(f.asked)
	if len(rows) < 2 {
		t.Fatalf("%d rows", len(rows))
	}
	only := func(i int) {
		widgets.Hand().Aside(func() {
			f.Show(board.View{Snapshot: small(), Rows: rows[i : i+1], Query: f.asked, Now: fixture.Now})
		})
	}
	only(0)
	*now = now.Add(2 * time.Second)
	only(1)
	*now = now.Add(10 * time.Millisecond)
	f.enter()
	if len(f.opened) > 0 {
		t.Errorf("opened %v", f.opened)
	}
}

// A press that is refused selects nobody: M would be for them. Seen red with the selection
// following every focus.
func TestARefusedPressSelectsNobody(t *testing.T) {
	now := at(t)
	s, v, w := show(t, board.Actions{})
	p := &screentest.Person{Canvas: w.Canvas()}
	*now = now.Add(time.Minute)
	first := fyne.CurrentApp().Driver().AbsolutePositionForObject(tiles(s.Content())[0])
	p.Move(first.AddXY(30, 30))
	p.Click()
	was := s.Selected()
	*now = now.Add(time.Minute)
	v.Rows = append([]appboard.Row{v.Rows[1], v.Rows[0]}, v.Rows[2:]...)
	s.Show(v)
	p.Click()
	if s.Selected() != was || was == "" {
		t.Errorf("selected %q, and then %q", was, s.Selected())
	}
}
