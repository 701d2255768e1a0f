package alert_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// A wall tells each place once, by its most urgent open alert, the most urgent place first, and counts the whole
// ward, which it names; nothing on it names a patient or says a value.
func TestWall(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 3, 12, 0, time.UTC)
	card := func(bed string, p alert.Priority, ago time.Duration) alert.Card {
		return alert.Card{State: alert.Open, Surname: "OKOYE", Given: "Ada", MRN: "7001234",
			Alert: alert.Alert{Bed: bed,
				Patient: "p" + bed, Priority: p, Text: "SpO₂ 86 %", Received: at.Add(-ago)}}
	}
	taken := card("04", alert.High, time.Minute)
	taken.State = alert.TakenInHand
	moved, off := card("05", alert.Medium, time.Minute), card("06", alert.Low, time.Minute)
	moved.Now, off.Now = alert.Whereabouts{Moved: true, Bed: "11"}, alert.Whereabouts{Moved: true, Off: true}
	station := card("", alert.Technical, time.Minute)
	station.Alert.Patient = ""
	w := alert.WallOf("4B Medicine",
		[]alert.Card{card("02", alert.Low, time.Hour), card("07", alert.High, time.Minute), taken, moved,
			station, card("02", "unknown", time.Minute), off, card("07", alert.Low, 3*time.Minute)}, 40, 9)
	var said []string
	for _, s := range w.Spots {
		said = append(said, string(s.Priority)+" "+s.Place)
	}
	if got := strings.Join(said, ", "); got != "unknown Bed 02, high Bed 07, medium Bed 11, "+
		"technical A device or a station, low On no ward now" {
		t.Error(got)
	}
	if w.Text() != "4B Medicine: 9 high of 40 open alerts" {
		t.Errorf("%q", w.Text())
	}
	for _, s := range w.Spots {
		if s.Place == "Bed 07" && (s.Count != 2 || !s.Since.Equal(at.Add(-3*time.Minute))) {
			t.Errorf("%+v", s)
		}
		for _, secret := range []string{"OKOYE", "Ada", "7001234", "86"} {
			if strings.Contains(s.Place, secret) {
				t.Errorf("%q tells %q", s.Place, secret)
			}
		}
	}
	if (alert.Wall{Ward: "4B Medicine"}).Text() != "" {
		t.Error("a calm ward is counted")
	}
}
