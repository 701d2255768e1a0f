package obsform_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/obsform"
)

var now = time.Date(2026, 3, 11, 14, 3, 12, 0, time.UTC)

func read(raw map[string]string) obsform.Reading { return obsform.Read(raw, false, now, time.UTC) }

func TestFullSet(t *testing.T) {
	r := read(map[string]string{"rr": "24", "spo2": "91", "oxygen": "air", "bp": "98/60", "pulse": "118", "acvpu": "A",
		"temp": "38,4"})
	if len(r.Wrong) > 0 || !r.Score.Complete || r.Score.Total != 10 || r.Score.Risk != vitals.RiskHigh {
		t.Fatalf("wrong %v, score %+v", r.Wrong, r.Score)
	}
	if *r.Observation.DBP != 60 || *r.Observation.Temp != 38.4 {
		t.Errorf("DBP %v, temperature %v", *r.Observation.DBP, *r.Observation.Temp)
	}
}

func TestNothingTypedIsNotZero(t *testing.T) {
	r := read(nil)
	if r.Any || r.Observation.RR != nil || r.Observation.Oxygen != nil || r.Score.Any() {
		t.Errorf("an empty form measured something: %+v", r.Observation)
	}
}

func TestSlipsAreCaught(t *testing.T) {
	for field, values := range map[string][]string{
		"rr": {"240", "2 4", "-4", "1e1", "0x10", "abc"}, "spo2": {"191", "101"},
		"bp":    {"60/98", "98/60/1", "980", "98/x"},
		"pulse": {"1180"}, "temp": {"384", "3.84"}, "taken": {"14:30", "25:00", "x", "-x", "-2000"},
	} {
		for _, v := range values {
			if r := read(map[string]string{field: v}); r.Wrong[field] == "" {
				t.Errorf("%s %q was taken", field, v)
			}
		}
	}
}

// A value that can be true is taken, however unusual: an arrest, a deep
// hypothermia, a saturation at altitude. The form only asks. Seen red with the
// usual limits refused as before.
func TestTrueValuesAreTaken(t *testing.T) {
	for field, values := range map[string][]string{
		"rr": {"0", "4", "70"}, "spo2": {"38", "9"}, "bp": {"0/0", "40/20", "290/170"}, "pulse": {"0", "18", "260"},
		"temp": {"24,5", "43"},
	} {
		for _, v := range values {
			r := read(map[string]string{field: v})
			if r.Wrong[field] != "" || r.Unusual[field] == "" || !r.Any || !r.Score.Any() {
				t.Errorf("%s %q: wrong %q, unusual %q", field, v, r.Wrong[field], r.Unusual[field])
			}
		}
	}
	if r := read(map[string]string{"rr": "16", "spo2": "97", "bp": "120/80", "pulse": "70", "temp": "36,9"}); len(
		r.Unusual) > 0 {
		t.Errorf("usual values are asked about: %v", r.Unusual)
	}
}

func TestNotDone(t *testing.T) {
	r := read(map[string]string{"notdone": "refused"})
	if !r.Any || r.Observation.NotDone != vitals.Refused || r.Observation.Measured() {
		t.Errorf("%+v", r.Observation)
	}
	if r := read(map[string]string{"notdone": "lazy"}); r.Any || r.Observation.NotDone != "" {
		t.Errorf("a reason that is none was taken: %+v", r.Observation)
	}
}

func TestTakenIsTheLatestSuchMoment(t *testing.T) {
	for raw, want := range map[string]time.Time{
		"":      now,
		"13:40": now.Add(-23*time.Minute - 12*time.Second),
		"13.40": now.Add(-23*time.Minute - 12*time.Second),
		"-20":   now.Add(-20 * time.Minute),
	} {
		if got := read(map[string]string{"taken": raw}).Observation.Taken; !got.Equal(want) {
			t.Errorf("%q: %v, want %v", raw, got, want)
		}
	}
	midnight := time.Date(2026, 3, 11, 0, 10, 0, 0, time.UTC)
	r := obsform.Read(map[string]string{"taken": "23:55"}, false, midnight, time.UTC)
	if want := midnight.Add(-15 * time.Minute); !r.Observation.Taken.Equal(want) {
		t.Errorf("before midnight: %v, want %v", r.Observation.Taken, want)
	}
}

// The words beside the points must change exactly where the points change: the
// text is walked along every parameter's whole range beside the score itself.
func TestReasonsFollowTheScore(t *testing.T) {
	yes, no := true, false
	type walk struct {
		p        vitals.Parameter
		from, to float64
		by       float64
		scale2   bool
		oxygen   *bool
		set      func(*vitals.Observation, *float64)
	}
	spo2 := func(o *vitals.Observation, v *float64) { o.SpO2 = v }
	for _, w := range []walk{
		{vitals.RR, 1, 60, 1, false, nil, func(o *vitals.Observation, v *float64) { o.RR = v }},
		{vitals.SpO2, 60, 100, 1, false, nil, spo2},
		{vitals.SpO2, 60, 100, 1, true, &yes, spo2},
		{vitals.SpO2, 60, 100, 1, true, &no, spo2},
		{vitals.SBP, 50, 260, 1, false, nil, func(o *vitals.Observation, v *float64) { o.SBP = v }},
		{vitals.Pulse, 20, 200, 1, false, nil, func(o *vitals.Observation, v *float64) { o.Pulse = v }},
		{vitals.Temp, 33, 42, 0.1, false, nil, func(o *vitals.Observation, v *float64) { o.Temp = v }},
	} {
		points, text := -1, ""
		for v := w.from; v <= w.to+1e-9; v += w.by {
			o := vitals.Observation{Scale2: w.scale2, Oxygen: w.oxygen}
			value := vitals.Rounded(w.p, v)
			w.set(&o, &value)
			p, s := vitals.NEWS2(o).Points[w.p].Points, obsform.Reason(w.p, o)
			if s == "" {
				t.Fatalf("parameter %v at %v: no reason", w.p, value)
			}
			if points >= 0 && (p != points) && s == text {
				t.Errorf("parameter %v (scale 2 %v) at %v: points went %d to %d, the reason stayed %q", w.p, w.scale2,
					value, points, p, s)
			}
			points, text = p, s
		}
	}
}

// The form shares the limits of the record's other doors. Seen red with 0 to 100 as before:
// a fraction passed for percent.
func TestImpossibleIsRefused(t *testing.T) {
	for field, values := range map[string]map[string]string{
		"rr":    {"151": "Check: 0–150", "NaN": "Not a number", "inf": "Not a number"},
		"spo2":  {"0,97": "Check: 5–100", "0": "Check: 5–100"},
		"pulse": {"351": "Check: 0 or 5–350", "1,2": "Check: 0 or 5–350"},
		"temp":  {"98,6": "Check: 10–47", "9": "Check: 10–47"},
		"bp": {"16": "Check: 0 or 25–400", "12/80": "Check: 0 or 25–400", "120/3": "Check: 0 or 5–300",
			"0/60": "Check the order",
			"/60":  "Write it as 120/80", "/": "Write it as 120/80"}, "taken": {"--5": "Write minutes ago as -20"},
	} {
		for v, want := range values {
			r := read(map[string]string{field: v})
			if r.Wrong[field] != want || r.Any {
				t.Errorf("%s %q: %q (any %v), want %q", field, v, r.Wrong[field], r.Any, want)
			}
		}
	}
}

// FuzzObsform: whatever is typed, what is read is possible, what is wrong is not read, and
// what is read is written as what reads alike.
func FuzzObsform(f *testing.F) {
	f.Add("16", "97", "120/80", "70", "36,9", "13:40", "air", "A", "")
	f.Add("0", "9", "0/0", "0", "24.5", "-20", "oxygen", "U", "refused")
	f.Add("NaN", "0.97", "80/120", "1e2", "98.6", "25:00", "x", "Q", "lazy")
	f.Add("", "+97", "/", " 70 ", "3 7", "-9223372036854775808", "", "", "")
	f.Fuzz(func(t *testing.T, rr, spo2, bp, pulse, temp, taken, oxygen, acvpu, notDone string) {
		raw := map[string]string{"rr": rr, "spo2": spo2, "bp": bp, "pulse": pulse, "temp": temp, "taken": taken,
			"oxygen": oxygen,
			"acvpu":  acvpu, "notdone": notDone}
		r := read(raw)
		o := r.Observation
		for _, c := range []struct {
			field string
			q     vitals.Quantity
			v     *float64
		}{
			{"rr", vitals.RespirationRate, o.RR}, {"spo2", vitals.OxygenSaturation, o.SpO2},
			{"pulse", vitals.PulseRate, o.Pulse},
			{"temp", vitals.BodyTemperature, o.Temp}, {"bp", vitals.SystolicPressure, o.SBP},
			{"bp", vitals.DiastolicPressure, o.DBP},
		} {
			if c.v != nil && (c.q.Check(*c.v, vitals.ByHand) != nil || r.Wrong[c.field] != "") {
				t.Fatalf("%s %v of %q, wrong %q", c.q, *c.v, raw, r.Wrong[c.field])
			}
		}
		if o.SBP != nil && o.DBP != nil && vitals.PressureOrder(*o.SBP, *o.DBP) != nil {
			t.Fatalf("%v over %v", *o.DBP, *o.SBP)
		}
		if r.Wrong["taken"] == "" && (o.Taken.After(now.Add(time.Minute)) || o.Taken.Before(now.Add(-24*time.Hour))) {
			t.Fatalf("taken %q is %v at %v", taken, o.Taken, now)
		}
		again := read(obsform.Write(o)).Observation
		again.Taken = o.Taken
		if !reflect.DeepEqual(again, o) {
			t.Fatalf("%q: %+v, written and read %+v", raw, o, again)
		}
	})
}
