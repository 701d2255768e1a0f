package alert_test

import (
	"errors"
	"fmt"
	"math/rand"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/alert"
)

func said(p alert.Priority, text string) alert.Alert {
	return alert.Alert{ID: "a", Ward: "4B", Patient: "p1", Bed: "07", Priority: p, Text: text, Sent: "1002",
		Holders: alert.One, Received: t0}
}

func saying(id string, a alert.Alert) alert.Move {
	return alert.Move{ID: id, Kind: alert.Raised, Alert: a, At: t0.Add(time.Minute)}
}

// What the same ID becomes that is sent again.
//
// Seen red, each with its case of Again taken out: the ended alert stayed ended
// when it came again as high, and when it was raised again after its end; the second
// patient's alert took the first one's card.
func TestTheSameIDAgain(t *testing.T) {
	open := live(t, does(alert.Raised, ""))
	held := live(t, does(alert.Raised, ""), does(alert.Accepted, "chen"))
	ended := live(t, does(alert.Raised, ""), does(alert.Resolved, ""))
	endedAt := ended.Resolved.At
	but := func(f func(*alert.Alert)) alert.Alert { a := said(alert.Medium, "HR 130"); f(&a); return a }
	is := said(alert.Medium, "HR 130")
	for name, c := range map[string]struct {
		l    alert.Life
		is   alert.Alert
		says alert.Alert
		kind alert.MoveKind // "": nothing new
		want alert.Alert
	}{
		"the same":          {open, is, is, "", is},
		"the same, in hand": {held, is, is, "", is},
		"the same, ended":   {ended, is, is, "", is},
		"more urgent": {open, is, but(func(a *alert.Alert) { a.Priority = alert.High }), alert.Updated,
			said(alert.High, "HR 130")},
		"more urgent, in hand": {held, is, but(func(a *alert.Alert) { a.Priority = alert.High }), alert.Updated,
			said(alert.High, "HR 130")},
		"not known how urgent": {open, is, but(func(a *alert.Alert) { a.Priority = "purple" }), alert.Updated,
			said(alert.High, "HR 130")},
		"less urgent":          {open, is, but(func(a *alert.Alert) { a.Priority = alert.Low }), "", is},
		"less urgent, and new": {open, is, said(alert.Low, "HR 90"), alert.Updated, said(alert.Medium, "HR 90")},
		"another text":         {open, is, said(alert.Medium, "HR 140"), alert.Updated, said(alert.Medium, "HR 140")},
		"no text":              {open, is, said(alert.Medium, alert.NoText), "", is},
		"no text, more urgent": {open, is, said(alert.High, alert.NoText), alert.Updated, said(alert.High, "HR 130")},
		"a later time": {open, is,
			but(func(a *alert.Alert) { a.Raised, a.Received = t0.Add(time.Hour), t0.Add(time.Hour) }), "", is},
		"not found this time": {open, is, but(func(a *alert.Alert) { a.Patient, a.Holders, a.Bed = "", "", "7" }),
			"", is},
		"moved": {open, is, but(func(a *alert.Alert) { a.Bed = "08" }), alert.Updated,
			but(func(a *alert.Alert) { a.Bed = "08" })},
		"found this time": {open, but(func(a *alert.Alert) { a.Patient, a.Holders = "", alert.Nobody }), is,
			alert.Updated, is},
		"another number, nobody": {open, is,
			but(func(a *alert.Alert) { a.Patient, a.Sent, a.Holders = "", "99999", alert.Nobody }), alert.Raised,
			but(func(a *alert.Alert) { a.ID, a.Patient, a.Sent, a.Holders = "again:2:a", "", "99999", alert.Nobody })},
		"the number in groups, not found": {open, but(func(a *alert.Alert) { a.Sent = "700123" }),
			but(func(a *alert.Alert) { a.Patient, a.Sent, a.Holders = "", "700 123", alert.Nobody }),
			alert.Updated, but(func(a *alert.Alert) { a.Sent = "700 123" })},
		"another patient": {open, is, but(func(a *alert.Alert) { a.Patient = "p2" }), alert.Raised,
			but(func(a *alert.Alert) { a.ID, a.Patient = "again:2:a", "p2" })},
		"more urgent, ended": {ended, is, said(alert.High, "HR 130"), alert.Raised,
			but(func(a *alert.Alert) { a.ID, a.Priority = "again:2:a", alert.High })},
		"another text, ended": {ended, is, said(alert.Medium, "HR 140"), alert.Raised,
			but(func(a *alert.Alert) { a.ID, a.Text = "again:2:a", "HR 140" })},
		"less urgent, ended": {ended, is, said(alert.Low, "HR 130"), "", is},
		"again since, ended": {ended, is, but(func(a *alert.Alert) { a.Raised = endedAt.Add(time.Second) }),
			alert.Raised, but(func(a *alert.Alert) { a.ID, a.Raised = "again:2:a", endedAt.Add(time.Second) })},
		"less urgent, again": {ended, is,
			but(func(a *alert.Alert) { a.Priority, a.Raised = alert.Low, endedAt.Add(time.Second) }), alert.Raised,
			but(func(a *alert.Alert) {
				a.ID, a.Priority, a.Raised = "again:2:a", alert.Low,
					endedAt.Add(time.Second)
			})},
		"told again, ended": {ended, is,
			but(func(a *alert.Alert) { a.Raised, a.Received = endedAt, endedAt.Add(time.Hour) }), "", is},
		"moved, ended": {ended, is, but(func(a *alert.Alert) { a.Bed = "08" }), "", is},
		"ended a second time": {ended, but(func(a *alert.Alert) { a.ID = "again:2:a" }), said(alert.High, "HR 130"),
			alert.Raised,
			but(func(a *alert.Alert) { a.ID, a.Priority = "again:3:a", alert.High })},
	} {
		m, says := c.l.Again(c.is, saying("x", c.says))
		if says != (c.kind != "") || says && (m.Kind != c.kind || m.Alert != c.want || m.ID != "x") {
			t.Errorf("%s: %v %s\n%+v\nwant %s\n%+v", name, says, m.Kind, m.Alert, c.kind, c.want)
		}
		if m.Kind == alert.Updated && m.Change.Rises() != (c.want.Priority != c.is.Priority) {
			t.Errorf("%s: %+v", name, m.Change)
		}
	}
}

// A priority that rises calls again and holds no clock back; who turned the alert
// down is asked anew, and who has it keeps it.
//
// Seen red: without Before, an alert due in 2 s waited 20 s more.
func TestAPriorityThatRisesCallsAgain(t *testing.T) {
	p := alert.DefaultPolicy()
	rise := func(was, is alert.Priority, s int) alert.Move {
		m := says(was, is)
		m.At = t0.Add(time.Duration(s) * time.Second)
		return m
	}
	shown := does(alert.Shown, "")
	for name, c := range map[string]struct {
		moves []alert.Move
		in    int
		level int
	}{
		"low, then high": {[]alert.Move{does(alert.Raised, ""), shown, rise(alert.Low, alert.High, 300)}, 320, 1},
		"medium, soon due": {[]alert.Move{does(alert.Raised, ""), shown, rise(alert.Medium, alert.High, 58)},
			60, 1},
		"medium, just begun": {[]alert.Move{does(alert.Raised, ""), shown, rise(alert.Medium, alert.High, 10)},
			30, 1},
		"another text": {[]alert.Move{does(alert.Raised, ""), shown, rise(alert.High, alert.High, 10)}, 20, 1},
		"called further": {[]alert.Move{does(alert.Raised, ""), shown, level(1, 0),
			rise(alert.Medium, alert.High, 30)}, 50, 2},
		"rejected by one": {[]alert.Move{does(alert.Raised, ""), shown, does(alert.Rejected, "khan"),
			rise(alert.Low, alert.High, 30)}, 50, 1},
		"in hand": {[]alert.Move{does(alert.Raised, ""), shown, does(alert.Accepted, "chen"),
			rise(alert.Low, alert.High, 30)}, -1, 0},
		"in hand, given back": {[]alert.Move{does(alert.Raised, ""), shown, does(alert.Accepted, "chen"),
			rise(alert.Low, alert.High, 30), does(alert.TakenBack, "chen")}, 20, 1},
		"called by the risen": {[]alert.Move{does(alert.Raised, ""), shown, rise(alert.Medium, alert.High, 0),
			func() alert.Move { m := level(1, 0); m.At = t0.Add(20 * time.Second); return m }()}, 40, 2},
		"everyone, and higher": {[]alert.Move{does(alert.Raised, ""), shown, level(1, 0), level(2, 0),
			rise(alert.Low, alert.High, 30)}, -1, 0},
	} {
		l := live(t, c.moves...)
		due, is := p.Due(alert.Alert{Priority: alert.High}, l)
		if is != (c.in >= 0) || is && (!due.At.Equal(t0.Add(time.Duration(c.in)*time.Second)) || due.Level != c.level) {
			t.Errorf("%s: %+v %v", name, due, is)
		}
	}
	l := live(t, does(alert.Raised, ""), does(alert.Accepted, "chen"), says(alert.Low, alert.High))
	if l.Stage != alert.InHand || l.Accepted.By != "chen" || l.Rises != 1 {
		t.Errorf("in hand: %+v", l)
	}
	if _, err := live(t, does(alert.Raised, ""), does(alert.Rejected, "khan"),
		says(alert.Low, alert.High)).Next(does(alert.Rejected, "khan"), rules); err != nil {
		t.Errorf("who turned down the low alert may not turn down the high one: %v", err)
	}
}

// An inbox ends as the record's order says, whatever order the moves come in and
// however often: the last text, and no priority below the highest.
//
// Seen red: with tell taking whatever came last, orders ended with
// the first text.
func TestInboxTakesUpdatesInAnyOrder(t *testing.T) {
	texts := []string{"HR 120", "HR 130", "HR 140"}
	priorities := []alert.Priority{alert.Low, alert.Medium, alert.High}
	rapid.Check(t, func(t *rapid.T) {
		is := said(rapid.SampledFrom(priorities).Draw(t, "priority"), texts[0])
		l := alert.Life{}.With(saying("r", is))
		raised := saying("r", is)
		raised.Seq = 1
		moves := []alert.Move{raised}
		for n := range rapid.IntRange(1, 6).Draw(t, "updates") {
			m := saying(fmt.Sprint("u", n),
				said(rapid.SampledFrom(priorities).Draw(t, "priority"), rapid.SampledFrom(texts).Draw(t, "text")))
			m.At = t0.Add(time.Duration(n) * time.Second)
			if rapid.Bool().Draw(t, "heard before the record had it") {
				moves = append(moves, m) // the stream's, Seq 0
			}
			next, says := l.Again(is, m)
			if !says {
				continue
			}
			next.Seq = int64(n + 2)
			l, is = l.With(next), next.Alert
			moves = append(moves, next)
		}
		rng := rand.New(rand.NewSource(int64(rapid.Int32().Draw(t, "seed"))))
		in := alert.NewInbox()
		for range 3 {
			for _, n := range rng.Perm(len(moves)) {
				in.Apply(moves[n], t0, false)
			}
		}
		cards := in.Cards()
		if len(cards) != 1 || cards[0].Alert.Text != is.Text || cards[0].Alert.Priority != is.Priority {
			t.Fatalf("%+v\nwant %+v", cards, is)
		}
	})
}

// While the record is away the stream alone brings what a source says again: it is
// shown at once, and what the record then says of it puts nothing back.
//
// Seen red: with Raised of an alert that is there dropped as a double.
func TestInboxUpdatesWithoutTheRecord(t *testing.T) {
	in := alert.NewInbox()
	in.Apply(saying("r", said(alert.Low, "HR 120")), t0, false)
	m, is := in.Take(saying("u", said(alert.High, "HR 150")), t0, false)
	if !is || m.Kind != alert.Updated || !m.Change.Rises() {
		t.Fatalf("%v %+v", is, m)
	}
	if in.Apply(saying("u", said(alert.High, "HR 150")), t0, false) ||
		in.Apply(saying("v", said(alert.High, "HR 150")), t0, false) {
		t.Error("a double was taken")
	}
	check := func(what string) {
		t.Helper()
		c := in.Cards()
		if len(c) != 1 || c[0].Alert.Priority != alert.High || c[0].Alert.Text != "HR 150" || c[0].Change == nil ||
			!c[0].Change.Rises() {
			t.Fatalf("%s: %+v", what, c)
		}
	}
	check("by the stream")
	recorded := saying("r", said(alert.Low, "HR 120"))
	recorded.Seq = 1
	in.Apply(recorded, t0, false)
	check("the record has the first")
	m.Seq = 2
	if in.Apply(m, t0, false) {
		t.Error("it rang twice")
	}
	check("the record has both")
	if ids := in.Unrecorded(); len(ids) != 0 {
		t.Errorf("unrecorded: %v", ids)
	}
	// Ended, then said again with the record away: a further alert, and one only,
	// whatever the record makes of it.
	end := move(3, "e", alert.Resolved, "a", "chen")
	in.Apply(end, t0, false)
	m, is = in.Take(saying("w", said(alert.High, "HR 160")), t0, false)
	if c := in.Cards(); !is || m.Kind != alert.Raised || len(c) != 1 || c[0].Alert.ID != "again:2:a" {
		t.Fatalf("%v %+v %+v", is, m, c)
	}
	other := saying("w", said(alert.High, "HR 160"))
	other.Alert.ID, other.Seq = "again:3:a", 9
	in.Apply(other, t0, false)
	if c := in.Cards(); len(c) != 1 || c[0].Alert.ID != "again:3:a" || c[0].Unrecorded {
		t.Fatalf("%+v", c)
	}
}

func TestAnUpdateOfNothingIsRefused(t *testing.T) {
	if _, err := live(t, does(alert.Raised, "")).Next(does(alert.Updated, ""), rules); !errors.Is(err,
		alert.ErrNothingNew) {
		t.Error(err)
	}
}
