package alert_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// An abbreviation of a zone counts where it is known. Seen red: any other was read as UTC,
// seven hours off.
func TestAZoneThatNobodyKnowsGivesNoTime(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for sent, hour := range map[string]int{"Tue, 10 Mar 2026 08:59:00 EDT": 12, "Tue, 10 Mar 2026 08:59:00 PDT": -1,
		"Tue Mar 10 08:59:00 PDT 2026": -1, "Tue, 10 Mar 2026 08:59:00 GMT": 8, "Tue, 10 Mar 2026 08:59:00 UTC": 8,
		"Tue, 10 Mar 2026 08:59:00 -0700": 15, "2026-03-10T08:59:00": 12} {
		r, err := alert.ParseRequestIn([]byte(`{"text":"x","at":"`+sent+`"}`), newYork)
		if err != nil || r.At.IsZero() != (hour < 0) || hour >= 0 && r.At.Hour() != hour ||
			hour < 0 && (len(r.Flaws) != 1 || r.Flaws[0] != "at") {
			t.Errorf("%s: %v %v %v", sent, r.At, r.Flaws, err)
		}
	}
}
