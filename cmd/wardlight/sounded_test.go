//go:build linux

package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/desktop/sound/soundtest"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/ui/spots"
)

// What a nurse hears of the whole station: from `redis-cli PUBLISH` to the tone
// that the sound service plays, which is recorded and measured; and its silence
// once the alert is accepted. How its parts fail is for the tests of
// app/desktop/sound and ui/window to say.
func TestPublishToTone(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a window")
	}
	speaker := soundtest.Start(t)
	speaker.Use(t)
	w := newWard(t)
	s := w.open("WS-4B-1")
	s.signIn("achen")
	ear := speaker.Record()
	heard, err := json.Marshal(map[string]string{"id": uuid.NewString(), "bed": "07", "priority": "high",
		"text": "Fall from bed"})
	must(t, err)
	before := len(ear.Now())
	w.cli("PUBLISH", live.Intake(w.redis.Keys(), "4B"), string(heard))
	var pulses []soundtest.Pulse
	for end := time.Now().Add(30 * time.Second); len(pulses) < 10; {
		if time.Now().After(end) {
			t.Fatalf("%d pulses", len(pulses))
		}
		pulses = soundtest.Measure(ear.Samples(t)[before:], soundtest.Rate)
	}
	t.Logf("redis-cli PUBLISH to the first pulse, the recording's own delay included: %v",
		pulses[0].Start.Round(time.Millisecond))
	t.Log("\n" + soundtest.Table("high", pulses[:10]))
	if pulses[0].Start > 2*time.Second {
		t.Errorf("first heard after %v", pulses[0].Start)
	}
	for i, p := range pulses[:10] {
		if p.Fundamental < 520 || p.Fundamental > 526 {
			t.Errorf("pulse %d has %.1f Hz", i+1, p.Fundamental)
		}
	}
	s.click("alert.accept.0")
	s.until("who accepted",
		func(m map[string]spots.Spot) bool { return strings.Contains(m["alert.card.0"].Text, "Chen") })
	quiet := len(ear.Samples(t))
	ear.Until(t, quiet+8*soundtest.Rate)
	if late := soundtest.Measure(ear.Now()[quiet:], soundtest.Rate); len(late) > 0 {
		t.Errorf("%d pulses after it was accepted", len(late))
	}
}
