package vitals_test

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/vitals"
)

// Every limit of the table, from both sides, for both origins.
//
// Seen red: each limit of the table moved by one step, OrZero left out, and the origin
// not asked.
func TestEveryLimit(t *testing.T) {
	for _, c := range []struct {
		q          vitals.Quantity
		from       vitals.Origin
		in, out    string
		zero, unit string
	}{
		{vitals.RespirationRate, vitals.FromDevice, "1 150", "0.9 151 -1", "zero", "/min"},
		{vitals.RespirationRate, vitals.ByHand, "0 1 150", "150.5 240 -1", "in", "/min"},
		{vitals.OxygenSaturation, vitals.FromDevice, "5 100", "0.97 1 4 101 127", "zero", "%"},
		{vitals.OxygenSaturation, vitals.ByHand, "5 9 38 100", "0.97 1 4.9 100.1", "out", "%"},
		{vitals.SystolicPressure, vitals.FromDevice, "25 400", "16.0 24 401", "zero", "mmHg"},
		{vitals.SystolicPressure, vitals.ByHand, "25 400", "16.0 24 401", "in", "mmHg"},
		{vitals.DiastolicPressure, vitals.FromDevice, "5 300", "4 301", "zero", "mmHg"},
		{vitals.DiastolicPressure, vitals.ByHand, "5 300", "4 301", "in", "mmHg"},
		{vitals.PulseRate, vitals.FromDevice, "5 350", "1.2 4 351 511", "zero", "/min"},
		{vitals.PulseRate, vitals.ByHand, "5 350", "1.2 4 351", "in", "/min"},
		{vitals.BodyTemperature, vitals.FromDevice, "10 24.5 47", "9.9 47.1 98.6", "zero", "°C"},
		{vitals.BodyTemperature, vitals.ByHand, "10 47", "9.9 47.1 98.6", "out", "°C"},
		{vitals.OxygenFlow, vitals.FromDevice, "0 0.1 100", "-0.1 101", "in", "L/min"},
		{vitals.OxygenFlow, vitals.ByHand, "0 15 100", "-0.1 101", "in", "L/min"},
		{vitals.InspiredOxygen, vitals.FromDevice, "18 20.9 100", "2 17.9 101", "out", "%"},
		{vitals.InspiredOxygen, vitals.ByHand, "18 21 100", "2 17 101", "out", "%"},
	} {
		if c.q.Unit() != c.unit {
			t.Errorf("%s is in %q, want %q", c.q, c.q.Unit(), c.unit)
		}
		for _, text := range strings.Fields(c.in) {
			want, _ := new(big.Rat).SetString(text)
			f, _ := want.Float64()
			if v, err := c.q.Read(text, c.from); err != nil || v != f {
				t.Errorf("%s %s: %v %v", c.q, text, v, err)
			}
		}
		for _, text := range strings.Fields(c.out) {
			v, err := c.q.Read(text, c.from, c.unit)
			if v != 0 || !errors.Is(err, vitals.ErrImpossible) {
				t.Errorf("%s %s: %v %v", c.q, text, v, err)
				continue
			}
			if limits := c.q.Limits(c.from).String() + " " + c.unit; !strings.HasSuffix(err.Error(), limits) {
				t.Errorf("%s: %q does not end with the limits %q", c.q, err, limits)
			}
		}
		for _, text := range []string{"0", "0.0", "-0", "+0.", "000"} {
			v, err := c.q.Read(text, c.from)
			got := "in"
			switch {
			case errors.Is(err, vitals.ErrZero):
				got = "zero"
			case errors.Is(err, vitals.ErrImpossible):
				got = "out"
			case err != nil || v != 0 || math.Signbit(v):
				got = fmt.Sprint(v, err)
			}
			if got != c.zero {
				t.Errorf("%s %s: %s, want %s", c.q, text, got, c.zero)
			}
		}
	}
}

// What devices send for "no value" is no value of anything.
func TestSentinels(t *testing.T) {
	for _, q := range vitals.Numbers {
		for _, text := range strings.Fields(
			`-1 -999 -9999 -32768 -32767 511 999 999.9 9999 32766 32767 32768 65535 99999
			2046 2047 2048 2049 2050 8388606 8388607 8388608 8388609 8388610 16777215 2147483647 -2147483648 4294967295`) {
			for _, unit := range []string{"", q.Unit()} {
				if v, err := q.Read(text, vitals.FromDevice, unit); !errors.Is(err, vitals.ErrImpossible) {
					t.Errorf("%s %s: %v %v", q, text, v, err)
				}
			}
		}
	}
}

// A number is sign, digits and a point. Seen red with ParseFloat alone.
func TestNoNumber(t *testing.T) {
	for _, text := range []string{"", " ", ".", "+", "-", "+-1", "1e1", "1E1", "0x10", "0b1", "1_0", "NaN",
		"nan", "Inf", "-inf",
		"36,8", "1,180", ">100", "<5", "~7", "97 %", "97%", "9 7", "1.2.3", "٩٧", "９７", "97\x00", "97\n",
		"½", "²", "97h",
		strings.Repeat("1", 400), "0." + strings.Repeat("0", 60)} {
		if v, err := vitals.OxygenSaturation.Read(text, vitals.FromDevice); v != 0 ||
			!errors.Is(err, vitals.ErrNumber) {
			t.Errorf("%.20q: %v %v", text, v, err)
		}
	}
	for _, q := range []vitals.Quantity{vitals.ConsciousLevel, vitals.OxygenDevice, "", "weight"} {
		if _, err := q.Read("1", vitals.ByHand); !errors.Is(err, vitals.ErrNumber) ||
			q.Check(1, vitals.ByHand) == nil || q.Numeric() {
			t.Errorf("%q is read as a number: %v", q, err)
		}
	}
}

// The errors may go to a log: they never say the value.
func TestErrorsNameNoValue(t *testing.T) {
	for _, q := range vitals.Numbers {
		for _, text := range []string{"7777.123", "x7777y", "-7777"} {
			_, err := q.Read(text, vitals.FromDevice)
			if err == nil || strings.Contains(err.Error(), "7777") || !strings.Contains(err.Error(), q.String()) {
				t.Errorf("%v", err)
			}
		}
	}
}

// The usual lies within the possible, and the quantities have names of their own.
func TestTableHoldsTogether(t *testing.T) {
	names := map[string]bool{}
	for _, q := range append(vitals.Numbers, vitals.ConsciousLevel, vitals.OxygenDevice) {
		if names[q.String()] || q.String() == string(q) && q != vitals.PulseRate {
			t.Errorf("%q has no name of its own", string(q))
		}
		names[q.String()] = true
	}
	for _, q := range vitals.Numbers {
		for _, from := range []vitals.Origin{vitals.FromDevice, vitals.ByHand} {
			l, usual := q.Limits(from), q.Usual()
			if l.Least >= l.Most || usual.Least < l.Least || usual.Most > l.Most {
				t.Errorf("%s: possible %v, usual %v", q, l, usual)
			}
			for _, not := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
				if !errors.Is(q.Check(not, from), vitals.ErrImpossible) {
					t.Errorf("%s: %v is possible", q, not)
				}
			}
		}
	}
}

func TestPressureOrder(t *testing.T) {
	for _, c := range []struct {
		s, d  float64
		right bool
	}{{120, 80, true}, {80, 120, false}, {80, 80, false}, {0, 0, true}, {0, 40, false}, {40, 0, true}} {
		if err := vitals.PressureOrder(c.s, c.d); (err == nil) != c.right {
			t.Errorf("%v/%v: %v", c.s, c.d, err)
		}
	}
}

// A monitor's value is possible or it is no reading; its 0 is one, to be seen.
func TestReadingIsPossible(t *testing.T) {
	for _, c := range []struct {
		sign        vitals.Sign
		v           float64
		valid, zero bool
	}{
		{vitals.HeartRate, 5, true, false}, {vitals.HeartRate, 350, true, false}, {vitals.HeartRate, 351, false, false},
		{vitals.HeartRate, 4, false, false}, {vitals.HeartRate, 0, true, true}, {vitals.HeartRate, -1, false, false},
		{vitals.Saturation, 5, true, false}, {vitals.Saturation, 0.97, false, false},
		{vitals.Saturation, 0, true, true},
		{vitals.Saturation, 127, false, false}, {vitals.Saturation, math.NaN(), false, false}, {"X", 0, false, false},
	} {
		r := vitals.Reading{Monitor: "01", Patient: "p", Sign: c.sign, Unit: c.sign.Unit(), Value: c.v,
			At: time.Unix(1, 0)}
		if r.Valid() != c.valid || r.ZeroSent() != c.zero {
			t.Errorf("%s %v: valid %v, zero %v", c.sign, c.v, r.Valid(), r.ZeroSent())
		}
	}
}

// Whatever is sent, what is read lies within the limits, or there is an error and no value.
func TestNeverOutsideTheLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom(vitals.Numbers).Draw(t, "quantity")
		from := rapid.SampledFrom([]vitals.Origin{vitals.FromDevice, vitals.ByHand}).Draw(t, "origin")
		text := rapid.OneOf(rapid.StringMatching(`[+-]?[0-9]{1,4}(\.[0-9]{0,3})?`), rapid.StringMatching(`[0-9]{1,3}`),
			rapid.StringMatching(`0?\.[0-9]{1,3}`), rapid.String()).Draw(t, "text")
		units := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(someUnits), rapid.String()), 0, 3).Draw(t, "units")
		within(t, q, from, text, units)
	})
}

// A number with anything beside it is none.
func TestGarbageIsNeverRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		garbage := rapid.StringMatching(`[^0-9.+\- \t]{1,3}`).Draw(t, "garbage")
		number := rapid.StringMatching(`[1-9][0-9]`).Draw(t, "number")
		for _, text := range []string{garbage + number, number + garbage, number[:1] + garbage + number[1:]} {
			if v, err := vitals.PulseRate.Read(text, vitals.FromDevice); v != 0 || !errors.Is(err, vitals.ErrNumber) {
				t.Fatalf("%q: %v %v", text, v, err)
			}
		}
	})
}

type failer interface{ Fatalf(string, ...any) }

// within reads and holds the answer against what the package promises.
func within(t failer, q vitals.Quantity, from vitals.Origin, text string, units []string) {
	v, err := q.Read(text, from, units...)
	if err == nil {
		if !q.Limits(from).Hold(v) || math.Signbit(v) {
			t.Fatalf("%s %q %q: %v", q, text, units, v)
		}
		return
	}
	known := 0
	for _, e := range []error{vitals.ErrNumber, vitals.ErrUnit, vitals.ErrImpossible, vitals.ErrZero} {
		if errors.Is(err, e) {
			known++
		}
	}
	if v != 0 || known != 1 {
		t.Fatalf("%s %q %q: %v with %v", q, text, units, v, err)
	}
}
