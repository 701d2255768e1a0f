package window

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/patient"
)

// A prescriber's decision is recorded from the chart, not without a name, and counts
// from then.
func TestScale2FromTheChart(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	p := &typist{opened: o}
	p.press(fyne.KeyReturn)
	o.until("Scale 1. Scale 2 needs a prescriber's decision.")
	o.hit(t, "Record scale 2…")
	o.wait("the dialog", o.shell.Modal)
	p.press(fyne.KeyReturn) // nobody is named
	if !o.shell.Modal() {
		t.Fatal("a decision of nobody was taken")
	}
	p.write("Dr Osei")
	p.press(fyne.KeyReturn)
	o.until("Scale 2, not scale 1: target 88–92")
	o.until("SpO₂ scale 2: Dr Osei") // among the flags that everybody sees
}

// Scale 2 ends by the decision that was on the screen: one that another recorded meanwhile stays, and the person is
// told.
//
// Seen red with whatever holds ended.
func TestOnlyTheDecisionOnTheScreenIsEnded(t *testing.T) {
	o := open(t)
	by := patient.Signed{Staff: "chen", Role: "charge-nurse", Ward: "4B"}
	decide := func(id, instead string) {
		t.Helper()
		must(t, o.store.SetOxygenTarget(t.Context(), patient.OxygenTarget{ID: id, Patient: "p1", Prescriber: "Dr Osei",
			Low: 88, High: 92, Decided: time.Now(), Instead: instead}, by))
	}
	decide("d1", "")
	o.signIn("chen", password)
	o.until("OKOYE")
	o.Window.open("p1")
	o.until("Scale 2, not scale 1: target 88–92")
	o.hit(t, "End scale 2…")
	o.wait("the dialog", o.shell.Modal)
	decide("d2", "d1")
	p := &typist{opened: o}
	p.write("ABG normal")
	o.choose("End scale 2 for OKOYE")
	o.until("The decision on SpO₂ scale 2 has changed since you looked, so nothing was recorded.")
	all, err := o.store.OxygenTargets(t.Context(), "p1")
	must(t, err)
	if len(all) != 2 || all[0].ID != "d2" || !all[0].Holds() {
		t.Errorf("%+v", all)
	}
}

// Seen red with a time that lies ahead taken for one of yesterday, and with 29 February of a year without one.
func TestReadTarget(t *testing.T) {
	now := time.Date(2026, 5, 6, 2, 30, 0, 0, time.UTC)
	good := map[string]string{"who": "Dr Osei", "low": "88", "high": "92", "when": "23.40"}
	o, wrong := readTarget(good, "press", now)
	if wrong != "" || o.ID != "press" || !o.Decided.Equal(time.Date(2026, 5, 5, 23, 40, 0, 0, time.UTC)) ||
		o.Low != 88 || o.High != 92 {
		t.Errorf("%+v %q", o, wrong)
	}
	// What lies up to half a day ahead is refused, not taken for yesterday's, and is written with its day; a time
	// further ahead is that of the afternoon or evening before.
	for typed, want := range map[string]time.Time{"2:29": now.Add(-time.Minute), "02:40": {}, "12:00": {},
		"15:00":       time.Date(2026, 5, 5, 15, 0, 0, 0, time.UTC),
		"05-06 02:40": {}, "05-05 02:40": now.Add(-24*time.Hour + 10*time.Minute), "24:00": {}, "02-29 02:00": {}} {
		in := map[string]string{"who": "Dr Osei", "low": "88", "high": "92", "when": typed}
		o, wrong := readTarget(in, "press", now)
		if (wrong == "") == want.IsZero() || wrong == "" && !o.Decided.Equal(want) {
			t.Errorf("%s: %v %q", typed, o.Decided, wrong)
		}
	}
	for field, bad := range map[string]string{"who": "", "low": "93", "high": "x", "when": "noon"} {
		in := map[string]string{"who": "Dr Osei", "low": "88", "high": "92"}
		in[field] = bad
		if _, wrong := readTarget(in, "press", now); wrong == "" {
			t.Errorf("%s %q was taken", field, bad)
		}
	}
}
