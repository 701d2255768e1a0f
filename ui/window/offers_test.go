package window

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/widgets"
)

// colleagues puts one more of each role on 4B, with the password of all.
func (o *opened) colleagues() {
	o.t.Helper()
	_, hash, err := o.store.StaffByID(o.t.Context(), "chen")
	must(o.t, err)
	for _, p := range []staff.Staff{
		{ID: "khan", Surname: "Khan", Given: "Bo", Role: staff.Nurse, Wards: []string{"4B"}, Active: true},
		{ID: "osei", Surname: "Osei", Given: "Ama", Role: staff.Doctor, Wards: []string{"4B"}, Active: true},
		{ID: "park", Surname: "Park", Given: "Jo", Role: staff.CareAssistant, Wards: []string{"4B"}, Active: true},
		{ID: "roe", Surname: "Roe", Given: "Al", Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true},
	} {
		must(o.t, o.store.PutStaff(o.t.Context(), p, hash))
	}
}

// What a card offers is what the record takes, whoever is signed in, however they
// stand to the alert, and whatever happened to it: each step is tried on an alert of
// its own, to which the same happened.
//
// Seen red with the card asking for the role alone, with the record not asking for
// the forwards, and with the record not told whom the call has reached.
func TestACardOffersWhatTheRecordTakes(t *testing.T) {
	o := open(t)
	o.colleagues()
	ctx := t.Context()
	st := o.opt.Station
	sessions := map[string]staff.Session{}
	who := []string{"chen", "diaz", "khan", "osei", "park", "tech", "away"}
	for _, id := range append(who, "diaz in an emergency", "away in an emergency") {
		name, _, emergency := strings.Cut(id, " ")
		s, err := st.Staff.SignIn(ctx, name, password)
		must(t, err)
		sessions[id] = s
		if emergency {
			_, err := st.Staff.BreakGlass(ctx, s, "4B", "arrest")
			must(t, err)
			who = append(who, id)
		}
	}
	roles := map[string]staff.Role{"chen": staff.ChargeNurse, "diaz": staff.Nurse, "khan": staff.Nurse,
		"osei": staff.Doctor, "park": staff.CareAssistant}
	steps := map[alert.MoveKind]func(s staff.Session, a alert.Alert) error{
		alert.Accepted: func(s staff.Session, a alert.Alert) error {
			_, err := st.Line.Accept(ctx, s, alert.Read{Alert: a})
			return err
		},
		alert.Rejected: func(s staff.Session, a alert.Alert) error {
			_, err := st.Line.Reject(ctx, s, alert.Read{Alert: a}, "busy")
			return err
		},
		alert.Forwarded: func(s staff.Session, a alert.Alert) error {
			_, err := st.Line.Forward(ctx, s, alert.Read{Alert: a}, alert.ChargeNurse, "", "go")
			return err
		},
		alert.Resolved: func(s staff.Session, a alert.Alert) error {
			_,
				err := st.Line.End(ctx, s, alert.Read{Alert: a}, "done")
			return err
		},
		alert.TakenBack: func(s staff.Session, a alert.Alert) error {
			_,
				err := st.Line.TakeBack(ctx, s, alert.Read{Alert: a}, "r")
			return err
		},
		alert.NotComing: func(s staff.Session, a alert.Alert) error {
			_,
				err := st.Line.NotComing(ctx, s, alert.Read{Alert: a})
			return err
		},
		alert.OnMyWay: func(s staff.Session, a alert.Alert) error {
			_, err := st.Line.OnMyWay(ctx, s, alert.Read{Alert: a})
			return err
		},
	}
	n, offered := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		any := func(what string, of ...string) string { return rapid.SampledFrom(of).Draw(r, what) }
		for _, id := range []string{"diaz", "park"} {
			must(t, o.store.Release(ctx, "p1", id, sessions["chen"]))
		}
		nurse := any("nurse", "", "diaz", "park")
		if nurse != "" {
			must(t, o.store.Assign(ctx, ward.Assignment{Patient: "p1", Staff: nurse, By: "chen",
				Until: time.Now().Add(time.Hour)}, sessions["chen"]))
		}
		var then []alert.Move
		for range rapid.IntRange(0, 2).Draw(r, "forwards") {
			then = append(then, alert.Move{Kind: alert.Forwarded, By: "roe", To: rapid.SampledFrom([]alert.Target{
				alert.Person("diaz"), alert.Person("osei"), alert.Person("park"), alert.ChargeNurse,
				alert.Everyone}).Draw(r, "to")})
		}
		for level := range rapid.IntRange(0, 2).Draw(r, "level") {
			then = append(then, alert.Move{Kind: alert.Escalated, Level: level + 1})
		}
		if by := any("holder", "", "", "diaz", "chen", "osei", "roe"); by != "" {
			then = append(then, alert.Move{Kind: alert.Accepted, By: by})
		}
		shift := alert.Shift{Known: rapid.Bool().Draw(r, "known"), Nurses: map[string][]alert.Nurse{},
			Here: map[string]staff.Role{}}
		for id, role := range roles {
			if rapid.Bool().Draw(r, id+" is here") {
				shift.Here[id] = role
			}
		}
		if nurse != "" {
			shift.Nurses["p1"] = []alert.Nurse{{ID: nurse, Name: nurse}}
		}
		in := alert.NewInbox()
		in.SetShift(shift)
		st.Line.Calls = func(a alert.Alert) (alert.Call, []string) {
			c, who, _ := in.Calls(a.ID)
			return c, who
		}
		patient := any("patient", "p1", "p1", "")
		me := sessions[any("who", who...)]
		for kind, step := range steps {
			n++
			a := alert.Alert{ID: fmt.Sprint("o", n), Ward: "4B", Patient: patient, Priority: alert.High, Text: "x"}
			for i, m := range append([]alert.Move{{Kind: alert.Raised}}, then...) {
				m.ID, m.Alert, m.Station = fmt.Sprint(i, a.ID), a, "WS-2"
				if m.By != "" {
					m.Claim = &alert.Claim{Ward: "4B", Reach: alert.ToEveryone}
				}
				got, err := o.store.AppendMove(ctx, m)
				must(t, err)
				in.Apply(got, time.Now(), false)
			}
			card := card(in, a.ID)
			v := o.cards(live.Picture{Cards: []alert.Card{card}}, me)
			drawn := widgets.NewAlertCard()
			drawn.Set(v.Open[0], time.Now())
			if kind == alert.Accepted && card.TakenID == me.Staff.ID {
				continue // said again, it is the same move
			}
			offers := drawn.Offers().Allow(kind)
			if kind == alert.OnMyWay && drawn.Offers().Accept {
				continue // it quiets nothing: the record takes it of anybody, and whoever may accept is offered that
			}
			err := step(me, a)
			if refused := errors.Is(err, staff.ErrNotAllowed) || alert.Refused(err); err != nil && !refused {
				r.Fatalf("%s of %s: %v", kind, me.Staff.ID, err)
			}
			if offers != (err == nil) {
				r.Fatalf("%s: the card offers %v to %s (%s), the record says %v; card %+v", kind, offers, me.Staff.ID,
					me.Staff.Role, err, card)
			}
			if offers {
				offered++
			}
		}
	})
	if offered == 0 {
		t.Error("nothing was ever offered")
	}
}

func card(in *alert.Inbox, id string) alert.Card {
	for _, c := range in.Cards() {
		if c.Alert.ID == id {
			return c
		}
	}
	return alert.Card{}
}
