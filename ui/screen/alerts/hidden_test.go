package alerts_test

import (
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alerts"
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
