package live

import (
	"testing"
	"time"
)

// Since when a station has been mute or deaf does not move with its answers: the
// charge nurse reads how long alerts may have gone unheard there. Seen red with the
// time of the newest answer.
func TestSinceWhenAStationIsIll(t *testing.T) {
	var answers table
	t0 := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		after int // seconds
		mute  string
		since int
	}{{0, "", 0}, {5, "", 0}, {10, "muted", 10}, {15, "muted", 10}, {20, "no device", 20}, {25, "", 25}} {
		at := t0.Add(time.Duration(c.after) * time.Second)
		answers.take(Answer{Station: "WS-2", Mute: c.mute}, at)
		n := answers.list()[0]
		if n.Since != t0.Add(time.Duration(c.since)*time.Second) || n.Heard != at {
			t.Errorf("after %d s: since %v, heard %v", c.after, n.Since, n.Heard)
		}
	}
	answers.take(Answer{Station: "WS-1"}, t0.Add(time.Hour))
	if n := answers.list()[1]; !n.Deaf || n.Since != t0.Add(25*time.Second) {
		t.Errorf("silent since its last answer: %+v", n)
	}
}
