package sound

import (
	"encoding/binary"
	"math"
	"slices"
	"sync"
	"time"
)

// Rate is the samples per second of every [Wave].
const Rate = 48000

// Wave is sound on one channel, at [Rate].
type Wave []int16

// Length is how long the wave sounds.
func (w Wave) Length() time.Duration { return time.Duration(len(w)) * time.Second / Rate }

// lead is the silence before each wave: devices swallow the first moment after
// they were idle, which is the rise of the first pulse.
const lead = 60 * ms

// led is the wave after its lead, as 16-bit little-endian bytes.
func (w Wave) led() []byte {
	n := 2 * count(lead)
	b := make([]byte, n, n+2*len(w))
	for _, v := range w {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	return b
}

// file is the wave after its lead, as a WAV file of 16-bit PCM.
func (w Wave) file() []byte {
	data := w.led()
	var b []byte
	text := func(s string) { b = append(b, s...) }
	u32 := func(v int) { b = binary.LittleEndian.AppendUint32(b, uint32(v)) }
	u16 := func(v uint16) { b = binary.LittleEndian.AppendUint16(b, v) }
	text("RIFF")
	u32(36 + len(data))
	text("WAVEfmt ")
	u32(16)
	u16(1) // PCM
	u16(1) // channel
	u32(Rate)
	u32(2 * Rate) // bytes a second
	u16(2)        // bytes a sample
	u16(16)       // bits a sample
	text("data")
	u32(len(data))
	return append(b, data...)
}

// partials are the levels of the fundamental and its harmonics in dB. Four
// harmonics lie within 10 dB: small loudspeakers that swallow the fundamental
// still give its pitch.
var partials = [...]float64{0, -3, -5, -7, -9}

// ramp is the part of a pulse that its rise takes, and its fall: a raised cosine,
// of which 59 % lie between 10 % and 90 %.
const ramp = 0.24

// loudness is the A-weighted level of every pulse, relative to full scale. It
// leaves the loudest wave 2 dB of head room.
const loudness = 0.27

// Burst is the signal's wave: one burst, without the silence before its
// repetition. It is made once and must not be changed.
func Burst(s Signal) Wave { return bursts[s]() }

var bursts = func() (made [signals]func() Wave) {
	for s := range signals {
		made[s] = sync.OnceValue(func() Wave { return scores[s].wave() })
	}
	return made
}()

func (sc score) wave() (w Wave) {
	for i, f := range sc.notes {
		w = append(w, tone(f, sc.pulse)...)
		if i < len(sc.gaps) {
			w = append(w, make(Wave, count(sc.gaps[i]))...)
		}
	}
	return w
}

// Test is the wave of the self-test: low, medium and high, a second apart.
func Test() Wave {
	pause := make(Wave, Rate)
	w := slices.Clone(Burst(Low))
	for _, s := range []Signal{Medium, High} {
		w = append(append(w, pause...), Burst(s)...)
	}
	return w
}

func count(d time.Duration) int { return int(d * Rate / time.Second) }

// tone is one pulse with its rise and fall.
func tone(fundamental float64, length time.Duration) Wave {
	level := 0.0 // A-weighted power
	for k, dB := range partials {
		a := amplitude(dB) * aWeight(fundamental*float64(k+1))
		level += a * a / 2
	}
	gain := loudness / math.Sqrt(level) * math.MaxInt16
	n := count(length)
	edge := int(ramp * float64(n))
	w := make(Wave, n)
	for i := range w {
		v := 0.0
		for k, dB := range partials {
			// Phases after Schroeder keep the peak of the sum low.
			h := float64(k + 1)
			phase := -math.Pi * h * (h - 1) / float64(len(partials))
			v += amplitude(dB) * math.Sin(2*math.Pi*fundamental*h*float64(i)/Rate+phase)
		}
		v *= gain
		if at := min(i, n-1-i); at < edge {
			v *= (1 - math.Cos(math.Pi*float64(at)/float64(edge))) / 2
		}
		w[i] = int16(math.Round(v))
	}
	return w
}

func amplitude(dB float64) float64 { return math.Pow(10, dB/20) }

// aWeight is the ear's sensitivity at a frequency, 1 at 1 kHz (IEC 61672-1).
func aWeight(f float64) float64 {
	f2 := f * f
	r := 12194 * 12194 * f2 * f2 /
		((f2 + 20.6*20.6) * math.Sqrt((f2+107.7*107.7)*(f2+737.9*737.9)) * (f2 + 12194*12194))
	return r * amplitude(2)
}
