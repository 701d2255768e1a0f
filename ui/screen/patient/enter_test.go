package patient_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// hurried is a form that is filled in by keyboard alone, by a hand with a clock of its own.
type hurried struct {
	screentest.Person
	t     *testing.T
	s     *patient.Screen
	heard *heard
	now   time.Time
}

func filling(t *testing.T, d chart.Draft) *hurried {
	t.Helper()
	s, h, w := open(t)
	p := &hurried{screentest.Person{Canvas: w.Canvas()}, t, s, h, fixture.Now}
	*widgets.Hand() = widgets.NewHand()
	widgets.Hand().Now = func() time.Time { return p.now }
	t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() })
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	d.Version = 10
	s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Editing,
		Now: fixture.Now, Draft: d})
	return p
}

// enter presses Enter a while after what was pressed before.
func (p *hurried) enter(after time.Duration) {
	p.now = p.now.Add(after)
	p.Key(fyne.KeyReturn, 0)
}

// at is what the keyboard is on, as a screen reader names it.
func (p *hurried) at(want string) {
	p.t.Helper()
	got := "nothing"
	if f, is := p.Canvas.Focused().(fyne.Accessible); is {
		got = f.AccessibilityLabel()
	}
	if !strings.HasPrefix(got, want) {
		p.t.Fatalf("the keyboard is on %q, not on %q", got, want)
	}
}

// Enter leads through the whole form to Save and charts nothing that nobody chose, however soon it follows the one
// before: it passes the rows of choices. The one Enter too many does not save.
//
// Seen red without Onward: Enter chose "Air" and "A", and no further one went on. Seen red with Step leaving no rest:
// the Enter that came 0.3 s after the one to Save saved.
func TestEnterChartsNothingThatNobodyChose(t *testing.T) {
	p := filling(t, chart.Draft{})
	const soon, later = 300 * time.Millisecond, press.Rest + 100*time.Millisecond
	p.at("Respiration")
	for _, row := range []struct{ at, value string }{{"Respiration", "16"}, {"SpO₂", "97"}, {"Air or oxygen", ""},
		{"Blood pressure", "120/70"}, {"Pulse", "80"}, {"Consciousness", ""}, {"Temperature", "37"}} {
		p.at(row.at)
		p.Write(row.value)
		p.enter(soon)
	}
	p.at("Taken at")
	p.enter(later)
	p.at("Not all done")
	p.enter(soon)
	p.at("Save for ADELEKE")
	if d := p.s.Draft(chart.Observations).Fields; d["oxygen"] != "" || d["acvpu"] != "" || d["notdone"] != "" {
		t.Errorf("charted, though nobody chose: %v", d)
	}
	if p.enter(soon); len(p.heard.saved) > 0 {
		t.Error("the one Enter too many saved")
	}
	if p.enter(later); len(p.heard.saved) != 1 {
		t.Errorf("saved %d times by the Enter that was meant", len(p.heard.saved))
	}
}

// An Enter that is held goes one step, onto the choices and from them. Seen red with Step asking for no held key.
func TestAHeldEnterGoesOneStep(t *testing.T) {
	p := filling(t, chart.Draft{})
	p.enter(press.Rest)
	p.at("SpO₂")
	for _, want := range []string{"Air or oxygen: Air", "Blood pressure"} {
		p.now = p.now.Add(2 * press.Rest)
		p.KeyDown(fyne.KeyReturn)
		for range 20 {
			p.Type(fyne.KeyReturn, 0)
			p.now = p.now.Add(30 * time.Millisecond)
		}
		p.KeyUp(fyne.KeyReturn)
		p.at(want)
	}
}

// A letter, and Space on what the arrows came to, choose as before.
func TestLettersAndSpaceChoose(t *testing.T) {
	p := filling(t, chart.Draft{})
	p.enter(press.Rest)
	p.enter(2 * press.Rest)
	p.at("Air or oxygen: Air")
	p.Key(fyne.KeyRight, 0)
	p.at("Air or oxygen: Oxygen")
	p.now = p.now.Add(time.Second)
	p.Key(fyne.KeySpace, ' ')
	p.at("Air or oxygen: Oxygen, chosen")
	p.enter(time.Second)
	p.at("Blood pressure")
	p.enter(time.Second)
	p.enter(time.Second)
	p.Key(fyne.KeyV, 'v')
	p.at("Temperature")
	if d := p.s.Draft(chart.Observations).Fields; d["oxygen"] != "oxygen" || d["acvpu"] != "V" {
		t.Errorf("chosen: %v", d)
	}
}

// The Enter that a hand presses after each value comes after a letter, too, which has brought the keyboard on already: it
// skips no field, however late it comes, and where the letter was the last it does not save. The next one goes on; what
// is typed, Tab and a click need none. Seen red without Led: a systolic pressure was saved as the pulse.
func TestEnterAfterALetterSkipsNoField(t *testing.T) {
	for _, after := range []time.Duration{press.Rest / 5, time.Second, time.Minute} {
		p := filling(t, chart.Draft{})
		for _, row := range []string{"16", "97", "a", "118", "80", "v", "37"} {
			p.Write(row)
			p.enter(after)
		}
		p.at("Taken at")
		want := map[string]string{"rr": "16", "spo2": "97", "oxygen": "air", "bp": "118", "pulse": "80", "acvpu": "V", "temp": "37"}
		for field, value := range want {
			if got := p.s.Draft(chart.Observations).Fields[field]; got != value {
				t.Errorf("Enter after %v: %s is %q, not %q", after, field, got, value)
			}
		}
	}
	p := filling(t, chart.Draft{})
	p.enter(time.Second)
	p.enter(time.Second)
	p.Write("o")
	p.enter(time.Second)
	p.at("Blood pressure")
	p.enter(time.Second)
	p.at("Pulse")
	p.enter(time.Second)
	p.Write("v")
	p.at("Temperature")
	p.Key(fyne.KeyTab, 0)
	p.at("Taken at")
	p.enter(time.Second)
	p.at("Not all done")
	p.Write("r")
	p.at("Save for ADELEKE")
	if p.enter(time.Minute); len(p.heard.saved) > 0 {
		t.Error("the Enter that belongs to the last letter saved")
	}
}

// When something was measured is chosen by nobody's Enter either. Seen red without the offer's Onward: what was
// typed ten hours ago was of ten hours ago.
func TestEnterDoesNotAnswerWhenItWas(t *testing.T) {
	then := fixture.Now.Add(-10 * time.Hour)
	p := filling(t, chart.Draft{Fields: maps.Clone(full), Typed: then, Saved: then})
	for range 7 {
		p.enter(time.Second)
	}
	p.at("Taken at")
	p.enter(time.Second)
	p.at("When was this?")
	p.enter(time.Second)
	p.at("Save for ADELEKE")
	p.enter(time.Second)
	p.at("When was this?")
	text := screentest.Texts(p.s.Content())
	if len(p.heard.saved) > 0 || !strings.Contains(text, "with Space or a click") {
		t.Errorf("saved %d; it says:\n%s", len(p.heard.saved), text)
	}
	p.now = p.now.Add(time.Second)
	p.Key(fyne.KeySpace, ' ')
	p.at("Save for ADELEKE")
	if p.enter(time.Second); len(p.heard.saved) != 1 {
		t.Errorf("saved %d times once it was answered", len(p.heard.saved))
	}
}
