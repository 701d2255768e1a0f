package alert_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// letters are rights as the table below writes them: accept, reject, forward, end,
// give back, on my way.
func letters(r alert.Rights) string {
	out := ""
	for _, x := range []struct {
		may  bool
		mark string
	}{{r.Accept, "a"}, {r.Reject, "r"}, {r.Forward, "f"}, {r.End, "e"}, {r.GiveBack, "g"}, {r.OnMyWay, "w"}} {
		if x.may {
			out += x.mark
		}
	}
	return out
}

// Who may do what with an alert, every cell by hand: role, how the person stands to
// it, and how far its call has come.
//
// Seen red with the reach not asked (a nurse who is not called accepted at once),
// with the care assistant among those who answer, and with IT let in.
func TestRightsToAnAlert(t *testing.T) {
	type row struct {
		role                 staff.Role
		how                  alert.Relation
		nurse, charge, every string // by how far the call has come
	}
	table := []row{
		{staff.ChargeNurse, alert.Holds, "arfeg", "arfeg", "arfeg"},
		{staff.ChargeNurse, alert.NurseOfPatient, "arfeg", "arfeg", "arfeg"},
		{staff.ChargeNurse, alert.ForwardedTo, "arfeg", "arfeg", "arfeg"},
		{staff.ChargeNurse, alert.CalledByName, "arfeg", "arfeg", "arfeg"},
		{staff.ChargeNurse, alert.InCharge, "arfeg", "arfeg", "arfeg"},
		{staff.ChargeNurse, alert.InEmergency, "arfeg", "arfeg", "arfeg"},
		{staff.ChargeNurse, alert.Unrelated, "arfeg", "arfeg", "arfeg"},

		{staff.Nurse, alert.Holds, "feg", "feg", "feg"},
		{staff.Nurse, alert.NurseOfPatient, "arf", "arf", "arf"},
		{staff.Nurse, alert.ForwardedTo, "arf", "arf", "arf"},
		{staff.Nurse, alert.CalledByName, "arf", "arf", "arf"},
		{staff.Nurse, alert.InCharge, "w", "w", "arf"}, // the role says who is in charge
		{staff.Nurse, alert.InEmergency, "arf", "arf", "arf"},
		{staff.Nurse, alert.Unrelated, "w", "w", "arf"},

		{staff.Doctor, alert.Holds, "feg", "feg", "feg"},
		{staff.Doctor, alert.NurseOfPatient, "arf", "arf", "arf"},
		{staff.Doctor, alert.ForwardedTo, "arf", "arf", "arf"},
		{staff.Doctor, alert.CalledByName, "arf", "arf", "arf"},
		{staff.Doctor, alert.InCharge, "w", "w", "arf"},
		{staff.Doctor, alert.InEmergency, "arf", "arf", "arf"},
		{staff.Doctor, alert.Unrelated, "w", "w", "arf"},

		{staff.CareAssistant, alert.Holds, "g", "g", "g"},
		{staff.CareAssistant, alert.NurseOfPatient, "w", "w", "w"},
		{staff.CareAssistant, alert.ForwardedTo, "w", "w", "w"},
		{staff.CareAssistant, alert.CalledByName, "w", "w", "w"},
		{staff.CareAssistant, alert.InCharge, "w", "w", "w"},
		{staff.CareAssistant, alert.InEmergency, "w", "w", "w"},
		{staff.CareAssistant, alert.Unrelated, "w", "w", "w"},

		{staff.IT, alert.Holds, "g", "g", "g"}, // accepted in another role
		{staff.IT, alert.NurseOfPatient, "", "", ""},
		{staff.IT, alert.ForwardedTo, "", "", ""},
		{staff.IT, alert.CalledByName, "", "", ""},
		{staff.IT, alert.InCharge, "", "", ""},
		{staff.IT, alert.InEmergency, "", "", ""},
		{staff.IT, alert.Unrelated, "", "", ""},

		{"", alert.NurseOfPatient, "", "", ""}, // nobody
		{"porter", alert.Holds, "g", "g", "g"},
		{"porter", alert.NurseOfPatient, "", "", ""},
	}
	written := map[alert.Relation]map[staff.Role]bool{}
	for _, r := range table {
		for n, want := range []string{r.nurse, r.charge, r.every} {
			if got := letters(alert.RightsTo(r.role, r.how, alert.Reaches()[n])); got != want {
				t.Errorf("%q, %s, reach %d: may %q, want %q", r.role, r.how, n, got, want)
			}
		}
		if written[r.how] == nil {
			written[r.how] = map[staff.Role]bool{}
		}
		written[r.how][r.role] = true
	}
	for _, how := range alert.Relations() {
		for _, role := range staff.Roles() {
			if !written[how][role] {
				t.Errorf("no row for %s, %s", role, how)
			}
			// Whoever holds a right to do anything is let in at the door, and nobody else; giving back what one
			// has in hand asks at no door.
			rights := alert.RightsTo(role, how, alert.ToEveryone)
			if how == alert.Holds && !role.May(staff.AnswerAlert) {
				rights.GiveBack = false
			}
			some := rights != alert.Rights{}
			if some != role.May(staff.AnswerAlert) {
				t.Errorf("%s: may answer %v, lets in %v", role, some, role.May(staff.AnswerAlert))
			}
		}
	}
}

// What of the rights is there in each state: nothing is answered twice, nothing
// that is open is ended without being taken in hand, and only the holder forwards
// what is in hand.
func TestRightsByState(t *testing.T) {
	all := alert.Rights{Accept: true, Reject: true, Forward: true, End: true, GiveBack: true, OnMyWay: true}
	for _, c := range []struct {
		state alert.State
		holds bool
		want  string
	}{
		{alert.Open, false, "arfw"}, {alert.Open, true, "arfw"},
		{alert.TakenInHand, true, "feg"}, {alert.TakenInHand, false, "eg"},
		{alert.TurnedDown, false, ""}, {alert.EndedByCause, true, ""},
	} {
		if got := letters(all.While(c.state, c.holds, false)); got != c.want {
			t.Errorf("%s, holds %v: %q, want %q", c.state, c.holds, got, c.want)
		}
	}
}

// Whoever said that they are on their way may take it back in every state but the end, with
// no other right, and nobody else may: on a card as in the record.
//
// Seen red with NotComing left out of While, and with the state not looked at.
func TestNotComingIsOnesOwnWord(t *testing.T) {
	for _, state := range []alert.State{alert.Open, alert.TakenInHand, alert.TurnedDown, alert.EndedByCause} {
		card := alert.Card{State: state, OnWay: []alert.OnWay{{Staff: "park"}}}
		for id, on := range map[string]bool{"park": true, "khan": false} {
			want := on && state != alert.EndedByCause
			if got := card.May(staff.Staff{ID: id, Role: staff.CareAssistant}, false).NotComing; got != want {
				t.Errorf("%s, %s: a card offers it %v", id, state, got)
			}
			if got := (alert.Rights{}).While(state, false, on); got != (alert.Rights{NotComing: want}) {
				t.Errorf("%s, %s: %+v", id, state, got)
			}
		}
	}
	l := alert.Life{OnWay: []alert.Move{{By: "park"}}}
	for id, want := range map[string]error{"park": nil, "khan": alert.ErrNotCalled} {
		m := alert.Move{Kind: alert.NotComing, By: id, Claim: &alert.Claim{}}
		if err := l.Check(m, staff.CareAssistant, alert.Alert{}, nil, alert.Rule{}); !errors.Is(err, want) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// How a person stands to an alert: the closest relation counts, an earlier forward
// still does, and a forward to a role asks those who have it. Seen red with only the
// last forward looked at.
func TestHowSomebodyStandsToAnAlert(t *testing.T) {
	of := []alert.Nurse{{ID: "diaz"}}
	khan, chen := alert.Person("khan"), alert.ChargeNurse
	for _, c := range []struct {
		name      string
		id        string
		role      staff.Role
		holder    string
		asked     []alert.Target
		emergency bool
		want      alert.Relation
	}{
		{"nobody", "", staff.ChargeNurse, "", nil, true, alert.Unrelated},
		{"the holder", "diaz", staff.Nurse, "diaz", nil, false, alert.Holds},
		{"the nurse", "diaz", staff.Nurse, "khan", nil, false, alert.NurseOfPatient},
		{"asked last", "khan", staff.Nurse, "", []alert.Target{khan}, false, alert.ForwardedTo},
		{"asked before", "khan", staff.Nurse, "", []alert.Target{khan, chen}, false, alert.CalledByName},
		{"role asked", "chen", staff.ChargeNurse, "", []alert.Target{khan, chen}, false, alert.ForwardedTo},
		{"role asked, another role", "osei", staff.Doctor, "", []alert.Target{chen}, false, alert.Unrelated},
		{"in charge", "chen", staff.ChargeNurse, "", nil, true, alert.InCharge},
		{"in an emergency", "khan", staff.Nurse, "", nil, true, alert.InEmergency},
		{"of the ward", "khan", staff.Nurse, "diaz", nil, false, alert.Unrelated},
	} {
		if got := alert.Relate(c.id, c.role, c.holder, of, c.asked, c.emergency); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// On the way there quiets nothing: the alert is open as before, escalates when it
// would have, and the next turn knows of nobody.
//
// Seen red with OnMyWay bringing the alert into a stage of its own.
func TestOnMyWayQuietsNothing(t *testing.T) {
	p := alert.DefaultPolicy()
	a := alert.Alert{ID: "a", Patient: "p", Priority: alert.High}
	r := p.For(a.Priority).Rules()
	l := alert.Life{}.With(alert.Move{ID: "1", Kind: alert.Raised, Alert: a, At: t0})
	before, due := p.Due(a, l)
	way := alert.Move{ID: "2", Kind: alert.OnMyWay, By: "park", ByName: "Park, J", At: t0.Add(3 * time.Second)}
	if _, err := l.Next(alert.Move{Kind: alert.OnMyWay}, r); !errors.Is(err, alert.ErrNobody) {
		t.Error("nobody is on the way", err)
	}
	on, err := l.Next(way, r)
	if err != nil || on.Stage != l.Stage || len(on.OnWay) != 1 {
		t.Fatalf("%+v %v", on, err)
	}
	if after, still := p.Due(a, on); !due || !still || after != before {
		t.Errorf("due %+v before, %+v after", before, after)
	}
	if had, again := on.Repeats(alert.Move{ID: "3", Kind: alert.OnMyWay, By: "park"}); !again || had.ID != "2" {
		t.Error("a second press is another move")
	}
	taken := on.With(alert.Move{ID: "4", Kind: alert.Accepted, By: "diaz", At: t0.Add(9 * time.Second)})
	if _, err := taken.Next(way, r); !errors.Is(err, alert.ErrAlreadyAccepted) {
		t.Error("on the way to what another has", err)
	}
	if back := taken.With(alert.Move{ID: "5", Kind: alert.TakenBack, By: "diaz",
		At: t0.Add(99 * time.Second)}); len(back.OnWay) != 0 {
		t.Error("on the way in the next turn", back.OnWay)
	}
}
