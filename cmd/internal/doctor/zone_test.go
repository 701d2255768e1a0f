package doctor_test

import (
	"strings"
	"testing"
	"time"
)

// A computer whose zone is another than the site's is said: its own clock beside the
// window says another time than the window. Seen red without the check.
func TestTheComputersZoneIsCompared(t *testing.T) {
	mine := time.Local
	time.Local = time.FixedZone("EST", -5*60*60)
	t.Cleanup(func() { time.Local = mine })
	for zone, want := range map[string]bool{"Europe/London": true, "America/Bogota": false} {
		p := healthy(t)
		p.config += "[site]\ntime_zone = \"" + zone + "\"\n"
		said := false
		for _, f := range p.examine() {
			said = said || f.ID == "time-zone" && strings.Contains(f.Text, zone)
		}
		if said != want {
			t.Errorf("%s: said %v", zone, said)
		}
	}
}
