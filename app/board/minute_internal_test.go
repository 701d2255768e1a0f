package board

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// Values of one minute are of one time, not of twice the same. Seen red with both named: "00:29 and 00:29".
func TestOneMinuteIsOneTime(t *testing.T) {
	at := time.Date(2026, 12, 1, 0, 29, 40, 0, time.UTC)
	p := vitals.Picture{Values: vitals.Observation{Taken: at}}
	for i := range p.At {
		p.At[i] = at.Add(-30 * time.Second)
	}
	if got := times(p); strings.Count(got, ":29") != 1 {
		t.Errorf("%q", got)
	}
}
