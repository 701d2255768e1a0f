package alert_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/tongue"
)

// What the record raises is said in the language and the zone of whoever reads it, and
// never as the record wrote it. Seen red with the stored texts shown.
func TestTheReaderSaysWhatTheRecordRaised(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	c, err := tongue.Read("de", []byte(`{
		"A set of observations is dated in the future. Check the clock of %s.": "Messung in der Zukunft: Uhr von %s prüfen.",
		"Somebody charted observations that are dated in the future. Check when they were taken.": "Zeit prüfen.",
		"A result of %s waits since %s for a person to say whose it is (parked message %s). Tell IT: wardctl parked list": "Befund von %s wartet seit %s (%s).",
		"%s messages of %s have waited too long for a person to say whose they are, the first since %s (parked message %s). Tell IT: wardctl parked list": "%s von %s seit %s (%s).",
		"Two unlike people were merged into this chart. Check who this is, and tell IT: it can be undone.": "Zwei in einer Akte.",
		"A move or discharge of this patient is dated in the future. Check where the patient is.": "Wo ist der Patient?",
		"Escalated to %s": "Eskaliert an %s", "everyone": "alle", "a sender without a name": "jemand ohne Namen"}`))
	if err != nil {
		t.Fatal(err)
	}
	tongue.Speak(c)
	tongue.KeepTime(london)
	t.Cleanup(func() { tongue.Speak(nil); tongue.KeepTime(nil) })
	at := time.Date(2026, 7, 1, 8, 12, 0, 0, time.UTC)
	e := parked.Entry{ID: 17, Source: "LAB (OAK)", Kind: "ORU^R01", Since: at}
	unnamed := e
	unnamed.Source = ""
	for _, x := range []struct {
		a    alert.Alert
		want string
	}{
		{alert.Alert{ID: alert.AheadID("p:1", "MON: 4", at), Patient: "p:1", Source: alert.FromRecord, Text: "x"},
			"Messung in der Zukunft: Uhr von MON: 4 prüfen."},
		{alert.Alert{ID: alert.AheadID("p1", "", at), Patient: "p1", Source: alert.FromRecord, Text: "x"},
			"Zeit prüfen."},
		{alert.Alert{ID: alert.AheadID("p1", "MON", at), Patient: "p1", Source: "pump", Text: "its own"}, "its own"},
		{alert.Alert{ID: alert.LeftID("k#0", "4B"), Patient: "p1", Source: alert.FromRecord, Text: "x"},
			"Wo ist der Patient?"},
		{alert.Alert{ID: alert.UnlikeID("p1", "p2", "oak/4"), Patient: "p1", Source: alert.FromRecord, Text: "x"},
			"Zwei in einer Akte."},
		{alert.Alert{Source: alert.FromParked, Raised: at,
			Text: parked.Overdue{Source: e.Source, Count: 1, First: e}.Text(time.UTC)},
			"Befund von LAB (OAK) wartet seit 01 Jul 09:12 (17)."},
		{alert.Alert{Source: alert.FromParked, Raised: at,
			Text: parked.Overdue{Count: 1, First: unnamed}.Text(time.UTC)},
			"Befund von jemand ohne Namen wartet seit 01 Jul 09:12 (17)."},
		{alert.Alert{Source: alert.FromParked, Raised: at,
			Text: parked.Overdue{Source: e.Source, Count: 303, First: e}.Text(time.UTC)},
			"303 von LAB (OAK) seit 01 Jul 09:12 (17)."},
		{alert.Alert{Source: alert.FromParked, Text: "of another program"}, "of another program"},
	} {
		if got := x.a.Words(); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
	if got := (alert.Call{Newest: alert.Everyone.Words()}).Route(1, false); got != "Eskaliert an alle" {
		t.Error(got)
	}
}
