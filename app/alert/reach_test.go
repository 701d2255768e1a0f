package alert_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/alert"
)

// How far an alert's call has come by what the record knows of it: by whose it is, by its
// level and by whom its forwards asked, whichever reaches farthest.
//
// Seen red with an unknown patient left out, with a technical alert counted as one, with
// the forwards left out, with the newest forward
// alone, and with the levels passed on the way left out.
func TestHowFarACallHasCome(t *testing.T) {
	rule := alert.Rule{Path: []alert.Target{alert.PatientsNurse, alert.ChargeNurse, alert.Everyone}}
	back := alert.Rule{Path: []alert.Target{alert.ChargeNurse, alert.PatientsNurse, alert.Everyone}}
	asked := func(to ...alert.Target) (out []alert.Move) {
		out = []alert.Move{does(alert.Raised, "")}
		for _, target := range to {
			m := does(alert.Forwarded, "chen")
			m.To = target
			out = append(out, m)
		}
		return out
	}
	for name, c := range map[string]struct {
		alert alert.Alert
		moves []alert.Move
		rule  alert.Rule
		want  alert.Reach
	}{
		"raised":          {alert.Alert{Patient: "p1"}, asked(), rule, alert.ToNurse},
		"of nobody known": {alert.Alert{Priority: alert.High}, asked(), rule, alert.ToEveryone},
		"of no patient":   {alert.Alert{Priority: alert.Technical}, asked(), rule, alert.ToNurse},
		"level 1":         {alert.Alert{Patient: "p1"}, append(asked(), level(1, 0)), rule, alert.ToCharge},
		"level 2": {alert.Alert{Patient: "p1"}, append(asked(), level(1, 0), level(2, 0)), rule,
			alert.ToEveryone},
		"passed on the way": {alert.Alert{Patient: "p1"}, append(asked(), level(1, 0)), back, alert.ToCharge},
		"forward to charge": {alert.Alert{Patient: "p1"}, asked(alert.ChargeNurse), rule, alert.ToCharge},
		"forward to all":    {alert.Alert{Patient: "p1"}, asked(alert.Everyone), rule, alert.ToEveryone},
		"forwarded on": {alert.Alert{Patient: "p1"}, asked(alert.Everyone, alert.Person("khan")), rule,
			alert.ToEveryone},
		"forward to a nurse": {alert.Alert{Patient: "p1"}, asked(alert.Person("khan")), rule, alert.ToNurse},
	} {
		if got := live(t, c.moves...).Reach(c.alert, c.rule); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
