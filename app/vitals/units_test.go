package vitals_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/vitals"
)

// someUnits are units of all kinds, and what is none.
var someUnits = strings.Split(
	"|/min|{beats}/min|bpm|breaths/min|%|1|fraction|mm[Hg]|kPa|Cel|[degF]|L/min|mL/min|lb|264864|UCUM|mg", "|")

// sent is a value as senders write it, and what it means in the quantity's own unit.
var sent = []struct {
	q     vitals.Quantity
	text  string
	units []string // each alone means the same
	want  string
}{
	{vitals.PulseRate, "72",
		[]string{"", " ", "/min", "1/min", "{beats}/min", "{beat}/min", "{Beats}/min", "beats/min", "beat/min",
			"beats / min", "Beats per minute", "beats/minute", "bpm", "BPM", "min-1", "min^-1", "min⁻¹", "/MIN",
			"per min", "264864",
			"MDC_DIM_BEAT_PER_MIN", "mdc_dim_beat_per_min", "264896", "MDC_DIM_PULS_PER_MIN", "MDC_DIM_PER_MIN",
			"／ｍｉｎ"}, "72"},
	{vitals.RespirationRate, "16",
		[]string{"", "/min", "{breaths}/min", "{breath}/min", "{resp}/min", "breaths/min", "breaths/minute",
			"breaths per minute", "br/min", "rpm", "bpm", "resp/min", "264928", "MDC_DIM_RESP_PER_MIN", "UCUM"}, "16"},
	{vitals.SystolicPressure, "120",
		[]string{"", "mm[Hg]", "MM[HG]", "mmHg", "mm Hg", "mm(hg)", "MM(HG)", "mmhg", "MMHG", "㎜Hg", "torr",
			"mm_Hg", "millimeters of mercury", "266016", "MDC_DIM_MMHG"}, "120"},
	{vitals.SystolicPressure, "16.0 ", []string{"kPa", "KPA", "kpa", "㎪", "265987", "MDC_DIM_KILO_PASCAL"}, "120"},
	{vitals.DiastolicPressure, "10.6", []string{"kPa"}, "80"},
	{vitals.BodyTemperature, "36.8",
		[]string{"", "Cel", "CEL", "C", "°C", "ºC", "° C", "℃", "degC", "deg C", "DEGC", "degrees C", "Celsius",
			"degrees Celsius", "268192", "MDC_DIM_DEGC"}, "36.8"},
	{vitals.BodyTemperature, "98.2",
		[]string{"[degF]", "[DEGF]", "F", "°F", "℉", "degF", "deg F", "DEGF", "Fahrenheit", "266560",
			"MDC_DIM_FAHR"}, "36.8"},
	{vitals.OxygenSaturation, "97", []string{"", "%", "percent", "%{Hb}", "％", "pct", "262688", "MDC_DIM_PERCENT"},
		"97"},
	{vitals.OxygenSaturation, "0.97",
		[]string{"1", "fraction", "{fraction}", "{ratio}", "ratio", "MDC_DIM_DIMLESS", "262656"}, "97"},
	{vitals.InspiredOxygen, "0.28", []string{"", "1", "fraction", "{fraction}"}, "28"},
	{vitals.InspiredOxygen, "1", []string{"", "1"}, "100"},
	{vitals.InspiredOxygen, "0.209", []string{""}, "20.9"},
	{vitals.InspiredOxygen, "28", []string{"", "%", "262688", "vol%"}, "28"},
	{vitals.OxygenFlow, "2",
		[]string{"", "L/min", "l/min", "l/m", "LPM", "lpm", "liters/min", "litres per minute", "MDC_DIM_X_L_PER_MIN",
			"MDC_DIM_L_PER_MIN", "265216"}, "2"},
	{vitals.OxygenFlow, "500", []string{"mL/min", "ml/min", "265234", "MDC_DIM_MILLI_L_PER_MIN"}, "0.5"},
	{vitals.OxygenFlow, "0", []string{"", "L/min", "mL/min"}, "0"},
}

// Each spelling means its unit, alone and where else it can stand in a coded element.
func TestSpellings(t *testing.T) {
	for _, c := range sent {
		for _, unit := range c.units {
			for _, said := range [][]string{{unit}, {"", unit, "UCUM"}, {unit, "as it is printed in the manual"},
				{unit, unit, "", ""}} {
				if unit == "" && len(said) == 2 || strings.TrimSpace(unit) == "" && said[0] == unit && len(said) == 2 ||
					unit == "UCUM" && len(said) == 2 {
					continue // words for people alone: TestNeverGuessed
				}
				got, err := c.q.Read(c.text, vitals.FromDevice, said...)
				if want := number(t, c.want); err != nil || got != want {
					t.Errorf("%s %s %q: %v %v, want %v", c.q, c.text, said, got, err, want)
				}
			}
		}
	}
}

// A unit that is not known, or not one of this quantity, or contradicted, is an error.
// Seen red with the first known unit taken, and with an unknown one read as none.
func TestNeverGuessed(t *testing.T) {
	for _, c := range []struct {
		q     vitals.Quantity
		text  string
		units []string
	}{
		{vitals.PulseRate, "72", []string{"breaths/min"}}, {vitals.PulseRate, "72", []string{"MDC_DIM_RESP_PER_MIN"}},
		{vitals.PulseRate, "1.2", []string{"Hz"}}, {vitals.PulseRate, "72", []string{"%"}},
		{vitals.PulseRate, "72", []string{"beats"}},
		{vitals.RespirationRate, "16", []string{"beats/min"}}, {vitals.RespirationRate, "16", []string{"/h"}},
		{vitals.SystolicPressure, "120", []string{"cm[H2O]"}}, {vitals.SystolicPressure, "120", []string{"hPa"}},
		{vitals.SystolicPressure, "120", []string{"mmHg", "kPa"}},
		{vitals.SystolicPressure, "16", []string{"kPa", "266016"}},
		{vitals.BodyTemperature, "36.8", []string{"K"}}, {vitals.BodyTemperature, "98", []string{"Cel", "degF"}},
		{vitals.OxygenSaturation, "97", []string{"mmHg"}}, {vitals.OxygenSaturation, "0.97", []string{"1", "%"}},
		{vitals.OxygenSaturation, "97", []string{"kPa"}}, {vitals.OxygenSaturation, "97", []string{"", "see note"}},
		{vitals.InspiredOxygen, "0.4", []string{"L/min"}}, {vitals.OxygenFlow, "2", []string{"L"}},
		{vitals.OxygenFlow, "2", []string{"%"}},
		{vitals.OxygenFlow, "2", []string{"L/h"}}, {vitals.BodyTemperature, "70", []string{"kg"}},
		{vitals.BodyTemperature, "154", []string{"lb"}},
	} {
		if v, err := c.q.Read(c.text, vitals.FromDevice, c.units...); v != 0 || !errors.Is(err, vitals.ErrUnit) {
			t.Errorf("%s %s %q: %v %v", c.q, c.text, c.units, v, err)
		}
	}
	// A fraction is one where it is said, and where nothing else is possible.
	for _, unit := range []string{"", "%", "percent"} {
		if v, err := vitals.OxygenSaturation.Read("0.97", vitals.FromDevice, unit); !errors.Is(err,
			vitals.ErrImpossible) {
			t.Errorf("0.97 %q: %v %v", unit, v, err)
		}
	}
	if v, err := vitals.InspiredOxygen.Read("0.28", vitals.FromDevice, "%"); !errors.Is(err, vitals.ErrImpossible) {
		t.Errorf("0.28 %%: %v %v", v, err)
	}
	if v, err := vitals.OxygenSaturation.Read("97", vitals.FromDevice, "1"); !errors.Is(err, vitals.ErrImpossible) {
		t.Errorf("97 as a fraction: %v %v", v, err)
	}
	if _, err := vitals.BodyTemperature.Read("0", vitals.FromDevice, "[degF]"); !errors.Is(err, vitals.ErrZero) {
		t.Errorf("0 °F was not taken for a 0: %v", err)
	}
}

// Conversions agree with exact arithmetic, and with it turn back: what a quantity
// is in another unit, sent in that unit, is the quantity. Seen red with 7.5 mmHg to a kPa,
// with 100 Torr and with 5/9 left out.
func TestConversionsAreExact(t *testing.T) {
	rat := func(n, d int64) *big.Rat { return big.NewRat(n, d) }
	perKPa := new(big.Rat).Quo(rat(1000, 1), number2("133.322387415"))
	for _, c := range []struct {
		q          vitals.Quantity
		unit       string
		times      *big.Rat
		less       *big.Rat // before
		step       *big.Rat
		from, to   int // thousandths, in the unit
		everyFewer int
	}{
		{vitals.BodyTemperature, "[degF]", rat(5, 9), rat(32, 1), rat(1, 10), 50_000, 116_600, 50},
		{vitals.SystolicPressure, "kPa", perKPa, rat(0, 1), rat(1, 1), 3_400, 53_000, 10},
		{vitals.DiastolicPressure, "kPa", perKPa, rat(0, 1), rat(1, 1), 700, 39_000, 10},
		{vitals.OxygenSaturation, "1", rat(100, 1), rat(0, 1), rat(1, 1_000_000), 50, 1_000, 1},
		{vitals.InspiredOxygen, "1", rat(100, 1), rat(0, 1), rat(1, 1_000_000), 180, 1_000, 1},
		{vitals.OxygenFlow, "mL/min", rat(1, 1000), rat(0, 1), rat(1, 1_000_000), 0, 2_000_000, 500},
	} {
		for n := c.from; n <= c.to; n += c.everyFewer {
			sent := rat(int64(n), 1000)
			exact := new(big.Rat).Sub(sent, c.less)
			exact.Mul(exact, c.times)
			want := halfUp(exact, c.step)
			got, err := c.q.Read(sent.FloatString(3), vitals.FromDevice, c.unit)
			if f, _ := want.Float64(); err != nil || got != f {
				t.Fatalf("%s %s %s: %v %v, exactly %s", c.q, sent.FloatString(3), c.unit, got, err, want.FloatString(6))
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) { // there and back, in tenths and whole numbers
		for _, c := range []struct {
			q     vitals.Quantity
			unit  string
			tenth bool
			there func(*big.Rat) *big.Rat
		}{
			{vitals.BodyTemperature, "°F", true,
				func(v *big.Rat) *big.Rat { return v.Add(v.Mul(v, rat(9, 5)), rat(32, 1)) }},
			{vitals.SystolicPressure, "kPa", false, func(v *big.Rat) *big.Rat { return v.Quo(v, perKPa) }},
			{vitals.OxygenSaturation, "1", false, func(v *big.Rat) *big.Rat { return v.Quo(v, rat(100, 1)) }},
			{vitals.InspiredOxygen, "fraction", true, func(v *big.Rat) *big.Rat { return v.Quo(v, rat(100, 1)) }},
			{vitals.OxygenFlow, "mL/min", true, func(v *big.Rat) *big.Rat { return v.Mul(v, rat(1000, 1)) }},
		} {
			l := c.q.Limits(vitals.FromDevice)
			v := rat(rapid.Int64Range(int64(l.Least), int64(l.Most)).Draw(t, string(c.q)), 1)
			if c.tenth && v.Cmp(rat(int64(l.Most), 1)) < 0 {
				v.Add(v, rat(rapid.Int64Range(0, 9).Draw(t, "tenths"), 10))
			}
			want, _ := v.Float64()
			text := c.there(new(big.Rat).Set(v)).FloatString(6)
			if got, err := c.q.Read(text, vitals.FromDevice, c.unit); err != nil || got != want {
				t.Fatalf("%s %v is %s %s, which is read as %v, %v", c.q, want, text, c.unit, got, err)
			}
		}
	})
}

func halfUp(v, step *big.Rat) *big.Rat {
	n := new(big.Rat).Quo(v, step)
	n.Add(n, big.NewRat(1, 2))
	whole := new(big.Int).Div(n.Num(), n.Denom()) // Euclidean: down
	return n.Mul(new(big.Rat).SetInt(whole), step)
}

func number2(text string) *big.Rat {
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return v
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	f, _ := number2(text).Float64()
	return f
}

// FuzzUnits: nothing that is sent, in whatever unit, is read outside the limits.
func FuzzUnits(f *testing.F) {
	for _, c := range sent {
		for _, unit := range c.units {
			f.Add(c.text, unit, "", c.q.String()[0])
		}
	}
	f.Fuzz(func(t *testing.T, text, unit, words string, n byte) {
		q := vitals.Numbers[int(n)%len(vitals.Numbers)]
		for _, from := range []vitals.Origin{vitals.FromDevice, vitals.ByHand} {
			within(t, q, from, text, []string{unit, words})
			// The order in which the unit is said means nothing.
			a, errA := q.Read(text, from, unit, words)
			b, errB := q.Read(text, from, words, unit)
			if a != b || (errA == nil) != (errB == nil) {
				t.Fatalf("%s %q: %v %v, the other way round %v %v", q, text, a, errA, b, errB)
			}
		}
	})
}
