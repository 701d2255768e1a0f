package widgets

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
)

// What is folded behind a card of no patient is no patient's either. Seen red: "And 302
// more of this patient."
func TestFoldOfAlertsWithoutAPatient(t *testing.T) {
	nobodys, somebodys := Alert{More: 302}, Alert{More: 2}
	somebodys.Card = alert.Card{Alert: alert.Alert{Patient: "p1"}}
	if got := textOf(foldRuns(nobodys, time.Time{})); strings.Contains(got, "this patient") ||
		!strings.Contains(got, "302 more") {
		t.Error(got)
	}
	if got := textOf(foldRuns(somebodys, time.Time{})); !strings.Contains(got, "2 more of this patient") {
		t.Error(got)
	}
}

// While nobody could say who it is, a card shows the number and the bed of the alert
// itself. Seen red: it showed neither.
func TestACardOfWhomNobodyCouldReadShowsWhatWasSent(t *testing.T) {
	var a Alert
	a.Alert = alert.Alert{Patient: "p1", Bed: "03", Sent: "K300", Holders: alert.Several}
	a.Unidentified, a.Unread = true, true
	if got := nameRuns(a)[0].Text; got != "The patient cannot be read now" {
		t.Error(got)
	}
	const want = "Identify the patient before you act. Number sent: K300. Several patients have it. Bed sent: 03."
	if got := identifiers(a); got != want {
		t.Error(got)
	}
	a.Unread = false
	if got := nameRuns(a)[0].Text; got != "Looking up the patient…" {
		t.Error(got)
	}
}

// The history says when an alert ended, by itself or by whom, and who had it in hand then.
func TestWhatEndedSaysWhenAndWhoHadIt(t *testing.T) {
	at := time.Date(2026, 3, 14, 14, 2, 0, 0, tongue.Zone())
	ended := func(change func(*alert.Card)) Alert {
		a := Alert{Card: alert.Card{State: alert.EndedByCause, Alert: alert.Alert{Patient: "p1"}, Ended: at}}
		change(&a.Card)
		return a
	}
	for name, c := range map[string]struct {
		change      func(*alert.Card)
		route, note string
	}{
		"by itself": {func(*alert.Card) {}, "Ended by itself, 14:02", "Nobody had accepted it."},
		"by itself, in hand": {func(c *alert.Card) { c.TakenBy, c.TakenAt = "Diaz, M", at.Add(-time.Hour) },
			"Ended by itself, 14:02", "Diaz, M had accepted it (13:02)."},
		"by a nurse": {func(c *alert.Card) { c.EndedBy, c.TakenBy, c.TakenAt = "Diaz, M", "Diaz, M", at.Add(-time.Hour) },
			"Ended by Diaz, M, 14:02", "Diaz, M had accepted it (13:02)."},
		"given back": {func(c *alert.Card) { c.Turn, c.BackBy = 1, "Diaz, M" }, "Ended by itself, 14:02",
			"Diaz, M had given it back, and nobody had it in hand."},
		"forwarded out of hand": {func(c *alert.Card) { c.Turn = 1 }, "Ended by itself, 14:02",
			"Nobody had it in hand any more."},
	} {
		card := NewAlertCard()
		card.Set(ended(c.change), at.Add(time.Minute))
		if got := card.routeText(); got != c.route {
			t.Errorf("%s: %q", name, got)
		}
		if got := noteText(card.alert); got != c.note {
			t.Errorf("%s: %q", name, got)
		}
	}
}
