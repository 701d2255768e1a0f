package sound

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/desktop/sound/soundtest"
)

// table is the standard's, as far as it is known: see [Signal].
type table struct {
	signal               Signal
	pulses               int
	shortest, longest    time.Duration // of a pulse
	leastGap, mostGap    time.Duration
	fundamentals         []float64
	longGaps             []int // after which pulses the gap is twice the spacing and a pulse
	middle               int   // after which pulse the burst has its long pause; 0: none
	leastPause, mostLong time.Duration
}

var tables = []table{
	{High, 10, 75 * ms, 200 * ms, 50 * ms, 125 * ms, []float64{523}, []int{3, 8}, 5, 350 * ms, 1300 * ms},
	{Medium, 3, 125 * ms, 250 * ms, 125 * ms, 250 * ms, []float64{440}, nil, 0, 0, 0},
	{CannotHear, 3, 125 * ms, 250 * ms, 125 * ms, 250 * ms, []float64{587, 494, 392}, nil, 0, 0, 0},
	{Technical, 2, 125 * ms, 250 * ms, 125 * ms, 250 * ms, []float64{294}, nil, 0, 0, 0},
	{Low, 2, 125 * ms, 250 * ms, 125 * ms, 250 * ms, []float64{330, 262}, nil, 0, 0, 0},
}

// complaints compares measured pulses with the table.
func (want table) complaints(p []soundtest.Pulse) (out []string) {
	say := func(format string, args ...any) {
		out = append(out, fmt.Sprintf("%v: ", want.signal)+fmt.Sprintf(format, args...))
	}
	if len(p) != want.pulses {
		say("%d pulses, want %d", len(p), want.pulses)
		return out
	}
	spacing, long := time.Duration(0), map[int]bool{}
	for _, n := range want.longGaps {
		long[n] = true
	}
	for i, gap := range soundtest.Gaps(p) {
		after := i + 1
		switch {
		case after == want.middle:
			if gap < want.leastPause || gap > want.mostLong {
				say("pause of %v after pulse %d", gap, after)
			}
		case long[after]:
			if twice := 2*spacing + p[i].Length; (gap - twice).Abs() > 20*ms {
				say("gap of %v after pulse %d, want %v", gap, after, twice)
			}
		default:
			spacing = gap
			if gap < want.leastGap || gap > want.mostGap {
				say("gap of %v after pulse %d", gap, after)
			}
		}
	}
	for i, x := range p {
		if x.Length < want.shortest || x.Length > want.longest {
			say("pulse %d is %v long", i+1, x.Length)
		}
		// Rise over the whole pulse, whose length the half height understates.
		if part := float64(x.Rise) / float64(scores[want.signal].pulse); part < 0.10 || part > 0.20 {
			say("pulse %d rises within %.0f %% of it", i+1, part*100)
		}
		if f := want.fundamentals[min(i, len(want.fundamentals)-1)]; math.Abs(x.Fundamental-f) > 3 ||
			f < 150 || f > 1000 {
			say("pulse %d has %.1f Hz, want %.0f", i+1, x.Fundamental, f)
		}
		near := 0
		for k, dB := range x.Harmonics {
			if f := x.Fundamental * float64(k+2); math.Abs(dB) <= 15 && f >= 300 && f <= 4000 {
				near++
			}
		}
		if near < 4 {
			say("pulse %d has %d harmonics within 15 dB", i+1, near)
		}
		if math.Abs(x.Level-20*math.Log10(loudness)) > 1 {
			say("pulse %d has a level of %.1f dB", i+1, x.Level)
		}
	}
	return out
}

// The samples of every signal keep to its table. Red once each: with a high
// burst of nine pulses, with a spacing of 20 ms, with ramp at 0.5, with one
// partial, and without the A-weighting (the low signal 3 dB too soft).
func TestSignalsKeepToTheirTables(t *testing.T) {
	if len(tables) != int(signals) {
		t.Fatalf("%d tables for %d signals", len(tables), signals)
	}
	for _, want := range tables {
		w := Burst(want.signal)
		p := soundtest.Measure(w, Rate)
		for _, c := range want.complaints(p) {
			t.Error(c)
		}
		t.Log("\n" + soundtest.Table(want.signal.String(), p))
		for _, v := range w {
			if v == math.MaxInt16 || v == math.MinInt16 {
				t.Fatalf("%v is clipped", want.signal)
			}
		}
		least, most := want.signal.Bounds()
		if d := defaultRepeat[want.signal]; d < least || d > most {
			t.Errorf("%v repeats after %v", want.signal, d)
		}
		if w[0] != 0 || w[len(w)-1] != 0 {
			t.Errorf("%v begins or ends with a click", want.signal)
		}
	}
}

// No two signals are alike in rhythm and pitch.
func TestSignalsDiffer(t *testing.T) {
	seen := map[string]Signal{}
	for s := range signals {
		key := fmt.Sprint(scores[s])
		if other, is := seen[key]; is {
			t.Errorf("%v sounds like %v", s, other)
		}
		seen[key] = s
	}
}
