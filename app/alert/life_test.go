package alert_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/alert"
)

var rules = alert.Rules{Top: 2}

func does(kind alert.MoveKind, by string) alert.Move {
	return alert.Move{ID: string(kind) + by, Kind: kind, Alert: alert.Alert{ID: "a", Priority: alert.High}, By: by,
		Station: "WS-1",
		Reason:  "why", To: alert.ChargeNurse, At: t0}
}

// says is an update by which the priority goes from one to another, and the text.
func says(was, is alert.Priority) alert.Move {
	m := does(alert.Updated, "")
	m.Change = &alert.Change{Was: alert.Said{Priority: was, Text: "a"}, Is: alert.Said{Priority: is, Text: "b"}}
	return m
}

func level(n, turn int) alert.Move {
	m := does(alert.Escalated, "")
	m.Level, m.Turn = n, turn
	return m
}

func live(t testing.TB, moves ...alert.Move) alert.Life {
	t.Helper()
	var l alert.Life
	for _, m := range moves {
		var err error
		if l, err = l.Next(m, rules); err != nil {
			t.Fatalf("%s: %v", m.Kind, err)
		}
	}
	return l
}

// Every stage and every move: what becomes of it, or why not. A stage or a move
// that is added has no line here and fails the test.
//
// Seen red, each with its line of refuse taken out: TakenError (a second accept
// won), ErrOldClock (the first turn's clock escalated the second), ErrResolved
// (an ended alert was accepted), ErrLatched (a latched alert was gone).
func TestEveryStageAndEveryMove(t *testing.T) {
	r, chen := does(alert.Raised, ""), does(alert.Accepted, "chen")
	begin := map[string][]alert.Move{
		"unraised":  nil,
		"raised":    {r},
		"delivered": {r, does(alert.Delivered, "")},
		"shown":     {r, does(alert.Delivered, ""), does(alert.Shown, "")},
		"rejected":  {r, does(alert.Shown, ""), does(alert.Rejected, "diaz")},
		"level 1":   {r, level(1, 0)},
		"level 2":   {r, level(1, 0), level(2, 0)},
		"on way":    {r, does(alert.OnMyWay, "osei")},
		"accepted":  {r, chen},
		"turn 1":    {r, level(1, 0), chen, does(alert.TakenBack, "chen")},
		"ceased":    {r, does(alert.Ceased, "")},
		"resolved":  {r, does(alert.Resolved, "")},
	}
	moves := map[string]alert.Move{
		"raise": r, "deliver": does(alert.Delivered, ""), "show": does(alert.Shown, ""),
		"sound":  does(alert.Sounded, ""),
		"accept": chen, "accept by another": does(alert.Accepted, "khan"), "accept by nobody": does(alert.Accepted, ""),
		"take back": does(alert.TakenBack, "chen"), "take back another's": does(alert.TakenBack, "khan"),
		"reject": does(alert.Rejected, "khan"), "forward": does(alert.Forwarded, "chen"),
		"forward another's": does(alert.Forwarded, "khan"),
		"on my way":         does(alert.OnMyWay, "park"), "nobody on the way": does(alert.OnMyWay, ""),
		"not coming": does(alert.NotComing, "osei"), "nobody not coming": does(alert.NotComing, ""),
		"never on the way": does(alert.NotComing, "khan"),
		"level 1":          level(1, 0), "level 2": level(2, 0), "level 3": level(3, 0),
		"level 1 of turn 1": level(1, 1),
		"update":            says(alert.Low, alert.High), "update the text": says(alert.High, alert.High),
		"update nothing": does(alert.Updated, ""),
		"cease":          does(alert.Ceased, ""), "cause ended": does(alert.Resolved, ""),
		"end": does(alert.Resolved, "chen"), "no move": does("dance", ""),
	}
	// What each move says at each stage; "=" keeps the stage, else the new one.
	open := map[string]any{
		"raise": alert.ErrAlreadyRaised, "deliver": "=", "show": "=", "sound": "=", "accept": alert.InHand,
		"accept by another": alert.InHand,
		"accept by nobody":  alert.ErrNobody, "take back": alert.ErrNotAccepted,
		"take back another's": alert.ErrNotAccepted,
		"on my way":           "=", "nobody on the way": alert.ErrNobody,
		"not coming": alert.ErrNotOnWay, "nobody not coming": alert.ErrNobody, "never on the way": alert.ErrNotOnWay,
		"reject": alert.Declined, "forward": "=", "forward another's": "=", "level 1": alert.Climbing,
		"level 2": alert.ErrSkipsLevel,
		"level 3": alert.ErrTopLevel, "level 1 of turn 1": alert.ErrOldClock, "cease": "=", "cause ended": alert.Ended,
		"end":    alert.Ended,
		"update": "=", "update the text": "=", "update nothing": alert.ErrNothingNew, "no move": alert.ErrUnknownMove,
	}
	but := func(base map[string]any, and map[string]any) map[string]any {
		out := map[string]any{}
		for k, v := range base {
			out[k] = v
		}
		for k, v := range and {
			out[k] = v
		}
		return out
	}
	all := func(err error, and map[string]any) map[string]any {
		out := map[string]any{}
		for k := range moves {
			out[k] = err
		}
		return but(out, and)
	}
	sightings := map[string]any{"deliver": "=", "show": "=", "sound": "=", "raise": alert.ErrAlreadyRaised,
		"no move": alert.ErrUnknownMove}
	want := map[string]map[string]any{
		"unraised":  all(alert.ErrUnknown, map[string]any{"raise": alert.Waiting, "no move": alert.ErrUnknownMove}),
		"raised":    but(open, map[string]any{"deliver": alert.OnStation, "show": alert.OnScreen}),
		"delivered": but(open, map[string]any{"show": alert.OnScreen}),
		"shown":     open,
		"rejected":  but(open, map[string]any{"update": alert.OnScreen}),
		"level 1":   but(open, map[string]any{"level 1": alert.ErrAlreadyEscalated, "level 2": alert.Climbing}),
		"level 2": but(open,
			map[string]any{"level 1": alert.ErrAlreadyEscalated, "level 2": alert.ErrAlreadyEscalated}),
		"on way": but(open, map[string]any{"deliver": alert.OnStation, "show": alert.OnScreen, "not coming": "="}),
		"accepted": but(open,
			map[string]any{"accept": alert.ErrAlreadyAccepted, "accept by another": alert.ErrAlreadyAccepted,
				"reject": alert.ErrAlreadyAccepted, "level 1": alert.ErrAlreadyAccepted,
				"level 2":   alert.ErrAlreadyAccepted,
				"on my way": alert.ErrAlreadyAccepted,
				"level 3":   alert.ErrAlreadyAccepted, "level 1 of turn 1": alert.ErrAlreadyAccepted,
				"take back": alert.Waiting, "take back another's": alert.Waiting, "forward": alert.Waiting,
				"forward another's": alert.ErrNotYours}),
		"turn 1": but(open,
			map[string]any{"deliver": alert.OnStation, "show": alert.OnScreen, "level 1": alert.ErrOldClock,
				"level 2": alert.ErrOldClock, "level 3": alert.ErrOldClock, "level 1 of turn 1": alert.Climbing}),
		"ceased": but(open,
			map[string]any{"deliver": alert.OnStation, "show": alert.OnScreen, "cease": alert.ErrAlreadyCeased}),
		"resolved": all(alert.ErrResolved, sightings),
	}
	pairs := 0
	for stage, history := range begin {
		for name, m := range moves {
			l := live(t, history...)
			expect, listed := want[stage][name]
			if !listed {
				t.Fatalf("%s × %s is not in the table", stage, name)
			}
			pairs++
			got, err := l.Next(m, rules)
			switch expect := expect.(type) {
			case error:
				if !errors.Is(err, expect) || got.Stage != l.Stage {
					t.Errorf("%s × %s: %v, stage %q; want %v", stage, name, err, got.Stage, expect)
				}
				if !alert.Refused(err) {
					t.Errorf("%v does not count as a refusal", err)
				}
			case alert.Stage:
				if err != nil || got.Stage != expect {
					t.Errorf("%s × %s: %v, stage %q; want %q", stage, name, err, got.Stage, expect)
				}
			default:
				if err != nil || got.Stage != l.Stage {
					t.Errorf("%s × %s: %v, stage %q; want it to stay %q", stage, name, err, got.Stage, l.Stage)
				}
			}
		}
	}
	t.Logf("%d stages × %d moves = %d, each in the table", len(begin), len(moves), pairs)
}

func TestReasonsArePartOfTheMove(t *testing.T) {
	for name, c := range map[string]struct {
		l    alert.Life
		m    alert.Move
		r    alert.Rules
		want error
	}{
		"reject": {live(t, does(alert.Raised, "")), does(alert.Rejected, "khan"), rules,
			alert.ErrNoReason},
		"reject again": {live(t, does(alert.Raised, ""), does(alert.Rejected, "khan")),
			does(alert.Rejected, "khan"), rules, alert.ErrNoReason},
		"another's": {live(t, does(alert.Raised, ""), does(alert.Accepted, "chen")),
			does(alert.TakenBack, "khan"), rules, alert.ErrNotYours},
		"own": {live(t, does(alert.Raised, ""), does(alert.Accepted, "chen")),
			does(alert.TakenBack, "chen"), rules, nil},
		"end unheld": {live(t, does(alert.Raised, "")), does(alert.Resolved, "chen"), rules,
			alert.ErrNoReason},
		"end own": {live(t, does(alert.Raised, ""), does(alert.Accepted, "chen")),
			does(alert.Resolved, "chen"), rules, nil},
		"latched": {live(t, does(alert.Raised, "")), does(alert.Resolved, ""),
			alert.Rules{Top: 2, Latching: true}, alert.ErrLatched},
		"latched, but taken": {live(t, does(alert.Raised, ""), does(alert.Accepted, "chen")), does(alert.Resolved, ""),
			alert.Rules{Top: 2, Latching: true}, nil},
		"forwarded to nobody": {live(t, does(alert.Raised, "")),
			func() alert.Move { m := does(alert.Forwarded, "chen"); m.To = ""; return m }(), rules, alert.ErrNoTarget},
	} {
		c.m.Reason = ""
		if _, err := c.l.Next(c.m, c.r); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	l := live(t, does(alert.Raised, ""), does(alert.Rejected, "khan"))
	if _, err := l.Next(does(alert.Rejected, "khan"), rules); !errors.Is(err, alert.ErrAlreadyRejected) {
		t.Errorf("the same person rejected twice: %v", err)
	}
	if m := l.Settle(does(alert.Resolved, ""), alert.Rules{Latching: true}); m.Kind != alert.Ceased {
		t.Errorf("a latched alert is %s when its cause ends", m.Kind)
	}
}

// Whatever is tried in whatever order: an ended alert stays ended, a turn has one
// accepter, levels go up by one, the turn never goes back, and what was refused
// changed nothing. Seen red with the level check taken out of refuseLevel.
func TestLivesKeepTheirPromises(t *testing.T) {
	kinds := []alert.MoveKind{alert.Raised, alert.Delivered, alert.Shown, alert.Sounded, alert.Accepted,
		alert.TakenBack, alert.Rejected,
		alert.Forwarded, alert.OnMyWay, alert.NotComing, alert.Escalated, alert.Ceased, alert.Resolved,
		alert.Updated}
	rapid.Check(t, func(t *rapid.T) {
		var l alert.Life
		accepters := map[int]string{}
		r := alert.Rules{Top: rapid.IntRange(0, 3).Draw(t, "top"), Latching: rapid.Bool().Draw(t, "latching")}
		for n := range rapid.IntRange(1, 40).Draw(t, "moves") {
			m := alert.Move{ID: fmt.Sprint(n), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
				At:     t0.Add(time.Duration(n) * time.Second),
				By:     rapid.SampledFrom([]string{"", "chen", "khan"}).Draw(t, "by"),
				Reason: rapid.SampledFrom([]string{"", "r"}).Draw(t, "reason"),
				Turn:   rapid.IntRange(0, 3).Draw(t, "turn"), Level: rapid.IntRange(0, 4).Draw(t, "level"),
				To: alert.ChargeNurse}
			if m.Kind == alert.Updated {
				m.Change = says(rapid.SampledFrom([]alert.Priority{alert.Low, alert.High}).Draw(t, "was"),
					alert.Medium).Change
			}
			if rapid.Bool().Draw(t, "settled") {
				m = l.Settle(m, r)
			}
			was := l
			var err error
			l, err = l.Next(m, r)
			if err != nil {
				if !alert.Refused(err) || fmt.Sprint(was) != fmt.Sprint(l) {
					t.Fatalf("%s was refused (%v) and changed %+v to %+v", m.Kind, err, was, l)
				}
				continue
			}
			switch {
			case was.Stage == alert.Ended && l.Stage != alert.Ended:
				t.Fatalf("%s brought an ended alert back", m.Kind)
			case l.Turn < was.Turn || l.Turn > was.Turn+1:
				t.Fatalf("turn %d after %d", l.Turn, was.Turn)
			case l.Turn == was.Turn && l.Level != was.Level &&
				(l.Level != was.Level+1 || m.Turn != was.Turn || l.Level > r.Top):
				t.Fatalf("level %d after %d by %+v", l.Level, was.Level, m)
			case l.Turn > was.Turn && l.Level != 0:
				t.Fatal("a new turn does not start with the first")
			case (l.Stage == alert.InHand) != (l.Stage != alert.Ended && l.Accepted != nil):
				t.Fatalf("stage %s, accepted %v", l.Stage, l.Accepted)
			}
			if m.Kind == alert.Accepted {
				if by, had := accepters[l.Turn]; had {
					t.Fatalf("turn %d accepted by %s and %s", l.Turn, by, m.By)
				}
				accepters[l.Turn] = m.By
			}
			if m.Kind != alert.Escalated {
				if _, again := l.Repeats(m); (m.Kind == alert.Accepted) != again && m.Kind == alert.Accepted {
					t.Fatal("a second tap is not known as the first")
				}
			}
		}
	})
}

func TestAllRejectedEscalatesAtOnce(t *testing.T) {
	p, a := alert.DefaultPolicy(), alert.Alert{ID: "a", Priority: alert.High}
	one := does(alert.Rejected, "chen")
	one.Called = []string{"chen", "khan"}
	l := live(t, does(alert.Raised, ""), one)
	if m, is := l.Follows(one, p, a); is {
		t.Errorf("one of two rejected: %+v", m)
	}
	two := does(alert.Rejected, "khan")
	two.Called = one.Called
	l = l.With(two)
	m, is := l.Follows(two, p, a)
	if !is || m.Level != 1 || m.Reason != alert.AllRejected || m.To != alert.ChargeNurse || !m.At.Equal(two.At) {
		t.Errorf("all rejected: %+v %v", m, is)
	}
	alone := does(alert.Rejected, "chen")
	if _, is := live(t, does(alert.Raised, ""), alone).Follows(alone, p, a); !is {
		t.Error("who rejects when nobody else is known to be there was not followed")
	}
	if _, is := live(t, does(alert.Raised, ""), level(1, 0), level(2, 0), alone).Follows(alone, p, a); is {
		t.Error("there is nobody beyond everyone")
	}
}

func TestWhenAnAlertIsDue(t *testing.T) {
	p := alert.DefaultPolicy()
	shown := does(alert.Shown, "")
	at := func(m alert.Move, s int) alert.Move { m.At = t0.Add(time.Duration(s) * time.Second); return m }
	for name, c := range map[string]struct {
		pr    alert.Priority
		moves []alert.Move
		in    int // seconds after t0; -1: never
		level int
		why   string
	}{
		"high":             {alert.High, []alert.Move{does(alert.Raised, ""), shown}, 20, 1, alert.NotAnswered},
		"medium":           {alert.Medium, []alert.Move{does(alert.Raised, ""), shown}, 60, 1, alert.NotAnswered},
		"low":              {alert.Low, []alert.Move{does(alert.Raised, ""), shown}, -1, 0, ""},
		"unknown priority": {"purple", []alert.Move{does(alert.Raised, ""), shown}, 20, 1, alert.NotAnswered},
		"shown nowhere": {alert.High, []alert.Move{does(alert.Raised, ""), does(alert.Delivered, "")}, 5, 1,
			alert.NotShown},
		"low, nowhere": {alert.Low, []alert.Move{does(alert.Raised, "")}, 5, 1, alert.NotShown},
		"second level": {alert.High, []alert.Move{does(alert.Raised, ""), shown, at(level(1, 0), 8)}, 28, 2,
			alert.NotAnswered},
		"top":      {alert.High, []alert.Move{does(alert.Raised, ""), shown, level(1, 0), level(2, 0)}, -1, 0, ""},
		"accepted": {alert.High, []alert.Move{does(alert.Raised, ""), does(alert.Accepted, "chen")}, -1, 0, ""},
		"taken back": {alert.High, []alert.Move{does(alert.Raised, ""), shown, does(alert.Accepted, "chen"),
			at(does(alert.TakenBack, "chen"), 100)}, 120, 1, alert.NotAnswered},
		"forwarded": {alert.High, []alert.Move{does(alert.Raised, ""), shown, at(does(alert.Forwarded, "chen"), 10)},
			20, 1, alert.NotAnswered},
	} {
		due, is := p.Due(alert.Alert{Priority: c.pr}, live(t, c.moves...))
		if is != (c.in >= 0) || is &&
			(!due.At.Equal(t0.Add(time.Duration(c.in)*time.Second)) || due.Level != c.level || due.Reason != c.why) {
			t.Errorf("%s: %+v %v", name, due, is)
		}
	}
}

func TestPoliciesThatCallNobodyAreRefused(t *testing.T) {
	if err := alert.DefaultPolicy().Check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*alert.Policy){
		"high never":    func(p *alert.Policy) { p.High.After = 0 },
		"high too late": func(p *alert.Policy) { p.High.After = alert.Seconds(121 * time.Second) },
		"too soon":      func(p *alert.Policy) { p.Medium.After = alert.Seconds(time.Second) },
		"no path":       func(p *alert.Policy) { p.Low.Path = nil },
		"nobody at last": func(p *alert.Policy) {
			p.Low.Path = []alert.Target{alert.PatientsNurse,
				alert.ChargeNurse}
		},
		"no such role":     func(p *alert.Policy) { p.Low.Path = []alert.Target{"porter", alert.Everyone} },
		"unshown too late": func(p *alert.Policy) { p.Unshown = alert.Seconds(time.Hour) },
	} {
		p := alert.DefaultPolicy()
		if change(&p); !errors.Is(p.Check(), alert.ErrPolicy) {
			t.Errorf("%s was taken", name)
		}
	}
}

// Whoever said that they are on the way takes it back, says it again, and nobody takes it back
// for them; the stage and the clock stay.
//
// Seen red with With leaving them on the way.
func TestOnTheWayIsTakenBack(t *testing.T) {
	way := live(t, does(alert.Raised, ""), does(alert.OnMyWay, "park"), does(alert.OnMyWay, "osei"))
	l := way.With(does(alert.NotComing, "park"))
	if len(l.OnWay) != 1 || l.OnWay[0].By != "osei" || len(way.OnWay) != 2 || l.Stage != way.Stage ||
		!l.Called.Equal(way.Called) {
		t.Errorf("%+v", l)
	}
	if _, err := l.Next(does(alert.NotComing, "park"), rules); !errors.Is(err, alert.ErrNotOnWay) {
		t.Errorf("twice: %v", err)
	}
	if l = l.With(does(alert.OnMyWay, "park")); len(l.OnWay) != 2 {
		t.Errorf("said again: %+v", l.OnWay)
	}
}
