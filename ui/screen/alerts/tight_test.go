package alerts_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// atLow shows a storm at text 200 % in a column as low as one of a 1280x800 window with a message above it.
func atLow(t *testing.T, height float32) (*alerts.Screen, *heard, fyne.Window) {
	s, h, w := show(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, 2))
	w.Resize(fyne.NewSize(496, height)) // as wide as there, and the test window's own padding
	v := stormOf(14)
	for i := range v.Open {
		v.Open[i].Alert.Text = "Storm extra 2: bleeding from the drain"
	}
	s.Show(v)
	return s, h, w
}

// reads are those of the words on a card that are whole on the screen.
func reads(s *alerts.Screen, w fyne.Window, id string, words ...string) (all bool) {
	var seen strings.Builder
	for _, o := range screentest.Seen(s.Content(), w.Canvas().Size()) {
		if slices.Contains(o.Of, fyne.CanvasObject(s.Card(id))) && o.Whole() {
			seen.WriteString(strings.ReplaceAll(o.Text, "\u00a0", " "))
		}
	}
	for _, word := range words {
		if !strings.Contains(seen.String(), word) {
			return false
		}
	}
	return true
}

// In a column too low for a whole card the keyboard comes to a button that is on the screen, with whose the alert is,
// where, and what it says.
//
// Seen red with the card as in a high column: who is called stood above the name, and the buttons below the screen.
func TestInALowColumnTheCardIsReadWithItsButton(t *testing.T) {
	for _, height := range []float32{446, 520} {
		s, _, w := atLow(t, height)
		for n := range 6 {
			if n == 0 {
				s.FocusFirst()
			} else {
				w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			}
			id := s.Order()[n]
			if !s.Card(id).Holds(w.Canvas().Focused()) || !reads(s, w, id, "ADELEKE", "bed", "Storm extra 2: bleeding ",
				"from the drain", "Open", "Accept") {
				t.Errorf("%.0f high, card %d is not read with its buttons", height, n)
			}
		}
	}
}

// A letter takes an alert in hand only where the words of its card are on the screen; else it brings them there, and
// the next one counts.
//
// Seen red with the beginning of the card for its words: the alert was accepted whose text was below the screen.
func TestALetterActsOnlyOnWhatIsRead(t *testing.T) {
	for _, back := range []float32{60, 90, 140} {
		s, h, w := atLow(t, 430)
		s.FocusFirst()
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		id := s.Order()[1]
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.Card(id)).Y
		// A hand turns the wheel back: the card begins at the foot of the view.
		test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, 430-90-back-y)
		press := func() {
			hand := widgets.Hand()
			hand.KeyDown("A")
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyA})
			hand.KeyUp("A")
		}
		if reads(s, w, id, "from the drain") {
			t.Fatal("it can be read before")
		}
		if press(); len(h.accepted) > 0 {
			t.Fatalf("%v was accepted unread", h.accepted)
		}
		if !reads(s, w, id, "ADELEKE", "bed", "from the drain") {
			t.Error("the letter does not bring the words")
		}
	}
}
