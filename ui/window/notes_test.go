package window

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
)

// The texts of 1,000 alerts hold no patient's name, number or birth date, nor the
// alert's own text; a storm is one popup. Row 54 of the failure catalogue. Red
// once: with the alert's text for the body.
func TestNotificationsNameNobody(t *testing.T) {
	o, _, eyes := withEars(t, false)
	o.signIn("chen", password)
	o.until("OKOYE")
	for i := range 1000 {
		bed := ""
		if i%3 > 0 {
			bed = "01"
		}
		o.ear.notes.move(alert.Move{Kind: alert.Raised,
			Alert: alert.Alert{ID: fmt.Sprint(i), Ward: "4B", Patient: "p1", Bed: bed,
				Priority: []alert.Priority{alert.High, alert.Medium, alert.Low, alert.Technical, "?"}[i%5],
				Text:     "OKOYE, Ada 7001001 born 1960"}}, false)
		n := note(alert.Read{AsOf: &alert.AsOf{Said: "OKOYE, Ada 7001001"}, Alert: alert.Alert{ID: fmt.Sprint(i), Ward: "4B",
			Bed: bed, Priority: alert.High, Text: "OKOYE, Ada 7001001"}}, "", true)
		eyes.mu.Lock()
		eyes.ever = append(eyes.ever, n)
		eyes.mu.Unlock()
	}
	o.wait("one popup for all", func() bool {
		texts := eyes.texts()
		return len(texts) == 1 && strings.HasPrefix(texts[0], "1000 alerts: ")
	})
	named := 0
	for _, n := range eyes.ever {
		if text := strings.ToLower(fmt.Sprint(n)); strings.Contains(text, "okoye") || strings.Contains(text, "ada") ||
			strings.Contains(text, "7001001") || strings.Contains(text, "1960") {
			named++
			t.Errorf("%+v", n)
		}
	}
	t.Logf("%d notes worded, %d name a patient", len(eyes.ever), named)
}

// Where the ward wants names they are shown while the station is open, and taken
// out when it is locked. Red once: with lock not rewording.
func TestNamesGoWithTheLock(t *testing.T) {
	o, _, eyes := withEars(t, true)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.raise("a", "p1", "01", alert.High)
	named := func() bool { return strings.Contains(strings.Join(eyes.texts(), ""), "OKOYE, Ada") }
	o.wait("a name", named)
	o.lock()
	o.wait("no name while locked", func() bool { return len(eyes.texts()) == 1 && !named() })
	o.raise("b", "p1", "01", alert.High)
	o.wait("the second", func() bool { return len(eyes.texts()) == 2 })
	if named() {
		t.Error("a name while locked")
	}
	o.unlock(password)
	o.wait("names again", named)
}

// Accept and Open of a notification do what they say for whoever is signed in, and
// nothing while the station is locked, which the alert line itself would refuse,
// too. Red once: with the action accept left out of chosen.
func TestActionsOfANotification(t *testing.T) {
	o, _, eyes := withEars(t, false)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.raise("a", "p1", "01", alert.High)
	o.wait("a popup", func() bool { return eyes.popup() != "" && len(o.shown().Cards) == 1 })
	o.lock()
	eyes.click <- notify.Invoked{Key: eyes.popup(), Action: eyes.accept()}
	o.wait("the click seen", func() bool { return o.fronts.Load() == 1 })
	o.unlock(password)
	o.wait("open again", func() bool { _, ok := o.signed(); return ok })
	if c := o.shown().Cards[0]; c.State != alert.Open {
		t.Error("accepted on a locked station")
	}
	eyes.click <- notify.Invoked{Key: eyes.popup(), Action: "default"}
	o.wait("the chart", func() bool { o.mu.Lock(); defer o.mu.Unlock(); return o.glass.opened == "p1" })
	eyes.click <- notify.Invoked{Key: eyes.popup(), Action: eyes.accept()}
	o.wait("accepted", func() bool { c := o.shown().Cards; return len(c) == 1 && c[0].State == alert.TakenInHand })
	o.wait("no popup", func() bool { return eyes.popup() == "" })
}
