package patient_test

import (
	"maps"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
)

// with is the whole form with other values in some fields.
func with(other ...string) map[string]string {
	f := maps.Clone(full)
	for i := 0; i < len(other); i += 2 {
		f[other[i]] = other[i+1]
	}
	return f
}

// Every value that seldom is true is asked about before it is saved, each by a press of its own, and again in the next
// form: the answer of one form is for what was typed there.
//
// Seen red with one answer for the whole form: 230 was asked about and a temperature of 28 saved with it; and with the
// answer kept when the form closed: the second form saved 230 at the first press.
func TestEachUnusualValueIsAskedAbout(t *testing.T) {
	for name, c := range map[string]struct {
		fields map[string]string
		asks   int
	}{
		"none":     {with(), 0},
		"one":      {with(obsform.Pulse, "230"), 1},
		"two":      {with(obsform.Pulse, "230", obsform.Temp, "28"), 2},
		"pressure": {with(obsform.BP, "270/10"), 1},
	} {
		s, h, _ := open(t)
		s.Open(fixture.Sickest)
		s.Show(view(fixture.Chart()))
		for form := 1; form <= 2; form++ {
			edit(s, patient.Editing, c.fields)
			for asked := range c.asks {
				if s.Save(); len(h.saved) == form {
					t.Errorf("%s: form %d was saved after %d of %d questions", name, form, asked, c.asks)
				}
				if text := screentest.Texts(s.Content()); !strings.Contains(text, "If it is right, save once more.") {
					t.Errorf("%s: form %d does not ask:\n%s", name, form, text)
				}
			}
			if s.Save(); len(h.saved) != form {
				t.Fatalf("%s: form %d, answered, was not saved", name, form)
			}
			edit(s, patient.Saving, nil)
			edit(s, patient.Saved, nil)
		}
	}
}

// A value that was asked about and is changed to another that seldom is true is asked about anew. Seen red with one
// question for each field.
func TestAChangedUnusualValueIsAskedAboutAgain(t *testing.T) {
	p := filling(t, chart.Draft{Fields: with(obsform.Pulse, "230")})
	p.s.Save()
	p.at("Pulse")
	for _, k := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyBackspace} {
		p.Key(k, 0)
	}
	p.Write("5")
	if got := p.s.Draft(chart.Observations).Fields[obsform.Pulse]; got != "235" {
		t.Fatalf("typed is %q", got)
	}
	if p.s.Save(); len(p.heard.saved) != 0 {
		t.Fatal("saved with 235, which was not asked about")
	}
	if p.s.Save(); len(p.heard.saved) != 1 || p.heard.saved[0].Fields[obsform.Pulse] != "235" {
		t.Errorf("answered, %d are saved", len(p.heard.saved))
	}
}

// A pressure of which both values seldom are true asks about both. Seen red with the second question in place of the
// first.
func TestAPressureIsAskedAboutWhole(t *testing.T) {
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	edit(s, patient.Editing, with(obsform.BP, "270/10"))
	if text := strings.Join(strings.Fields(screentest.Texts(s.Content())), " "); !strings.Contains(text,
		"Is 270 right? Is 10 right?") {
		t.Errorf("it asks:\n%s", text)
	}
}

// A correction that leaves nothing of a set is refused with what to do. Seen red with it handed on: the window said that
// something went wrong at the station.
func TestACorrectionLeavesSomething(t *testing.T) {
	s, h, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	edit(s, patient.Editing, map[string]string{patient.AmendsField: "mine", obsform.Taken: "13:54"})
	if s.Save(); len(h.saved) > 0 || !strings.Contains(strings.Join(strings.Fields(screentest.Texts(s.Content())), " "),
		"Nothing would be left of this set.") {
		t.Errorf("saved %v:\n%s", h.saved, screentest.Texts(s.Content()))
	}
}

// What is asked is drawn beside the value that it is about, also beside a time of taking, which scores nothing: the
// press that asks says no more than to check what is marked.
//
// Seen red with the question drawn for values that score alone: of the time it said how long ago it was, in grey, and
// nothing was marked.
func TestWhatIsAskedIsDrawn(t *testing.T) {
	for name, c := range map[string]struct{ field, typed, asks string }{
		"score": {obsform.Pulse, "230", "◆ Is 230 right?"},
		"time":  {obsform.Taken, "11-12 14:03", "◆ Is 12 Nov 14:03 right?"},
	} {
		s, h, _ := open(t)
		s.Open(fixture.Sickest)
		s.Show(view(fixture.Chart()))
		edit(s, patient.Editing, with(c.field, c.typed))
		s.Save()
		text := strings.Join(strings.Fields(screentest.Texts(s.Content())), " ")
		if len(h.saved) > 0 || !strings.Contains(text, "Check the marked value.") || !strings.Contains(text, c.asks) {
			t.Errorf("%s: saved %d, no %q in:\n%s", name, len(h.saved), c.asks, text)
		}
		if s.Save(); len(h.saved) != 1 {
			t.Errorf("%s: the answer was not saved", name)
		}
	}
}
