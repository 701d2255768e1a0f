package alert_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// Whatever comes and goes, the alert under the cursor keeps its place as long as
// there are enough others to stand above it; nothing is lost or doubled; without
// a cursor the order is the wanted one. Seen red with Arrange returning want.
func TestWhatIsReadStaysInItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := func(what string) []string {
			n := rapid.IntRange(0, 12).Draw(t, what)
			var all []string
			for _, i := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}).Draw(t,
				what+" ids")[:n] {
				all = append(all, fmt.Sprint(i))
			}
			return all
		}
		prev, want := ids("prev"), ids("want")
		pinned := rapid.SampledFrom(append([]string{""}, prev...)).Draw(t, "pinned")
		got := alert.Arrange(prev, want, pinned)
		if a, b := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)); !slices.Equal(a, b) {
			t.Fatalf("%v for %v", got, want)
		}
		if pinned == "" || !slices.Contains(want, pinned) {
			if !slices.Equal(got, want) {
				t.Fatalf("%v without a cursor, want %v", got, want)
			}
			return
		}
		place := min(slices.Index(prev, pinned), len(want)-1)
		if slices.Index(got, pinned) != place {
			t.Fatalf("%s went from %v to %v", pinned, prev, got)
		}
		// What stood above it and is still there has not passed below it.
		for _, id := range prev[:slices.Index(prev, pinned)] {
			if at := slices.Index(got, id); at > place {
				t.Fatalf("%s fell below the cursor: %v to %v", id, prev, got)
			}
		}
	})
}

// A storm is grouped by patient, the most urgent alert on top of each group and the most urgent group first.
//
// Seen red with whichever alert comes first on top of its group.
func TestAStormIsGroupedByPatient(t *testing.T) {
	in := alert.NewInbox()
	for n := range 3000 {
		m := move(int64(n+1), fmt.Sprint("m", n), alert.Raised, fmt.Sprint("a", n), "")
		m.Alert.Patient = fmt.Sprint("p", n%30)
		m.Alert.Received = t0.Add(time.Duration(n) * time.Millisecond)
		m.Alert.Priority = []alert.Priority{alert.Medium, alert.Low, alert.High}[n%3]
		if n%100 == 0 {
			m.Alert.Patient, m.Alert.Priority = "", alert.Technical
		}
		in.Apply(m, t0, false)
	}
	v := in.View()
	if len(v.Groups) != 31 || v.Open != 3000 || len(v.Cards) != alert.CardsMost {
		t.Fatalf("%d groups of %d open, %d cards", len(v.Groups), v.Open, len(v.Cards))
	}
	count := 0
	for n, g := range v.Groups {
		count += g.Count
		if n > 0 && g.Top.Alert.Priority.Rank() < v.Groups[n-1].Top.Alert.Priority.Rank() {
			t.Errorf("group %d is more urgent than the one before", n)
		}
	}
	if count != 3000 {
		t.Errorf("the groups count %d", count)
	}
	// The cards are the most urgent ones, in order, whatever the map gives first.
	whole := in.Cards()
	for n, c := range v.Cards {
		if c.Alert.ID != whole[n].Alert.ID {
			t.Fatalf("place %d: %s, want %s", n, c.Alert.ID, whole[n].Alert.ID)
		}
	}
	// On top of each group stands the first of its patient's cards.
	tops := map[string]string{}
	for _, c := range whole {
		if tops[c.Alert.Patient] == "" {
			tops[c.Alert.Patient] = c.Alert.ID
		}
	}
	for _, g := range v.Groups {
		if g.Top.Alert.ID != tops[g.Patient] {
			t.Errorf("%s stands for %q, not %s", g.Top.Alert.ID, g.Patient, tops[g.Patient])
		}
	}
}

// A card tells who is called, who is called next and when; what the nurse does
// shows on it.
func TestACardTellsTheRoute(t *testing.T) {
	in := alert.NewInbox()
	see := func() alert.Card {
		t.Helper()
		cards := in.Cards()
		if len(cards) != 1 {
			t.Fatalf("%d cards", len(cards))
		}
		return cards[0]
	}
	seq := int64(0)
	put := func(kind alert.MoveKind, by string, change func(*alert.Move)) {
		seq++
		m := move(seq, fmt.Sprint("m", seq), kind, "a", by)
		if change != nil {
			change(&m)
		}
		in.Apply(m, t0.Add(time.Duration(seq)*time.Second), false)
	}
	in.SetShift(alert.Shift{Known: true, Nurses: map[string][]alert.Nurse{"pa": {{ID: "diaz", Name: "Diaz, M"}}},
		Here: map[string]staff.Role{"diaz": staff.Nurse, "khan": staff.Nurse, "chen": staff.ChargeNurse}})
	put(alert.Raised, "", nil)
	if c := see(); c.Route != "For Diaz, M" || c.NextTo != "the charge nurse" ||
		!c.NextAt.Equal(t0.Add(21*time.Second)) {
		t.Errorf("raised: %+v", c)
	}
	put(alert.Forwarded, "diaz",
		func(m *alert.Move) { m.To, m.ToName, m.Reason = alert.Person("khan"), "Khan, B", "next door" })
	if c := see(); c.Route != "Forwarded to Khan, B" || c.ForwardedBy != "diaz" || c.Comment != "next door" ||
		!c.NextAt.Equal(t0.Add(21*time.Second)) {
		t.Errorf("forwarded: %+v", c)
	}
	put(alert.Rejected, "diaz", nil)
	put(alert.Escalated, "", func(m *alert.Move) { m.Level = 1 })
	if c := see(); c.Route != "Escalated to the charge nurse" || c.NextTo != "everyone" || c.Level != 1 ||
		c.RejectedBy[0] != "diaz" || !c.NextAt.Equal(t0.Add(24*time.Second)) {
		t.Errorf("escalated: %+v", c)
	}
	put(alert.Accepted, "chen", nil)
	if c := see(); c.State != alert.TakenInHand || c.TakenID != "chen" || !c.NextAt.IsZero() {
		t.Errorf("accepted: %+v", c)
	}
	put(alert.TakenBack, "chen", nil)
	if c := see(); c.State != alert.Open || c.BackBy != "chen" || c.Turn != 1 || len(c.RejectedBy) != 0 ||
		!c.NextAt.Equal(t0.Add(26*time.Second)) {
		t.Errorf("given back: %+v", c)
	}
	put(alert.Ceased, "", nil)
	if c := see(); !c.Ceased || c.State != alert.Open || c.Todo() == "" {
		t.Errorf("ceased: %+v", c)
	}
	put(alert.Resolved, "chen", nil)
	if h := in.History(); len(h) != 1 || h[0].EndedBy != "chen" {
		t.Errorf("history %+v", h)
	}
	if in.Apply(move(1, "m1", alert.Raised, "a", ""), t0, true) {
		t.Error("a double was applied")
	}
}

// What an inbox forgot stays forgotten: a late double of an ended alert does not
// bring it back. Seen red with gone.is returning false.
func TestAForgottenAlertStaysGone(t *testing.T) {
	in := alert.NewInbox()
	for n := range 1000 {
		id := fmt.Sprint(n)
		in.Apply(move(int64(2*n+1), "r"+id, alert.Raised, id, ""), t0, false)
		in.Apply(move(int64(2*n+2), "e"+id, alert.Resolved, id, ""), t0, false)
	}
	if in.Apply(move(1, "r0", alert.Raised, "0", ""), t0, true) || len(in.Cards()) != 0 {
		t.Errorf("%d alerts came back", len(in.Cards()))
	}
}

// What waits for somebody stands above all that is in somebody's hand, however urgent that is: of each the most urgent
// first, then the oldest.
//
// Seen red with the priority before the state: accepted high alerts above an open medium one.
func TestWhatWaitsStandsFirst(t *testing.T) {
	in := alert.NewInbox()
	seq := int64(0)
	put := func(kind alert.MoveKind, id string, p alert.Priority, late int) {
		seq++
		m := move(seq, fmt.Sprint("m", seq), kind, id, "chen")
		m.Alert.Priority, m.Alert.Received = p, t0.Add(time.Duration(late)*time.Second)
		in.Apply(m, t0, false)
	}
	for _, a := range []struct {
		id     string
		prio   alert.Priority
		late   int
		inHand bool
	}{{"high taken", alert.High, 0, true}, {"low", alert.Low, 1, false}, {"medium late", alert.Medium, 5, false},
		{"medium taken", alert.Medium, 2, true}, {"medium", alert.Medium, 3, false}, {"high late", alert.High, 9, false},
		{"high", alert.High, 8, false}, {"high taken late", alert.High, 4, true}} {
		put(alert.Raised, a.id, a.prio, a.late)
		if a.inHand {
			put(alert.Accepted, a.id, a.prio, a.late)
		}
	}
	want := []string{"high", "high late", "medium", "medium late", "low", "high taken", "high taken late", "medium taken"}
	var got []string
	for _, c := range in.View().Cards {
		got = append(got, c.Alert.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
