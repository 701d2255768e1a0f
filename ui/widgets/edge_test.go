package widgets

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// The light flashes at the rate of its priority, and is lit 20 to 60 % of the
// time; nothing reaches three flashes in any second.
func TestEdgeFlashesAtItsRate(t *testing.T) {
	const long, tick = 40 * time.Second, 5 * time.Millisecond
	for p, want := range map[alert.Priority][2]float64{alert.High: {1.4, 2.8}, "?": {1.4, 2.8},
		alert.Medium: {0.4, 0.8}, alert.Low: {0, 0}, alert.Technical: {0, 0}} {
		var ons []time.Duration
		lit, was := 0, false
		for at := time.Duration(0); at < long; at += tick {
			is := Lit(p, at)
			if is {
				lit++
			}
			if is && !was {
				ons = append(ons, at)
			}
			was = is
		}
		hz, duty := float64(len(ons)-1)/long.Seconds(), float64(lit)/float64(long/tick)
		if len(ons) == 1 { // constant
			hz = 0
		}
		if hz < want[0] || hz > want[1] || want[1] > 0 && (duty < 0.2 || duty > 0.6) || want[1] == 0 && duty != 1 {
			t.Errorf("%s: %.2f Hz, lit %.0f %%", p, hz, 100*duty)
		}
		for n := 3; n < len(ons); n++ {
			if ons[n]-ons[n-3] < time.Second {
				t.Errorf("%s: more than three flashes in a second", p)
			}
		}
	}
}
