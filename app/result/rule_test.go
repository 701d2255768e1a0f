package result_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// said is a version of SpO2 in one order: "P 97", "F 88", "C 98", "W".
func said(minute int, what string, change ...func(*result.Result)) result.Result {
	status, value, _ := strings.Cut(what, " ")
	r := result.Result{ID: fmt.Sprintf("%d %s", minute, what), Message: fmt.Sprint("m", minute), Source: "MON OAK",
		Order: "S1", Code: "59408-5", System: "LN",
		Effect: result.Status(status), Value: value, Taken: noon, TakenFrom: "OBR-7", OrderAt: noon,
		StatusAt: noon.Add(time.Duration(minute) * time.Minute),
		Sign:     vitals.OxygenSaturation}
	r.SentAt, r.Received = r.StatusAt, r.StatusAt
	var n float64
	if _, err := fmt.Sscan(value, &n); err == nil {
		r.Number = &n
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func at(minute int) func(*result.Result) {
	return func(r *result.Result) { r.Taken, r.TakenFrom = noon.Add(time.Duration(minute)*time.Minute), "OBX-14" }
}

func sentOnly(r *result.Result) { r.Taken, r.TakenFrom, r.OrderAt = r.SentAt, "MSH-7", time.Time{} }

func order(s string) func(*result.Result) { return func(r *result.Result) { r.Order = s } }
func sensor(s string) func(*result.Result) {
	return func(r *result.Result) { r.SubID, r.Sensor = s, s }
}
func from(s string) func(*result.Result) { return func(r *result.Result) { r.Source = s; r.ID += s } }
func sent(m string) func(*result.Result) { return func(r *result.Result) { r.Message = m; r.ID += m } }

// outcome is what stands, value by value: "88@0" was measured at noon.
func outcome(versions []result.Result) string {
	var out []string
	for _, v := range result.Values(versions) {
		text := "-"
		if r, stands := v.Standing(); stands {
			text = result.Text(r)
			if r.Effect == result.Preliminary {
				text += "p"
			}
		}
		out = append(out,
			fmt.Sprintf("%s@%d%s", text, int(v.Taken.Sub(noon).Minutes()), []string{"", "?", "??"}[v.Found]))
	}
	sort.Strings(out)
	return strings.Join(out, " ")
}

// Each history is also read in every other order of arrival.
// Seen red: with finalise left out of Values (P, F of another time), and with the
// statuses compared by arrival alone.
func TestOneRule(t *testing.T) {
	for name, c := range map[string]struct {
		versions []result.Result
		want     string
	}{
		"final":                   {[]result.Result{said(0, "F 82")}, "82@0"},
		"preliminary":             {[]result.Result{said(0, "P 97")}, "97p@0"},
		"P, F":                    {[]result.Result{said(0, "P 97"), said(5, "F 88")}, "88@0"},
		"a preliminary sent late": {[]result.Result{said(0, "F 88"), said(5, "P 97")}, "88@0"},
		"changed final":           {[]result.Result{said(0, "F 82"), said(5, "F 98")}, "98@0"},
		"corrected":               {[]result.Result{said(0, "F 82"), said(5, "C 98")}, "98@0"},
		"corrected twice": {[]result.Result{said(0, "F 82"), said(5, "C 98"), said(9, "C 91")},
			"91@0"},
		"withdrawn":                         {[]result.Result{said(0, "F 82"), said(5, "W")}, "-@0"},
		"withdrawn, then corrected":         {[]result.Result{said(0, "F 82"), said(5, "W"), said(9, "C 91")}, "91@0"},
		"withdrawn, then final":             {[]result.Result{said(0, "F 82"), said(5, "W"), said(9, "F 90")}, "90@0"},
		"withdrawn, then preliminary":       {[]result.Result{said(0, "F 82"), said(5, "W"), said(9, "P 90")}, "-@0"},
		"preliminary withdrawn, then again": {[]result.Result{said(0, "P 82"), said(5, "W"), said(9, "P 90")}, "90p@0"},
		"not obtained, then final":          {[]result.Result{said(0, "X"), said(9, "F 90")}, "90@0"},
		"confirmed without the value":       {[]result.Result{said(0, "P 97"), said(5, "U")}, "97p@0"},
		"confirmed, a late preliminary":     {[]result.Result{said(0, "P 97"), said(5, "U"), said(6, "P 50")}, "97p@0"},
		"correction at a new time":          {[]result.Result{said(0, "F 82"), said(5, "C 98", at(5))}, "98@0"},
		"correction without a time":         {[]result.Result{said(0, "F 82"), said(5, "C 98", sentOnly)}, "98@0"},
		"withdrawal at a new time":          {[]result.Result{said(0, "F 82"), said(5, "W", at(5))}, "-@0"},
		"correction of one of two times": {[]result.Result{said(0, "F 82"), said(1, "F 84", at(60)),
			said(5, "C 98")}, "84@60 98@0"},
		"which of two times?": {[]result.Result{said(0, "F 82"), said(1, "F 84", at(60)), said(70, "C 98", at(70))},
			"82@0 84@60 98@70??"},
		"withdrawal of which?": {[]result.Result{said(0, "F 82"), said(1, "F 84", at(60)), said(70, "W", at(70))},
			"-@70?? 82@0 84@60"},
		"final at another time": {[]result.Result{said(0, "F 82"), said(9, "F 84", at(9))}, "82@0 84@9"},
		"the one preliminary":   {[]result.Result{said(0, "P 97"), said(9, "F 88", at(9))}, "88@9"},
		"which preliminary?": {[]result.Result{said(0, "P 97"), said(1, "P 96", at(1)), said(9, "F 88", at(9))},
			"88@9 96p@1 97p@0"},
		"preliminary after its order's final": {[]result.Result{said(0, "F 88"), said(9, "P 97", at(9))},
			"88@0 97p@9"},
		"one preliminary, two finals": {[]result.Result{said(0, "P 97"), said(5, "F 88", at(5)),
			said(9, "F 86", at(9))}, "86@9 88@5"},
		"corrects the one that was made final": {[]result.Result{said(0, "P 97"), said(5, "F 88", at(5)),
			said(9, "C 80", at(9))}, "80@5"},
		"another sensor off": {[]result.Result{said(0, "F 84", sensor("1")),
			said(0, "X", sensor("2"))}, "-@0? 84@0"},
		"the same sensor off, a minute later": {[]result.Result{said(0, "F 84"),
			said(1, "X", at(1), func(r *result.Result) { r.OrderAt = r.Taken })}, "-@1? 84@0"},
		"the order's value not obtained after all": {[]result.Result{said(0, "F 84"), said(1, "X", at(1))}, "-@0"},
		"correction of another sensor": {[]result.Result{said(0, "F 84", sensor("1")),
			said(1, "C 98", sensor("2"))}, "84@0 98@0?"},
		"correction of nothing": {[]result.Result{said(1, "C 98")}, "98@0?"},
		"withdrawal of nothing": {[]result.Result{said(1, "W")}, "-@0?"},
		"no order: the time": {[]result.Result{said(0, "F 82", order("")),
			said(5, "C 98", order(""))}, "98@0"},
		"no order, another time": {[]result.Result{said(0, "F 82", order("")),
			said(5, "C 98", order(""), at(5))}, "82@0 98@5?"},
		"corrected under a new number": {[]result.Result{said(0, "F 82"), said(5, "C 98", order("S2"))},
			"98@0"},
		"the number came later": {[]result.Result{said(0, "P 97", order("")), said(5, "F 88")},
			"88@0"},
		"two orders, one time": {[]result.Result{said(0, "F 82"), said(5, "F 98", order("S2"))},
			"82@0 98@0"},
		"two in one message": {[]result.Result{said(0, "F 82"), said(0, "F 98")}, "82@0 98@0"},
		"which of two in one message?": {[]result.Result{said(0, "F 82"), said(0, "F 98"), said(5, "C 90")},
			"82@0 90@0?? 98@0"},
		"one of two in one message, by its value": {[]result.Result{said(0, "F 82"), said(0, "F 98"), said(5, "W 82")},
			"-@0 98@0"},
		"another name of the same code": {[]result.Result{said(0, "F 82"),
			said(5, "C 98", func(r *result.Result) { r.Name = "Sättigung" })}, "98@0"},
		"another code": {[]result.Result{said(0, "F 82"),
			said(5, "C 98", func(r *result.Result) { r.Code = "2708-6" })}, "82@0 98@0?"},
		"another source": {[]result.Result{said(0, "F 82"),
			said(5, "C 98", order(""), func(r *result.Result) { r.Source = "OTHER" })},
			"82@0 98@0?"},
		"renamed, then corrected": {[]result.Result{said(0, "F 82"), said(5, "C 98", from("NEW"))},
			"98@0"},
		"renamed, corrected at a new time": {[]result.Result{said(0, "F 82"), said(5, "C 98", from("NEW"), at(5))},
			"98@0"},
		"renamed, then withdrawn": {[]result.Result{said(0, "F 82"), said(5, "W", from("NEW"))}, "-@0"},
		"renamed, corrected twice": {[]result.Result{said(0, "F 82"), said(5, "C 98", from("NEW"), at(5)),
			said(9, "C 91", from("NEW"), at(9))}, "91@0"},
		"renamed, then final": {[]result.Result{said(0, "P 97"), said(5, "F 88", from("NEW"))},
			"88@0"},
		"renamed, that of the time it says": {[]result.Result{said(0, "F 82"), said(1, "F 84", at(60)),
			said(70, "C 98", from("NEW"), at(60))}, "82@0 98@60"},
		"renamed, of which time?": {[]result.Result{said(0, "F 82"), said(1, "F 84", at(60)),
			said(70, "C 98", from("NEW"), at(70))}, "82@0 84@60 98@70??"},
		"two sources with one number": {[]result.Result{said(0, "F 82"), said(5, "F 98", from("CUFF"))},
			"82@0 98@0"},
		"two sources, one corrects its own": {[]result.Result{said(0, "F 82"), said(1, "F 84", from("CUFF")),
			said(5, "C 98", from("CUFF"), at(5))}, "82@0 98@0"},
		"two sources, whose does a third mean?": {[]result.Result{said(0, "F 82"), said(1, "F 84", from("CUFF")),
			said(5, "C 98", from("LAB"))}, "82@0 84@0 98@0??"},
		"two sources, P of one, F of each": {[]result.Result{said(0, "P 97"), said(1, "F 84", from("CUFF")),
			said(5, "F 88")}, "84@0 88@0"},
		"another source's sensor off": {[]result.Result{said(0, "F 84"), said(1, "X", from("CUFF"))}, "-@0? 84@0"},
		"a monitor's own":             {[]result.Result{said(0, "F 82"), said(1, "R 70")}, "82@0"},
		"no value, only a note":       {[]result.Result{said(0, "F 82"), said(1, "")}, "82@0"},
		"same status time: by rank":   {[]result.Result{said(0, "F 82"), said(0, "C 98", sent("m9"))}, "98@0"},
		"taken back": {[]result.Result{said(0, "F 82"),
			said(5, "C 98", func(r *result.Result) { r.Void = "wrong patient" })}, "98@0"},
		"repeats in time, each final": {[]result.Result{said(0, "F 82"), said(1, "F 83", at(1)), said(2, "F 84", at(2)),
			said(3, "C 90", at(1))}, "82@0 84@2 90@1"},
	} {
		if name == "taken back" {
			c.versions = c.versions[:1] // the record leaves them out
			c.want = "82@0"
		}
		for n := range 24 {
			versions := slices.Clone(c.versions)
			rng := rand.New(rand.NewPCG(uint64(n), 1))
			if n > 0 {
				rng.Shuffle(len(versions), func(i, j int) { versions[i], versions[j] = versions[j], versions[i] })
			}
			for i := range versions {
				versions[i].Arrived, versions[i].Place = int64(i), i
				if strings.Contains(name, "in one message") {
					versions[i].Place = int(versions[i].Value[0])
				}
			}
			byItem := map[string][]result.Result{}
			var got []string
			for _, v := range versions {
				byItem[v.Item()] = append(byItem[v.Item()], v)
			}
			for _, of := range byItem {
				got = append(got, strings.Fields(outcome(of))...)
			}
			sort.Strings(got)
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s, arrival %d: %q, want %q", name, n, strings.Join(got, " "), c.want)
				break
			}
		}
	}
}

// Ten thousand histories of one to four readings of an order, each preliminary,
// final, changed, corrected, withdrawn, with times of their own or none: in
// whatever order they arrive, the newest status of each reading stands. What changes
// a reading may say (OBR-22) that this was decided before the reading was even sent.
// Seen red: with Compare by arrival, with a preliminary that takes a final's place,
// and with the time of OBR-22 compared with that of MSH-7.
func TestNewestStatusStandsInAnyOrder(t *testing.T) {
	many(t)
	rapid.Check(t, func(t *rapid.T) {
		readings := rapid.IntRange(1, 4).Draw(t, "readings")
		numbered := rapid.Bool().Draw(t, "numbered")
		var all []result.Result
		want := make([]string, readings)
		minute := 0
		for n := range readings {
			stands, final := "-", false
			statuses := append([]string{rapid.SampledFrom([]string{"P", "F"}).Draw(t, "first")},
				rapid.SliceOfN(rapid.SampledFrom([]string{"P", "F", "C", "W", "X", "U"}), 0, 6).Draw(t, "then")...)
			if !slices.Contains(statuses, "F") { // else a final of another reading may finalise it
				statuses = append(statuses, "F")
			}
			for _, status := range statuses {
				minute++
				value := fmt.Sprint(status, " ", 50+minute%50)
				if status == "W" || status == "X" || status == "U" {
					value = status
				}
				r := said(minute, value, at(100*n))
				if !numbered {
					r.Order = ""
				} else if readings == 1 && status != "P" && status != "F" && rapid.Bool().Draw(t, "moved") {
					r = said(minute, value, at(minute))
				}
				if status != "P" && status != "F" && rapid.Bool().Draw(t, "decided") {
					decided(minute - rapid.IntRange(0, 60).Draw(t, "before"))(&r)
				}
				all = append(all, r)
				switch {
				case status == "W" || status == "X":
					stands = "-"
				case status == "U":
					final = true
				case status != "P" || !final:
					stands = result.Text(r)
					final = status != "P"
					if status == "P" {
						stands += "p"
					}
				}
			}
			want[n] = fmt.Sprintf("%s@%d", stands, 100*n)
		}
		sort.Strings(want)
		all = rapid.Permutation(all).Draw(t, "arrival")
		for i := range all {
			all[i].Arrived = int64(i)
		}
		if got := outcome(all); got != strings.Join(want, " ") {
			t.Fatalf("%q, want %q", got, strings.Join(want, " "))
		}
	})
}

// many asks for ten thousand of each property of the test.
func many(t *testing.T) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if f == nil || f.Value.String() != f.DefValue {
		return // somebody asked for another number
	}
	if err := flag.Set("rapid.checks", "10000"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", f.DefValue) })
}

func TestEffective(t *testing.T) {
	for in, want := range map[[2]string]result.Status{
		{"", ""}: result.Final, {"F", ""}: result.Final, {"F", "F"}: result.Final, {"F", "C"}: result.Corrected,
		{"", "C"}:  result.Corrected,
		{"F", "P"}: result.Preliminary, {"", "X"}: result.NotObtained, {"F", "X"}: result.NotObtained,
		{"P", "C"}: result.Preliminary,
		{"W", "F"}: result.Withdrawn, {"D", "C"}: result.Withdrawn, {"X", ""}: result.NotObtained,
		{"R", "F"}: result.Live, {"", "R"}: result.Live,
		{"N", ""}: result.None, {"I", "C"}: result.None, {"U", ""}: result.Confirmed, {"A", ""}: result.Corrected,
		{"F", "A"}: result.Final,
	} {
		if got, known := result.Effective(in[0], in[1]); got != want || !known {
			t.Errorf("OBX-11 %q, OBR-25 %q: %q %v, want %q", in[0], in[1], got, known, want)
		}
	}
	for _, in := range [][2]string{{"Q", ""}, {"F", "Q"}, {"", "Z"}} {
		if _, known := result.Effective(in[0], in[1]); known {
			t.Errorf("%v is known", in)
		}
	}
}

func TestRemarksFollowTheStatuses(t *testing.T) {
	type remark struct {
		kind vitals.RemarkKind
		text string
		min  int
	}
	for name, c := range map[string]struct {
		versions []result.Result
		want     []remark
	}{
		"preliminary": {[]result.Result{said(0, "P 97")}, []remark{{vitals.Preliminary, "", 0}}},
		"finalised":   {[]result.Result{said(0, "P 97"), said(5, "F 88")}, []remark{{vitals.Finalised, "97", 5}}},
		"the same":    {[]result.Result{said(0, "P 97"), said(5, "F 97")}, nil},
		"confirmed":   {[]result.Result{said(0, "P 97"), said(5, "U")}, nil},
		"corrected":   {[]result.Result{said(0, "F 82"), said(5, "C 98")}, []remark{{vitals.Corrected, "82", 5}}},
		"twice": {[]result.Result{said(0, "F 82"), said(5, "C 98"), said(7, "F 91")},
			[]remark{{vitals.Corrected, "82", 5}, {vitals.Corrected, "98", 7}}},
		"withdrawn": {[]result.Result{said(0, "F 82"), said(5, "W 82")}, []remark{{vitals.Withdrawn, "82", 5}}},
		"and again": {[]result.Result{said(0, "F 82"), said(5, "W"), said(7, "C 91")},
			[]remark{{vitals.Corrected, "82", 7}}},
		"and the same":    {[]result.Result{said(0, "F 82"), said(5, "W"), said(7, "F 82")}, nil},
		"not obtained":    {[]result.Result{said(0, "X")}, nil},
		"what is no SpO2": {[]result.Result{said(0, "F 82"), said(5, "C none")}, []remark{{vitals.Withdrawn, "82", 5}}},
		"zero": {[]result.Result{said(0, "F 0", func(r *result.Result) { r.Number, r.Zero = nil, true })},
			[]remark{{vitals.ZeroSent, "0", 0}}},
	} {
		o := result.Set(vitals.Observation{ID: "s"}, []result.Value{result.Together(c.versions)})
		var got []remark
		for _, r := range o.Remarks {
			if r.Of != vitals.OxygenSaturation || r.By != "MON OAK" {
				t.Errorf("%s: %+v", name, r)
			}
			got = append(got, remark{r.Kind, r.Text, int(r.At.Sub(noon).Minutes())})
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestWhatASetHolds(t *testing.T) {
	num := func(sign vitals.Quantity, code string, v float64, change ...func(*result.Result)) result.Value {
		r := said(0, fmt.Sprint("F ", v),
			append(change,
				func(r *result.Result) { r.Sign, r.Code, r.Number, r.ID = sign, code, &v, fmt.Sprint(code, v) })...)
		return result.Together([]result.Result{r})
	}
	set := func(v ...result.Value) vitals.Observation { return result.Set(vitals.Observation{ID: "s"}, v) }

	// Seen red: with the first reading standing.
	for _, v := range [][]result.Value{
		{num(vitals.OxygenSaturation, "a", 97, sensor("1")), num(vitals.OxygenSaturation, "a", 83, sensor("2"))},
		{num(vitals.OxygenSaturation, "a", 83, sensor("2")), num(vitals.OxygenSaturation, "a", 97, sensor("1"))},
	} {
		if o := set(v...); *o.SpO2 != 83 || len(o.Remarks) != 1 || o.Remarks[0].Kind != vitals.AlsoRead ||
			o.Remarks[0].Text != "97" || o.Remarks[0].Sensor != "1" {
			t.Errorf("%+v", o)
		}
	}
	// On scale 2 the higher of the two has more points, once oxygen is given.
	o := result.Set(vitals.Observation{ID: "s", Scale2: true},
		[]result.Value{num(vitals.OxygenSaturation, "a", 99, sensor("1")),
			num(vitals.OxygenSaturation, "a", 90, sensor("2")), num(vitals.OxygenFlow, "f", 2)})
	if *o.SpO2 != 99 || !*o.Oxygen {
		t.Errorf("scale 2: %+v", o)
	}
	// The ECG's rate is more than a pulse, and nobody is asked.
	// Seen red: without electric, 141 stands.
	for _, ecg := range []string{"147842", "MDC_ECG_HEART_RATE"} {
		o := set(num(vitals.PulseRate, ecg, 72), num(vitals.PulseRate, "8889-8", 141),
			num(vitals.PulseRate, "8867-4", 140))
		if *o.Pulse != 72 || len(o.Remarks) != 0 {
			t.Errorf("%s: %+v", ecg, o)
		}
	}
	// A heart rate by any method is no more than the oximeter's.
	// Seen red: it hid the faster one.
	for _, o := range []vitals.Observation{
		set(num(vitals.PulseRate, "8867-4", 72), num(vitals.PulseRate, "8889-8", 140)),
		set(num(vitals.PulseRate, "149530", 140), num(vitals.PulseRate, "8867-4", 72)),
	} {
		if *o.Pulse != 140 || len(o.Remarks) != 1 || o.Remarks[0].Kind != vitals.AlsoRead || o.Remarks[0].Text != "72" {
			t.Errorf("%+v", o)
		}
	}
	if o := set(num(vitals.PulseRate, "149530", 72), num(vitals.PulseRate, "149546", 141)); *o.Pulse != 141 ||
		len(o.Remarks) != 1 {
		t.Errorf("%+v", o)
	}
	if o := set(num(vitals.OxygenFlow, "f", 0)); o.Oxygen == nil || *o.Oxygen || !o.Measured() {
		t.Errorf("flow 0 is air: %+v", o)
	}
	// One sensor's 0 beside the other's value.
	zero := num(vitals.OxygenSaturation, "a", 0, sensor("2"))
	zero.Versions[0].Zero, zero.Versions[0].Number = true, nil
	if o := set(num(vitals.OxygenSaturation, "a", 97, sensor("1")), zero); *o.SpO2 != 97 ||
		len(o.Remarked(vitals.ZeroSent)) != 1 {
		t.Errorf("%+v", o)
	}
	// What is left of a set is not measured later than its last value.
	late := num(vitals.PulseRate, "8867-4", 80, at(2))
	late.Versions, late.Stands = append(late.Versions,
		said(9, "W", func(r *result.Result) { r.Sign = vitals.PulseRate })), -1
	if o := set(num(vitals.OxygenSaturation, "a", 97), late); !o.Taken.Equal(noon) || o.Pulse != nil {
		t.Errorf("%+v", o)
	}
}
