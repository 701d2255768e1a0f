package alerts_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The keyboard is on Accept when the card comes to say another thing: a key that follows at once
// was for what stood there, and does nothing; so does a button that was down already. Once it can
// have been read, it does. What only grows older is the same card.
//
// Seen red with the card never Changed, and, for each change, with that left out of its meaning.
func TestACardThatJustChangedIsNotAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*widgets.Alert)
		wait   time.Duration
		want   int
	}{
		"priority":       {func(a *widgets.Alert) { a.Alert.Priority = alert.Low }, 0, 0},
		"text":           {func(a *widgets.Alert) { a.Alert.Text = "SpO₂ 74 %" }, press.Settle - 1, 0},
		"patient":        {func(a *widgets.Alert) { a.Alert.Patient = "p9" }, 0, 0},
		"name":           {func(a *widgets.Alert) { a.Surname = "ADIELE" }, 0, 0},
		"number":         {func(a *widgets.Alert) { a.MRN = "7009999" }, 0, 0},
		"given back":     {func(a *widgets.Alert) { a.Turn++ }, 0, 0},
		"said again":     {func(a *widgets.Alert) { a.Said = "update" }, 0, 0},
		"read by now":    {func(a *widgets.Alert) { a.Alert.Text = "SpO₂ 74 %" }, press.Settle, 1},
		"it grows older": {func(a *widgets.Alert) { a.NextAt = a.NextAt.Add(time.Second) }, 0, 1},
	} {
		for _, pointer := range []bool{false, true} {
			now := fixture.Now
			*widgets.Hand() = widgets.NewHand()
			widgets.Hand().Now = func() time.Time { return now }
			t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() })
			s, h, w := show(t)
			p := &screentest.Person{Canvas: w.Canvas(), Nobody: widgets.Keyed{}}
			accept, _, _ := s.Card("a1").Buttons()
			now = now.Add(time.Minute)
			p.Move(fyne.CurrentApp().Driver().AbsolutePositionForObject(accept).AddXY(5, 5))
			w.Canvas().Focus(accept)
			now = now.Add(time.Minute)
			v := fixture.Alerts()
			c.change(&v.Open[0])
			s.Show(v)
			now = now.Add(c.wait)
			if pointer {
				p.Click()
			} else {
				p.Key(fyne.KeyA, 'a')
			}
			if len(h.accepted) != c.want {
				t.Errorf("%s, by the pointer %v: accepted %v", name, pointer, h.accepted)
			}
		}
	}
}
