package widgets

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
)

// What is folded behind a card of no patient is no patient's either. Seen red: "And 302
// more of this patient."
func TestFoldOfAlertsWithoutAPatient(t *testing.T) {
	nobodys, somebodys := Alert{More: 302}, Alert{More: 2}
	somebodys.Card = alert.Card{Alert: alert.Alert{Patient: "p1"}}
	if got := noteText(nobodys); strings.Contains(got, "this patient") || !strings.Contains(got, "302 more") {
		t.Error(got)
	}
	if got := noteText(somebodys); !strings.Contains(got, "2 more of this patient") {
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
