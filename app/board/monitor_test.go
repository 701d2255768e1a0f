package board

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/assets/translations"
)

// The age of a value is rounded up, it is old past MonitorOld, and gone past
// MonitorGone; of two monitors the newer counts. Seen red with the age rounded
// down, with Old never said, and with the first of two monitors taken.
func TestMonitorValues(t *testing.T) {
	at := func(v float64, age time.Duration) Reading {
		return Reading{vitals.Reading{Sign: vitals.Saturation, Value: v}, age}
	}
	for _, c := range []struct {
		in   []Reading
		want string
	}{
		{nil, "[]"},
		{[]Reading{at(91, 0)}, "[{SpO₂ 91 now false}]"},
		{[]Reading{at(91, 6*time.Second)}, "[{SpO₂ 91 10 s false}]"},
		{[]Reading{at(91, 30*time.Second)}, "[{SpO₂ 91 30 s false}]"},
		{[]Reading{at(91, 31*time.Second)}, "[{SpO₂ 91 35 s true}]"},
		{[]Reading{at(91, 61*time.Second)}, "[{SpO₂ 91 2 min true}]"},
		{[]Reading{at(91, MonitorGone)}, "[{SpO₂ 91 5 min true}]"},
		{[]Reading{at(91, MonitorGone+1)}, "[]"},
		{[]Reading{at(97, time.Minute), at(91, time.Second)}, "[{SpO₂ 91 now false}]"},
	} {
		if got := fmt.Sprint(monitor(c.in)); got != c.want {
			t.Errorf("%v: %s, want %s", c.in, got, c.want)
		}
	}
}

// What is no reading is not taken. Seen red with the unit not asked for.
func TestReadingValid(t *testing.T) {
	good := vitals.Reading{Monitor: "01", Patient: "p", Sign: vitals.Saturation, Value: 91, Unit: "%", At: time.Now()}
	if !good.Valid() {
		t.Fatal("a good one")
	}
	for name, change := range map[string]func(*vitals.Reading){
		"nobody's":   func(r *vitals.Reading) { r.Patient = "" },
		"no monitor": func(r *vitals.Reading) { r.Monitor = "" },
		"no sign":    func(r *vitals.Reading) { r.Sign, r.Unit = "X", "" },
		"unit":       func(r *vitals.Reading) { r.Unit = "kPa" },
		"above":      func(r *vitals.Reading) { r.Value = 101 }, "below": func(r *vitals.Reading) { r.Value = -1 },
		"no number": func(r *vitals.Reading) { r.Value = math.NaN() },
		"no time":   func(r *vitals.Reading) { r.At = time.Time{} },
	} {
		r := good
		if change(&r); r.Valid() {
			t.Error(name)
		}
	}
}

// The monitor's line speaks the language of the columns above it: HR is HF in
// German, where RR is the blood pressure. Seen red with the sign's own name.
func TestMonitorSpeaksTheLanguage(t *testing.T) {
	german, err := translations.Open("de")
	if err != nil {
		t.Fatal(err)
	}
	tongue.Speak(german)
	t.Cleanup(func() { tongue.Speak(nil) })
	reading := Reading{vitals.Reading{Sign: vitals.HeartRate, Value: 80}, time.Second}
	if got := monitor([]Reading{reading})[0]; got.Label != "HF" || got.Age != "jetzt" {
		t.Errorf("%+v", got)
	}
}
