package board_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/fixture"
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

// Of the selected bed that a hand scrolled away the foot says that it is not in view, and no more: its reasons would be
// read as those of a bed on the screen. Keys for it bring it back and act only then, on what can be read. Seen red with
// isAway always false: the foot went on with the reasons, and both keys acted.
func TestABedThatIsScrolledAwayIsNotActedOn(t *testing.T) {
	for key, press := range map[string]func(*board.Screen){"M": (*board.Screen).ToggleMine,
		"N": (*board.Screen).AskAssign} {
		now := at(t)
		var acted []string
		s, v, w := show(t, board.Actions{Mine: func(id string, _ bool) { acted = append(acted, id) },
			Assign: func(id string) { acted = append(acted, id) }})
		refused := 0
		widgets.Hand().Refused = func() { refused++ }
		v.Me, v.MayEdit, v.MayAssign = "nobody", true, true
		s.Show(v)
		w.Resize(fyne.NewSize(1200, 500))
		first := tiles(s.Content())[0]
		test.Tap(first)
		foot := func() string { return footText(s.Content()) }
		if !strings.Contains(foot(), "NEWS2") || !strings.Contains(foot(), "Make mine") {
			t.Fatalf("the foot says %q", foot())
		}
		turn(t, s.Content(), -3000)
		if !strings.Contains(foot(), "Not in view") || !strings.Contains(foot(), "ADELEKE") ||
			strings.Contains(foot(), "NEWS2") || strings.Contains(foot(), "Make mine") || strings.Contains(foot(), "Give to") {
			t.Errorf("scrolled away the foot says %q", foot())
		}
		*now = now.Add(time.Hour)
		if press(s); len(acted) > 0 || refused != 1 {
			t.Errorf("%s acted on %q, and was refused %d times", key, acted, refused)
		}
		if _, seen := screentest.Visible(s.Content(), first, w.Canvas().Size()); seen.H < 40 ||
			!strings.Contains(foot(), "NEWS2") {
			t.Errorf("after %s %v of the bed is seen, and the foot says %q", key, seen.H, foot())
		}
		*now = now.Add(time.Hour)
		if press(s); !slices.Equal(acted, []string{fixture.Sickest}) {
			t.Errorf("in view, %s acted on %q", key, acted)
		}
	}
}

// A bed that slid away from under a resting pointer is pointed at no more: the foot turns to the selected one. Seen
// red with isAway always false.
func TestABedThatSlidAwayIsNotExplained(t *testing.T) {
	p := point(t)
	all := tiles(p.Content())
	p.Canvas.(interface{ Unfocus() }).Unfocus()
	p.Select(all[1].Row().Patient)
	p.Show(p.turned)
	p.move(1)
	if p.first != fixture.Sickest || !strings.Contains(footText(p.Content()), "ADELEKE") {
		t.Fatalf("pointed at the first, the foot says %q", footText(p.Content()))
	}
	turn(t, p.Content(), -3000)
	if said := footText(p.Content()); strings.Contains(said, "ADELEKE") || !strings.Contains(said, "Not in view") {
		t.Errorf("%q", said)
	}
}

// footText is what stands below the beds.
func footText(o fyne.CanvasObject) string {
	panels := screentest.All[*widgets.Panel](o)
	return screentest.Texts(panels[len(panels)-1])
}

// turn turns the wheel over the beds.
func turn(t *testing.T, o fyne.CanvasObject, by float32) {
	t.Helper()
	var beds fyne.Scrollable
	screentest.Walk(o, func(o fyne.CanvasObject) {
		if s, is := o.(fyne.Scrollable); is && beds == nil {
			if _, toolkit := o.(*container.Scroll); !toolkit {
				beds = s
			}
		}
	})
	if beds == nil {
		t.Fatal("nothing scrolls")
	}
	beds.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
}
