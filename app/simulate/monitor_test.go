package simulate

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// Who has a monitor shows each sign with every step; who has none, nothing. Seen
// red with every bed given a monitor.
func TestReadings(t *testing.T) {
	now := time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)
	w := New(1, now)
	w.beds["a"] = &bed{patient: "a", name: "01", monitored: true, now: signs{pulse: 88.4, spo2: 93.6, temp: 37}}
	w.beds["b"] = &bed{patient: "b", name: "02"}
	got := map[vitals.Sign]float64{}
	for _, r := range w.Readings(now) {
		if !r.Valid() || r.Patient != "a" || r.Monitor != "01" || !r.At.Equal(now) {
			t.Errorf("%+v", r)
		}
		got[r.Sign] = r.Value
	}
	if len(got) != 2 || got[vitals.HeartRate] != 88 || got[vitals.Saturation] != 94 {
		t.Error(got)
	}
}
