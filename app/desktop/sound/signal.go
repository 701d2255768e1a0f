// Package sound makes the station heard: tones synthesized here after the burst
// structure of IEC 60601-1-8, a player that never makes its caller wait, and
// sinks that say when nobody can hear them.
//
// A sound is a proof only if it was played: the player reports a burst once the
// device has taken its last sample while neither muted nor at volume zero. What
// a loudspeaker then does is for the nurse to say, by the self-test.
package sound

import "time"

// Signal is one kind of tone. All pulses of all signals are equally loud
// (A-weighted); they differ in rhythm and pitch.
//
//	signal      pulses  length  spacing                      fundamental           repeats after
//	High        10      140 ms  80 ms; 300 ms after 3 and 8;  C5, 523 Hz            5 s   (2.5–15 s)
//	                            500 ms after 5
//	Medium      3       180 ms  150 ms                        A4, 440 Hz            10 s  (2.5–30 s)
//	Low         2       180 ms  180 ms                        E4, C4: 330, 262 Hz   60 s  (over 15 s)
//	Technical   2       180 ms  180 ms                        D4, D4: 294 Hz        30 s  (over 15 s)
//	CannotHear  3       180 ms  150 ms                        D5, B4, G4: 587–392   5 s   (2.5–30 s)
//
// The structure is that of the edition before its 2020 amendment, from secondary
// sources: pulses of 75–200 ms (High) and 125–250 ms; spacing of 50–125 ms in a
// high burst, twice that and a pulse after the third and eighth, 0.35–1.30 s in
// its middle; 125–250 ms in the others; a rise from 10 % to 90 % within 10–20 %
// of the pulse; a fundamental of 150–1000 Hz and at least four harmonics between
// 300 and 4000 Hz within 15 dB of it. Spacing is the silence between pulses; the
// values also hold where it is taken between the 90 % points.
//
// Technical has the structure of a low signal, CannotHear, which says that the
// station itself can hear no alerts, that of a medium one.
type Signal uint8

// The signals, most urgent first: a more urgent one breaks off the others.
const (
	High Signal = iota
	CannotHear
	Medium
	Technical
	Low
	signals // how many
)

// String names the signal in the words of reports.
func (s Signal) String() string {
	return [...]string{"high", "cannot-hear", "medium", "technical", "low", "?"}[min(s, signals)]
}

// score is a signal on paper: a fundamental for each pulse and the silence
// after it.
type score struct {
	pulse time.Duration
	notes []float64       // Hz
	gaps  []time.Duration // one fewer than notes
}

// Equal temperament, A4 = 440 Hz.
const (
	c4 = 261.626
	d4 = 293.665
	e4 = 329.628
	g4 = 391.995
	a4 = 440.000
	b4 = 493.883
	c5 = 523.251
	d5 = 587.330
)

const ms = time.Millisecond

var scores = [signals]score{
	High: {140 * ms, []float64{c5, c5, c5, c5, c5, c5, c5, c5, c5, c5},
		[]time.Duration{80 * ms, 80 * ms, 300 * ms, 80 * ms, 500 * ms, 80 * ms, 80 * ms, 300 * ms, 80 * ms}},
	CannotHear: {180 * ms, []float64{d5, b4, g4}, []time.Duration{150 * ms, 150 * ms}},
	Medium:     {180 * ms, []float64{a4, a4, a4}, []time.Duration{150 * ms, 150 * ms}},
	Technical:  {180 * ms, []float64{d4, d4}, []time.Duration{180 * ms}},
	Low:        {180 * ms, []float64{e4, c4}, []time.Duration{180 * ms}},
}

// Bounds is what a signal's repetition must keep to: see [Signal].
func (s Signal) Bounds() (least, most time.Duration) {
	switch s {
	case High:
		return 2500 * ms, 15 * time.Second
	case Medium, CannotHear:
		return 2500 * ms, 30 * time.Second
	}
	return 15 * time.Second, 10 * time.Minute
}

// defaultRepeat is the silence between two bursts of a signal.
var defaultRepeat = [signals]time.Duration{
	High: 5 * time.Second, CannotHear: 5 * time.Second, Medium: 10 * time.Second,
	Technical: 30 * time.Second, Low: time.Minute,
}
