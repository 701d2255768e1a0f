package window

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
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

func TestReadTarget(t *testing.T) {
	now := time.Date(2026, 5, 6, 2, 30, 0, 0, time.UTC)
	good := map[string]string{"who": "Dr Osei", "low": "88", "high": "92", "when": "23.40"}
	o, wrong := readTarget(good, "press", now)
	if wrong != "" || o.ID != "press" || !o.Decided.Equal(time.Date(2026, 5, 5, 23, 40, 0, 0, time.UTC)) || o.Low != 88 || o.High != 92 {
		t.Errorf("%+v %q", o, wrong)
	}
	for field, bad := range map[string]string{"who": "", "low": "93", "high": "x", "when": "noon"} {
		in := map[string]string{"who": "Dr Osei", "low": "88", "high": "92"}
		in[field] = bad
		if _, wrong := readTarget(in, "press", now); wrong == "" {
			t.Errorf("%s %q was taken", field, bad)
		}
	}
}
