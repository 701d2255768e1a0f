// Package soundtest measures recorded sound and runs a sound service of its own
// for tests.
package soundtest

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Pulse is one tone found in a recording.
type Pulse struct {
	// Start is when it reaches half its height, Length how long it stays above,
	// Rise the way from 10 % to 90 %.
	Start, Length, Rise time.Duration
	Fundamental         float64    // Hz
	Harmonics           [4]float64 // 2nd to 5th, dB relative to the fundamental
	Peak                float64    // of full scale
	Level               float64    // A-weighted, dB of full scale, over its middle half
}

// Measure finds the pulses of a recording of one channel. Tones between 150 and
// 1000 Hz are looked for, after Goertzel.
func Measure(wave []int16, rate int) []Pulse {
	env := envelope(wave, rate)
	top := 0.0
	for _, v := range env {
		top = max(top, v)
	}
	if top < 200 {
		return nil
	}
	var out []Pulse
	for i := 0; i < len(env); {
		if env[i] < top/10 {
			i++
			continue
		}
		end := i
		for end < len(env) && env[end] >= top/10 {
			end++
		}
		if end-i > rate/50 { // a click is no pulse
			out = append(out, one(wave, env, i, end, rate))
		}
		i = end
	}
	return out
}

// envelope is the highest sample within 3 ms around each, which bridges the
// zeros of the lowest tone's harmonics.
func envelope(wave []int16, rate int) []float64 {
	half := rate * 3 / 2000
	env := make([]float64, len(wave))
	var window []int // indexes, values falling
	at := func(i int) float64 { return math.Abs(float64(wave[i])) }
	for i := range len(wave) + half {
		if i < len(wave) {
			for len(window) > 0 && at(window[len(window)-1]) <= at(i) {
				window = window[:len(window)-1]
			}
			window = append(window, i)
		}
		if c := i - half; c >= 0 {
			for window[0] < c-half {
				window = window[1:]
			}
			env[c] = at(window[0])
		}
	}
	return env
}

func one(wave []int16, env []float64, from, to, rate int) Pulse {
	top := 0.0
	for _, v := range env[from:to] {
		top = max(top, v)
	}
	first := func(part float64) int {
		for i := from; i < to; i++ {
			if env[i] >= top*part {
				return i
			}
		}
		return to
	}
	last := to - 1
	for last > from && env[last] < top/2 {
		last--
	}
	d := func(n int) time.Duration { return time.Duration(n) * time.Second / time.Duration(rate) }
	p := Pulse{Start: d(first(0.5)), Length: d(last - first(0.5)), Rise: d(first(0.9) - first(0.1)), Peak: top / 32768}
	quarter := (to - from) / 4
	middle := wave[from+quarter : to-quarter]
	p.Fundamental = fundamental(middle, rate)
	base := Goertzel(middle, rate, p.Fundamental)
	power := 0.0
	for k := 1; k <= 5; k++ {
		f := p.Fundamental * float64(k)
		a := Goertzel(middle, rate, f)
		if k > 1 {
			p.Harmonics[k-2] = 20 * math.Log10(a/base)
		}
		w := a / 32768 * aWeight(f)
		power += w * w / 2
	}
	p.Level = 10 * math.Log10(power)
	return p
}

// fundamental is the frequency whose first five multiples hold the most power:
// near first, then to a tenth of a hertz.
func fundamental(w []int16, rate int) float64 {
	seen, _ := window(w)
	score := func(f float64) (sum float64) {
		for k := 1.0; k <= 5; k++ {
			sum += power(seen, rate, f*k)
		}
		return sum
	}
	best := 0.0
	search := func(from, to, step float64) {
		top := 0.0
		for f := from; f <= to; f += step {
			if s := score(f); s > top {
				best, top = f, s
			}
		}
	}
	search(150, 1000, 4)
	search(best-4, best+4, 1)
	search(best-1, best+1, 0.1)
	return best
}

// window sees the samples through a Hann window, whose sum is weight.
func window(w []int16) (seen []float64, weight float64) {
	seen = make([]float64, len(w))
	for i, v := range w {
		h := 0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(len(w)))
		seen[i] = float64(v) * h
		weight += h
	}
	return seen, weight
}

// power is that of one frequency, after Goertzel, not scaled.
func power(w []float64, rate int, f float64) float64 {
	c := 2 * math.Cos(2*math.Pi*f/float64(rate))
	var s1, s2 float64
	for _, v := range w {
		s1, s2 = v+c*s1-s2, s1
	}
	return max(0, s1*s1+s2*s2-c*s1*s2)
}

// Goertzel is the amplitude of a frequency in the samples, seen through a Hann
// window.
func Goertzel(w []int16, rate int, f float64) float64 {
	seen, weight := window(w)
	return 2 * math.Sqrt(power(seen, rate, f)) / weight
}

func aWeight(f float64) float64 {
	f2 := f * f
	return 1.2589 * 12194 * 12194 * f2 * f2 /
		((f2 + 20.6*20.6) * math.Sqrt((f2+107.7*107.7)*(f2+737.9*737.9)) * (f2 + 12194*12194))
}

// Gaps are the silences between pulses, half height to half height.
func Gaps(p []Pulse) (out []time.Duration) {
	for i := 1; i < len(p); i++ {
		out = append(out, p[i].Start-p[i-1].Start-p[i-1].Length)
	}
	return out
}

// Table prints pulses for people.
func Table(name string, pulses []Pulse) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d pulses\n  #   start ms  length ms  rise ms  gap ms  f0 Hz   2nd   3rd   4th   5th dB   level dB(A)FS\n", name, len(pulses))
	gaps := Gaps(pulses)
	for i, p := range pulses {
		gap := "     -"
		if i < len(gaps) {
			gap = fmt.Sprintf("%6.1f", milli(gaps[i]))
		}
		fmt.Fprintf(&b, "  %-2d  %8.1f  %9.1f  %7.1f  %s  %5.1f  %4.1f  %4.1f  %4.1f  %4.1f     %6.1f\n", i+1,
			milli(p.Start-pulses[0].Start), milli(p.Length), milli(p.Rise), gap, p.Fundamental,
			p.Harmonics[0], p.Harmonics[1], p.Harmonics[2], p.Harmonics[3], p.Level)
	}
	return b.String()
}

func milli(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
