package alerts_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A new alert is never hidden by the list that somebody looks at: it was counted as
// shown, and nobody saw it. What is known already turns nothing.
// Seen red without the turn, and with a turn for whatever is open.
func TestNoListHidesANewAlert(t *testing.T) {
	mine := high("new")
	for name, c := range map[string]struct {
		tab  alerts.Tab
		add  func(*alerts.View)
		want alerts.Tab
	}{
		"history": {alerts.History, func(v *alerts.View) { v.Open = append(v.Open, high("new")) },
			alerts.Open},
		"mine, another's": {alerts.Mine, func(v *alerts.View) { v.Open = append(v.Open, high("new")) },
			alerts.Open},
		"history, nothing new": {alerts.History, func(v *alerts.View) { slices.Reverse(v.Open) }, alerts.History},
		"mine, and it is": {alerts.Mine, func(v *alerts.View) {
			v.Open, v.Mine = append(v.Open, mine), append(v.Mine, mine)
		}, alerts.Mine},
		"history, accepted elsewhere at once": {alerts.History, func(v *alerts.View) {
			held := high("new")
			held.State = alert.TakenInHand
			v.Open = append(v.Open, held)
		}, alerts.History},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, _ := show(t)
			s.ShowTab(c.tab)
			v := fixture.Alerts()
			v.Open, v.Mine = slices.Clone(v.Open), slices.Clone(v.Mine)
			c.add(&v)
			v.Now = v.Now.Add(time.Second)
			s.Show(v)
			if s.Tab() != c.want {
				t.Errorf("tab %v, want %v", s.Tab(), c.want)
			}
			if seen := slices.Contains(s.Order(), "new"); c.want == alerts.Open && !seen {
				t.Errorf("the new alert is not listed: %v", s.Order())
			}
		})
	}
}

// In a storm the column turns to the open ones while the keyboard is on one's own card, which that list does not show:
// it lists one alert of each patient. The keyboard rests on the tab; on a card that both lists show it stays.
//
// Seen red with the card that has the keyboard not asked for while the list turns: it was on a button that was gone.
func TestTheKeyboardIsNotLeftOnACardThatTheOpenListHides(t *testing.T) {
	for name, listed := range map[string]bool{"first of its patient": true, "behind another of its patient": false} {
		s, h, w := show(t)
		own := high("own")
		v := fixture.Alerts()
		v.Waiting, v.Mine = 90, append(slices.Clone(v.Mine), own)
		if listed {
			v.Open = append([]widgets.Alert{own}, v.Open...)
		}
		s.Show(v)
		s.ShowTab(alerts.Mine)
		accept, _, _ := s.Card("own").Buttons()
		w.Canvas().Focus(accept)
		v.Open, v.Now = append([]widgets.Alert{high("new")}, v.Open...), v.Now.Add(time.Second)
		s.Show(v)
		b, is := w.Canvas().Focused().(*widgets.Button)
		switch {
		case s.Tab() != alerts.Open || !is:
			t.Errorf("%s: tab %v, the keyboard is on %T", name, s.Tab(), w.Canvas().Focused())
		case listed && b != accept, !listed && !strings.HasPrefix(b.SpotText(), "Open "):
			t.Errorf("%s: the keyboard is on %q", name, b.SpotText())
		}
		if len(h.accepted) > 0 {
			t.Errorf("%s: accepted %v", name, h.accepted)
		}
	}
}
