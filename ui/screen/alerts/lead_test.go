package alerts_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
)

// Down and Up take the keyboard from card to card, past those that offer nothing, and the card into view.
//
// Seen red with the keys left to the window.
func TestDownAndUpGoFromCardToCard(t *testing.T) {
	s, _, w := show(t)
	v := stormOf(6)
	v.Open[2].May, v.Open[2].Alert.Patient = alert.Rights{}, "" // nothing to press
	s.Show(v)
	s.FocusFirst()
	for _, c := range []struct {
		key  fyne.KeyName
		want string
	}{{fyne.KeyDown, "s1"}, {fyne.KeyDown, "s3"}, {fyne.KeyDown, "s4"}, {fyne.KeyDown, "s5"}, {fyne.KeyDown, "s5"},
		{fyne.KeyUp, "s4"}, {fyne.KeyUp, "s3"}, {fyne.KeyUp, "s1"}, {fyne.KeyUp, "s0"}, {fyne.KeyUp, "s0"}} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: c.key})
		if !s.Card(c.want).Holds(w.Canvas().Focused()) || !begins(s, w, c.want) {
			t.Fatalf("%s leads elsewhere than to %s", c.key, c.want)
		}
	}
}

// F3 leads past what this person has turned down to what still asks them, and back to it where nothing else does.
//
// Seen red with any open card taken for one that asks.
func TestTheFirstCardStillAsks(t *testing.T) {
	s, _, w := show(t)
	v := stormOf(4)
	v.Open[0].Declined = true
	v.Open[1].May = alert.Rights{Forward: true}
	for _, want := range []string{"s2", "s0"} {
		s.Show(v)
		if s.FocusFirst(); !s.Card(want).Holds(w.Canvas().Focused()) {
			t.Errorf("F3 does not lead to %s", want)
		}
		v.Open = slices.Clone(v.Open[:2])
	}
}
