package alerts_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
)

// The number on the tab is that of the alerts that wait, as the locked screen says it; those in somebody's hand are
// counted above them, in words that are whole at any size of text.
//
// Seen red with the length of the list on the tab: "Open 7", and without the head.
func TestTheTabCountsWhatWaits(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		s, _, w := show(t)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, scale))
		v := stormOf(4)
		v.Waiting = 4
		for range 3 {
			v = withHeld(v)
			v.Open[len(v.Open)-1].Alert.ID += string(rune('0' + len(v.Open)))
		}
		s.Show(v)
		w.Resize(fyne.NewSize(392, 6000))
		words := screentest.Seen(s.Content(), w.Canvas().Size())
		for _, want := range []string{"Open 4", "In hand: 3"} {
			if !slices.ContainsFunc(words, func(o screentest.Word) bool { return o.Text == want && o.Whole() }) {
				t.Errorf("at %.0f %% %q is missing", 100*scale, want)
			}
		}
	}
}

// The head above the alerts in hand moves none on which the keyboard is: it neither goes when all above are accepted,
// nor comes when one waits again.
//
// Seen red with the head going when nothing waits any more: Open moved up under the hand.
func TestTheHeadMovesNoCardUnderTheHand(t *testing.T) {
	s, _, w := show(t)
	v := withHeld(stormOf(1))
	s.Show(v)
	_, _, open := s.Card("held").Buttons()
	w.Canvas().Focus(open)
	gap := func() float32 { // to the card above it, which has a line less once it is accepted
		above, c := s.Card("s0"), s.Card("held")
		return c.Position().Y - above.Position().Y - above.Size().Height
	}
	before := gap()
	for _, as := range []alert.State{alert.TakenInHand, alert.Open} {
		v.Open = slices.Clone(v.Open)
		v.Open[0].State = as
		s.Show(v)
		if got := gap(); got < before-1 || got > before+1 {
			t.Errorf("%s above: the room above it went from %v to %v", as, before, got)
		}
	}
}
