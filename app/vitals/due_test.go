package vitals_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// Traps 9, 10 and 11: the next set is due from when this one was taken, by
// Chart 4's minimums unless the ward sets others, and never by the frequencies
// of the older scores.
func TestNextDue(t *testing.T) {
	taken := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		change func(*vitals.Observation)
		after  time.Duration
	}{
		{"0", func(*vitals.Observation) {}, 12 * time.Hour},
		{"1-4", func(o *vitals.Observation) { o.Pulse = f(95) }, 4 * time.Hour},
		{"3 in one", func(o *vitals.Observation) { o.RR = f(26) }, time.Hour},
		{"5-6", func(o *vitals.Observation) { o.RR, o.Pulse = f(26), f(115) }, time.Hour},
		{"7", func(o *vitals.Observation) { o.RR, o.Pulse, o.SpO2 = f(26), f(115), f(93) }, 30 * time.Minute},
		{"incomplete 0 may hide more", func(o *vitals.Observation) { o.RR = nil }, 4 * time.Hour},
	} {
		o := well()
		c.change(&o)
		o.Taken, o.Received = taken, taken.Add(3*time.Hour) // late to arrive, not later due
		if got := vitals.Chart4.NextDue(o, vitals.NEWS2(o)); !got.Equal(taken.Add(c.after)) {
			t.Errorf("%s: due %v, want after %v", c.name, got, c.after)
		}
	}
	none := vitals.Observation{Taken: taken}
	if !vitals.Chart4.NextDue(none, vitals.NEWS2(none)).IsZero() {
		t.Error("nothing measured has no next due")
	}
	local := vitals.Chart4
	local.Medium = 30 * time.Minute
	o := well()
	o.Taken, o.RR, o.Pulse = taken, f(26), f(115)
	if got := local.NextDue(o, vitals.NEWS2(o)); !got.Equal(taken.Add(30 * time.Minute)) {
		t.Errorf("a ward's own interval: %v", got)
	}
	for _, r := range []vitals.Risk{vitals.RiskLow, vitals.RiskLowMedium, vitals.RiskMedium, vitals.RiskHigh} {
		if kind, do := r.Response(); kind == "" || do == "" {
			t.Errorf("no response for %s: %q, %q", r, kind, do)
		}
	}
}
