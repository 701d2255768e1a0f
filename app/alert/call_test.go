package alert_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// Whom an alert calls at each level, for who is there and who is not. In doubt it
// is everyone, and a step that reaches nobody costs no time.
//
// Seen red with Known not asked (the first case called nobody), with walk not
// passing over a step that reaches nobody (an unassigned patient's alert called
// nobody), and with the nurses not compared with who is here.
func TestWhomAnAlertCalls(t *testing.T) {
	const nurse, other, charge, doctor = "diaz", "khan", "chen", "osei"
	all := map[string]staff.Role{nurse: staff.Nurse, other: staff.Nurse, charge: staff.ChargeNurse,
		doctor: staff.Doctor}
	without := func(ids ...string) map[string]staff.Role {
		out := map[string]staff.Role{}
		for id, r := range all {
			out[id] = r
		}
		for _, id := range ids {
			delete(out, id)
		}
		return out
	}
	of := map[string][]alert.Nurse{"p": {{ID: nurse, Name: "Diaz, M"}},
		"two": {{ID: nurse, Name: "Diaz, M"}, {ID: other, Name: "Khan, B"}}}
	toKhan := &alert.Move{Kind: alert.Forwarded, To: alert.Person(other), ToName: "Khan, B"}
	rule := alert.DefaultPolicy().High
	short := alert.Rule{Path: []alert.Target{alert.ChargeNurse, alert.Everyone}}
	for _, c := range []struct {
		name    string
		shift   alert.Shift
		alert   alert.Alert
		rule    alert.Rule
		level   int
		forward *alert.Move
		calls   string // N nurse, O the other nurse, C charge, D doctor, - a station with nobody
		route   string
		next    string
	}{
		{"doubt", alert.Shift{Nurses: of, Here: all}, alert.Alert{Patient: "p"}, rule, 0, nil, "NOCD-",
			"For everyone: sign-ins not known", "everyone, again"},
		{"raised", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "p"}, rule, 0, nil, "N",
			"For Diaz, M", "the charge nurse"},
		{"two nurses", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "two"}, rule, 0, nil, "NO",
			"For Diaz, M and Khan, B", "the charge nurse"},
		{"one of two is here", alert.Shift{Known: true, Nurses: of, Here: without(nurse)}, alert.Alert{Patient: "two"},
			rule, 0, nil, "O", "For Khan, B", "the charge nurse"},
		{"nobody assigned", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "q"}, rule, 0, nil,
			"C", "For the charge nurse: no nurse assigned", "everyone"},
		{"nurse not here", alert.Shift{Known: true, Nurses: of, Here: without(nurse)}, alert.Alert{Patient: "p"}, rule,
			0, nil, "C", "For the charge nurse: nurse not signed in", "everyone"},
		{"neither is here", alert.Shift{Known: true, Nurses: of, Here: without(nurse, charge)},
			alert.Alert{Patient: "p"}, rule, 0, nil, "NOCD-",
			"For everyone: nurse not signed in; no charge nurse signed in", "everyone, again"},
		{"nobody is here", alert.Shift{Known: true, Nurses: of}, alert.Alert{Patient: "p"}, rule, 0, nil, "NOCD-",
			"For everyone: nurse not signed in; no charge nurse signed in", "everyone, again"},
		{"no charge nurse ahead", alert.Shift{Known: true, Nurses: of, Here: without(charge)},
			alert.Alert{Patient: "p"}, rule, 0, nil, "N", "For Diaz, M", "everyone"},
		{"escalated", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "p"}, rule, 1, nil, "NC",
			"Escalated to the charge nurse", "everyone"},
		{"escalated past nobody", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "q"}, rule, 1,
			nil, "NOCD-", "Escalated to everyone: no nurse assigned", "everyone, again"},
		{"to all", alert.Shift{Known: true, Nurses: of, Here: without(charge)}, alert.Alert{Patient: "p"}, rule, 2, nil,
			"NOCD-", "Escalated to everyone", "everyone, again"},
		{"forwarded", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "p"}, rule, 0, toKhan, "NO",
			"Forwarded to Khan, B", "the charge nurse"},
		{"forwarded to who is away", alert.Shift{Known: true, Nurses: of, Here: without(other)},
			alert.Alert{Patient: "p"}, rule, 0, toKhan, "NC", "Forwarded to the charge nurse: Khan, B not signed in",
			"the charge nurse"},
		{"forwarded to a role", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "p"}, rule, 0,
			&alert.Move{To: alert.Everyone}, "NOCD-", "Forwarded to everyone", "everyone, again"},
		{"forwarded, then escalated", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "p"}, rule,
			1, toKhan, "NOC", "Escalated to the charge nurse", "everyone"},
		{"the ward's own path", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "p"}, short, 0,
			nil, "C", "For the charge nurse", "everyone"},
		{"a patient nobody knows", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Priority: alert.High},
			rule, 0, nil, "NOCD-", "For everyone: patient not known", "everyone, again"},
		{"a device of no patient", alert.Shift{Known: true, Nurses: of, Here: all},
			alert.Alert{Priority: alert.Technical}, rule, 0, nil, "C", "For the charge nurse", "everyone"},
		{"no path", alert.Shift{Known: true, Nurses: of, Here: all}, alert.Alert{Patient: "p"}, alert.Rule{}, 0, nil,
			"NOCD-", "For everyone", "everyone, again"},
	} {
		call := c.shift.Call(c.alert, c.rule, c.level, c.forward)
		got := ""
		for _, who := range []struct{ mark, id string }{{"N", nurse}, {"O", other}, {"C", charge}, {"D", doctor},
			{"-", ""}} {
			if call.Calls(who.id, all[who.id]) {
				got += who.mark
			}
		}
		route := call.Route(c.level, c.forward != nil)
		if call.Why != "" {
			route += ": " + call.Why
		}
		if got != c.calls || route != c.route || call.Next != c.next {
			t.Errorf("%s: calls %q, %q, then %q; want %q, %q, %q", c.name, got, route, call.Next, c.calls, c.route,
				c.next)
		}
	}
}

// A care assistant who looks after the patient hears the alert, and does not keep it
// from those who can answer: the path moves up at once, as if nobody were there.
//
// Seen red with the nurses of a step not asked whether they can answer.
func TestACareAssistantDoesNotKeepAnAlert(t *testing.T) {
	rule := alert.DefaultPolicy().Low
	s := alert.Shift{Known: true, Nurses: map[string][]alert.Nurse{"p": {{ID: "park", Name: "Park, J"}}},
		Here: map[string]staff.Role{"park": staff.CareAssistant, "chen": staff.ChargeNurse, "diaz": staff.Nurse}}
	c := s.Call(alert.Alert{Patient: "p"}, rule, 0, nil)
	if !c.Calls("park", staff.CareAssistant) || !c.Calls("chen", staff.ChargeNurse) || c.Everyone ||
		c.Route(0, false) != "For the charge nurse" {
		t.Errorf("%+v", c)
	}
	delete(s.Here, "chen")
	if c := s.Call(alert.Alert{Patient: "p"}, rule, 0, nil); !c.Everyone || c.Reach() != alert.ToEveryone {
		t.Errorf("nobody who can answer is near: %+v", c)
	}
	s.Here["chen"] = staff.ChargeNurse
	forward := &alert.Move{Kind: alert.Forwarded, To: alert.Person("park"), ToName: "Park, J"}
	s.Nurses["p"] = []alert.Nurse{{ID: "diaz", Name: "Diaz, M"}}
	if c := s.Call(alert.Alert{Patient: "p"}, rule, 0, forward); !c.Charge || !c.Names("park") || !c.Names("diaz") {
		t.Errorf("forwarded to a care assistant: %+v", c)
	}
}

// A card says of each step that was passed over why, and the true reason: whoever is signed in
// at a station that nobody hears, that is locked, late or silent, is not "not signed in".
//
// Seen red with Away not asked ("nurse not signed in" of a nurse who is), and with the first
// reason alone kept (no word of the charge nurse).
func TestWhyAStepWasPassedOver(t *testing.T) {
	of := map[string][]alert.Nurse{"p": {{ID: "diaz", Name: "Diaz, M"}},
		"two":  {{ID: "diaz", Name: "Diaz, M"}, {ID: "khan", Name: "Khan, B"}},
		"care": {{ID: "park", Name: "Park, J"}}}
	nurse := func(why alert.Unheard) map[string]alert.Away {
		return map[string]alert.Away{"diaz": {Role: staff.Nurse, Why: why}}
	}
	charge := func(why alert.Unheard) map[string]alert.Away {
		return map[string]alert.Away{"chen": {Role: staff.ChargeNurse, Why: why}}
	}
	with := map[string]staff.Role{"chen": staff.ChargeNurse}
	toDiaz := &alert.Move{Kind: alert.Forwarded, To: alert.Person("diaz"), ToName: "Diaz, M"}
	for _, c := range []struct {
		patient string
		here    map[string]staff.Role
		away    map[string]alert.Away
		forward *alert.Move
		want    string
	}{
		{"p", with, nurse(alert.Soundless), nil, "nurse at a station without sound"},
		{"p", with, nurse(alert.Behind), nil, "nurse at a station that shows alerts late"},
		{"p", with, nurse(alert.Locked), nil, "nurse's station is locked"},
		{"p", with, nurse(alert.Unanswering), nil, "nurse at a station that does not answer"},
		{"p", with, nil, nil, "nurse not signed in"},
		{"two", with, nurse(alert.Soundless), nil, "nurse at a station without sound; nurse not signed in"},
		{"care", map[string]staff.Role{"chen": staff.ChargeNurse, "park": staff.CareAssistant}, nil, nil,
			"the assigned care assistant cannot accept alerts"},
		{"q", nil, charge(alert.Soundless), nil, "no nurse assigned; charge nurse at a station without sound"},
		{"q", nil, charge(alert.Behind), nil, "no nurse assigned; charge nurse at a station that shows alerts late"},
		{"q", nil, charge(alert.Locked), nil, "no nurse assigned; charge nurse's station is locked"},
		{"q", nil, charge(alert.Unanswering), nil, "no nurse assigned; charge nurse at a station that does not answer"},
		{"q", nil, nil, nil, "no nurse assigned; no charge nurse signed in"},
		{"q", with, nurse(alert.Soundless), toDiaz, "Diaz, M at a station without sound"},
		{"q", with, nurse(alert.Locked), toDiaz, "Diaz, M's station is locked"},
	} {
		s := alert.Shift{Known: true, Nurses: of, Here: c.here, Away: c.away}
		if got := s.Call(alert.Alert{Patient: c.patient}, alert.DefaultPolicy().High, 0, c.forward).Why; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Whoever is signed in at no station of the ward is known to be signed out; nobody is where sign-ins are not
// known, nor at a station that is locked or does not answer. A card says it of whoever has the alert in hand, and
// of nobody else.
//
// Seen red with Known not asked, with Away not asked, and with the card of an open alert asking.
func TestWhoHasItAndIsNotSignedIn(t *testing.T) {
	here := map[string]staff.Role{"khan": staff.Nurse}
	locked := map[string]alert.Away{"diaz": {Role: staff.Nurse, Why: alert.Locked}}
	for name, c := range map[string]struct {
		shift alert.Shift
		by    string
		want  bool
	}{
		"signed out":  {alert.Shift{Known: true, Here: here}, "diaz", true},
		"here":        {alert.Shift{Known: true, Here: here}, "khan", false},
		"locked":      {alert.Shift{Known: true, Here: here, Away: locked}, "diaz", false},
		"not known":   {alert.Shift{Here: here}, "diaz", false},
		"in no hands": {alert.Shift{Known: true, Here: here}, "", false},
	} {
		in := alert.NewInbox()
		in.Apply(move(1, "m1", alert.Raised, "a", ""), t0, false)
		if c.by != "" {
			in.Apply(move(2, "m2", alert.Accepted, "a", c.by), t0, false)
		}
		in.SetShift(c.shift)
		if got := in.Cards()[0].TakerOut; got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
