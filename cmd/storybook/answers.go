package main

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// answering are the alert column as those see it who are not in charge, and the
// questions for several alerts at once.
var answering = []story{
	{"alert-called-nurse", func(s *stage) {
		atBoard(s)
		s.alerts.Show(seenBy(staff.Nurse))
		s.alerts.FocusFirst()
	}},
	{"alert-may-not", func(s *stage) {
		atBoard(s)
		v := seenBy(staff.Nurse)
		s.alerts.Show(v)
		c := v.Open[2].Card
		c.Call.Newest = "Nguyen, T"
		m := words.About(c, words.MayNot(c, v.Open[2].May, "", staff.Nurse, alert.Accepted))
		s.shell.SetStrip(widgets.Warn, m.What, m.Next)
	}},
	{"alert-on-my-way", func(s *stage) {
		atBoard(s)
		v := seenBy(staff.CareAssistant)
		v.Open[0].OnWay = []alert.OnWay{{Staff: "jpark", By: "Park, J", Since: fixture.Now.Add(-20 * time.Second)}}
		v.Open[0].OnMyWay, v.Open[0].May.NotComing = true, true
		s.alerts.Show(v)
		s.alerts.FocusFirst()
	}},
	{"alert-accept-all", func(s *stage) {
		atBoard(s)
		v := fixture.Alerts()
		s.alerts.Show(v)
		s.shell.Ask(ask.Together(v.Open[0].Card, several(v.Open[0].Card, 3)))
	}},
	{"alert-group", func(s *stage) {
		atBoard(s)
		v := fixture.Storm()
		for i := range v.Open {
			if v.Open[i].More > 0 {
				v.Open[i].All = v.Open[i].More + 1
			}
		}
		s.alerts.Show(v)
		s.shell.Ask(ask.Together(v.Open[0].Card, several(v.Open[0].Card, v.Open[0].All)))
	}},
	{"alert-take-back", func(s *stage) {
		atBoard(s)
		v := fixture.Alerts()
		charge := alert.RightsTo(staff.ChargeNurse, alert.InCharge, alert.ToNurse)
		v.Open[1].May = charge.While(alert.TakenInHand, false, false)
		s.alerts.Show(v)
		s.shell.Ask(ask.TakeBack(v.Open[1].Card, nil))
	}},
	{"alert-holder-out", func(s *stage) {
		atBoard(s)
		v := fixture.Alerts()
		v.Open[1].TakerOut = true
		s.alerts.Show(v)
		var choices []shell.Choice
		for _, text := range []string{"The charge nurse", "Everyone on the ward", "Diaz, Mia, Nurse",
			"Featherstonehaugh, Maximiliane, Nurse, not signed in on this ward"} {
			choices = append(choices, shell.Choice{Text: text})
		}
		s.shell.Ask(ask.ForwardTo(v.Open[0].Card, choices))
	}},
	{"alert-ended", func(s *stage) {
		atBoard(s)
		v := fixture.Alerts()
		for i, a := range v.Open[:3] {
			a.State, a.Ended, a.May = alert.EndedByCause, fixture.Now.Add(-time.Duration(i)*time.Minute), alert.Rights{}
			if i == 2 {
				a.EndedBy, a.TakenBy, a.TakenAt = "Diaz, M", "Diaz, M", a.Ended.Add(-9*time.Minute)
			}
			v.History = append(v.History, a)
		}
		s.alerts.Show(v)
		s.alerts.ShowTab(alerts.History)
	}},
	{"sign-out-in-hand", func(s *stage) {
		atBoard(s)
		v := fixture.Alerts()
		s.alerts.Show(v)
		s.shell.Ask(ask.SignOut(ask.Leaving{Held: []alert.Card{v.Open[1].Card, v.Open[0].Card}}, nil, nil))
	}},
	{"sign-out-in-hand-elsewhere", func(s *stage) {
		atBoard(s)
		v := fixture.Alerts()
		s.alerts.Show(v)
		far, withheld := v.Open[0].Card, v.Open[1].Card
		far.WardName, withheld.WardName, withheld.Withheld = "5A Surgery", "Recovery", true
		withheld.TakenAt = fixture.Now.Add(-40 * time.Minute)
		s.shell.Ask(ask.SignOut(ask.Leaving{Held: []alert.Card{withheld, far}, At: []string{"WS-4B-2"}, Doubt: true,
			Refused: staff.ErrNotAllowed}, nil, nil))
	}},
	{"sign-out-in-doubt", func(s *stage) {
		atBoard(s)
		s.shell.Ask(ask.SignOutInDoubt(ask.Leaving{Doubt: true, At: []string{"WS-4B-2"}}, nil, nil))
	}},
}

func init() { stories = append(stories, answering...) }

// seenBy is the column as somebody sees it whom the first alert calls by name, if
// their role can answer, and none of the others.
func seenBy(role staff.Role) alerts.View {
	v := fixture.Alerts()
	for i := range v.Open {
		a := &v.Open[i]
		how := alert.Unrelated
		if i == 0 {
			how = alert.NurseOfPatient
			if a.Yours = role == staff.Nurse; a.Yours {
				a.Route = "For Diaz, M"
			}
		}
		if a.Alert.Patient != "" {
			a.May = alert.RightsTo(role, how, alert.ToNurse).While(a.State, false, false)
		}
	}
	return v
}

// several are open alerts of a card's patient.
func several(c alert.Card, many int) []alert.Card {
	out := []alert.Card{c}
	texts := []string{"Heart rate 128, limit 120", "Potassium 5.6 mmol/L, new result", "Probe off, finger"}
	for n := range many - 1 {
		next := c
		next.Alert.ID, next.Alert.Text = fmt.Sprint("more", n), texts[n%len(texts)]
		next.Alert.Priority = []alert.Priority{alert.Medium, alert.Low, alert.Technical}[n*3/max(many-1, 1)]
		next.Alert.Received = c.Alert.Received.Add(-time.Duration(n) * time.Minute)
		out = append(out, next)
	}
	return out
}
