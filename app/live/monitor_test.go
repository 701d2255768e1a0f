package live

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/redisx"
)

// A station whose clock is late, or was put back, takes no old value for a new
// one, and says nothing of ages before it knows the server's time. What cannot be
// read takes the place of what was there. Seen red with
// the second age of shown left out, with known not asked for, and with the delete
// left out.
func TestMonitorAges(t *testing.T) {
	now := time.Now()
	value := func(at time.Time) map[string]redisx.LiveValue {
		b, _ := json.Marshal(vitals.Reading{Monitor: "01", Patient: "p1", Sign: vitals.HeartRate, Value: 118,
			Unit: "/min", At: at})
		return map[string]redisx.LiveValue{"01 HR": {ID: "01 HR", Payload: b, At: at}}
	}
	age := func(m *monitored, at time.Time) time.Duration {
		if r := m.shown(at)["p1"]; len(r) == 1 {
			return r[0].Age.Round(time.Second)
		}
		return -1
	}
	m := &monitored{ahead: 2 * time.Minute}
	m.take(value(now.Round(0).Add(time.Minute)), true, now) // a minute ago, by the server
	if got := age(m, now); got != -1 {
		t.Errorf("before the server's time is known: %v", got)
	}
	if m.known = true; age(m, now) != time.Minute {
		t.Errorf("late clock: %v", age(m, now))
	}
	m.ahead = -time.Hour // put back
	m.take(value(now.Round(0).Add(time.Minute)), false, now.Add(5*time.Second))
	if got := age(m, now.Add(40*time.Second)); got != 40*time.Second {
		t.Errorf("clock put back: %v", got)
	}
	m.take(map[string]redisx.LiveValue{"01 HR": {Payload: []byte("{"), At: now}}, false, now)
	if got := age(m, now); got != -1 {
		t.Errorf("after what cannot be read: %v", got)
	}
}
