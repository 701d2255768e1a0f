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
