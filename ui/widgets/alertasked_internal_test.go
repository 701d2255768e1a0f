package widgets

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// What was asked of an alert is not asked again while the answer is on its way, whatever else of
// the card changes; an answer, a failure, or one that never comes, lets it be. Seen red with any
// change, and with nothing, taken for an answer, and with no end to the waiting.
func TestAnAnswerIsAskedForOnce(t *testing.T) {
	now := time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	of := func() Alert {
		return Alert{May: alert.Rights{Accept: true, Reject: true}, Card: alert.Card{State: alert.Open,
			Alert: alert.Alert{ID: "a", Patient: "p1", Priority: alert.High}, NextAt: now.Add(time.Minute)}}
	}
	for name, c := range map[string]struct {
		change func(*Alert)
		after  time.Duration
		want   int
	}{
		"it waits":                {func(*Alert) {}, time.Second, 1},
		"it goes on to the next":  {func(a *Alert) { a.NextAt = now.Add(time.Hour) }, time.Second, 1},
		"it calls by name":        {func(a *Alert) { a.Yours, a.More = true, 2 }, time.Second, 1},
		"it was turned down":      {func(a *Alert) { a.State = alert.TurnedDown }, time.Second, 2},
		"another has it":          {func(a *Alert) { a.TakenID = "diaz" }, time.Second, 2},
		"it was said":             {func(a *Alert) { a.OnMyWay = true }, time.Second, 2},
		"another turn":            {func(a *Alert) { a.Turn++ }, time.Second, 2},
		"it was said anew":        {func(a *Alert) { a.Said = "b" }, time.Second, 2},
		"another alert":           {func(a *Alert) { a.Alert.ID = "b" }, time.Second, 2},
		"the answer was dropped":  {func(*Alert) {}, answerMost, 2},
		"and it might come still": {func(*Alert) {}, answerMost - 1, 1},
	} {
		card, asked := NewAlertCard(), 0
		card.OnAccept = func(string) { asked++ }
		card.Set(of(), now)
		card.doAccept()
		a := of()
		c.change(&a)
		card.Set(a, now.Add(c.after))
		card.doAccept()
		if asked != c.want {
			t.Errorf("%s: asked %d times, want %d", name, asked, c.want)
		}
	}
}

// Who has said that they are on their way says it once: what is shown already asks nothing of the
// record, also when it is pressed again long after.
//
// Seen red with doWay asking whatever is shown.
func TestOnMyWayIsSaidOnce(t *testing.T) {
	now := time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	of := Alert{May: alert.Rights{OnMyWay: true}, Card: alert.Card{State: alert.Open,
		Alert: alert.Alert{ID: "a", Patient: "p1", Priority: alert.High}}}
	card, said := NewAlertCard(), 0
	card.OnWay = func(string) { said++ }
	card.Set(of, now)
	card.doWay()
	of.OnMyWay = true
	card.Set(of, now.Add(time.Minute))
	card.doWay()
	if said != 1 {
		t.Errorf("said %d times", said)
	}
	of.OnMyWay = false // taken back
	card.Set(of, now.Add(2*time.Minute))
	if card.doWay(); said != 2 {
		t.Errorf("after it was taken back it was said %d times", said)
	}
}
