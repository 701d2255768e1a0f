package patient_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// What the form says of a set while it is typed is what the board will show once it is saved: a part of one does
// not calm the score that stands. Seen red with the form scoring what was typed alone: "≥0" and "low" below a
// banner of 10; and of values of several times "the score can only be higher", which nobody knows of the older.
func TestTheFormPromisesWhatTheBoardWillShow(t *testing.T) {
	for name, c := range map[string]struct {
		fields map[string]string
		text   string
		says   string
	}{
		"a calm part":  {map[string]string{obsform.RR: "16", obsform.SpO2: "97"}, "10", "still stands"},
		"a worse part": {map[string]string{obsform.RR: "26"}, "≥11", "At least 11, from values of"},
		"a whole set": {map[string]string{obsform.RR: "16", obsform.SpO2: "97", obsform.Oxygen: obsform.OnAir,
			obsform.BP: "120/80", obsform.Pulse: "70", obsform.ACVPU: "A", obsform.Temp: "37.0"}, "0", "Low."},
		"nothing yet": {map[string]string{}, "–", "Nothing measured yet."},
	} {
		s, _, _ := open(t)
		s.Clock = func() time.Time { return fixture.Now }
		s.Open(fixture.Sickest)
		p := fixture.Chart()
		s.Show(view(p))
		s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Editing,
			Now: fixture.Now, Draft: chart.Draft{Fields: c.fields}})
		shown := []string{}
		for _, b := range screentest.All[*widgets.Badge](s.Content()) {
			shown = append(shown, b.SpotText())
		}
		text := screentest.Texts(s.Content())
		if len(shown) == 0 || shown[len(shown)-1] != c.text || !strings.Contains(text, c.says) {
			t.Errorf("%s: badges %q, want %q and %q in\n%s", name, shown, c.text, c.says, text)
		}
		if len(c.fields) == 0 {
			continue
		}
		if strings.Contains(text, "can only be higher") {
			t.Errorf("%s: said of values of several times:\n%s", name, text)
		}
		r := obsform.Read(c.fields, false, fixture.Now, tongue.Zone())
		raised, _ := vitals.Raised(vitals.With(p.Observations, r.Observation))
		if want := board.BadgeOf(raised, nil).Text; want != c.text {
			t.Errorf("%s: the board will show %q", name, want)
		}
	}
}

// A chart shows the score of this stay. What was measured in the stay before stands in the trend, with its age.
// Seen red with Summary.OfStay giving back all sets: the banner and the trend said 10.
func TestTheChartShowsNoScoreOfTheStayBefore(t *testing.T) {
	p := fixture.Chart()
	for i := range p.Observations {
		p.Observations[i].Taken = p.Observations[i].Taken.Add(-48 * time.Hour)
	}
	p.Summary.Recent = p.Observations
	p.Summary.Admitted = fixture.Now.Add(-20 * time.Minute)
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(p))
	for tab, want := range map[patient.Tab]string{patient.Observations: "2 d ago",
		patient.Summary: "No observations since admission"} {
		s.ShowTab(tab)
		text := screentest.Texts(s.Content())
		if !strings.Contains(text, want) {
			t.Errorf("tab %d does not say %q:\n%s", tab, want, text)
		}
		for _, b := range screentest.All[*widgets.Badge](s.Content()) {
			if b.Visible() && b.SpotText() != "–" {
				t.Errorf("tab %d shows a score of %q", tab, b.SpotText())
			}
		}
	}
}

// The table has under a set that is not complete the number that the banner and every board show with it, and not
// what that set measures alone: 3 points of a breath rate below a banner of 11.
// Seen red with setScore not asking what is shown with it: "≥3".
func TestTheTableHasTheBoardsNumber(t *testing.T) {
	p := fixture.Chart()
	r := obsform.Read(map[string]string{obsform.RR: "26"}, false, fixture.Now, tongue.Zone())
	part := r.Observation
	part.ID, part.Received = "part", fixture.Now
	p.Observations = vitals.With(p.Observations, part)
	p.Summary.Recent = p.Observations
	raised, _ := vitals.Raised(p.Observations)
	want := board.BadgeOf(raised, p.Observations).Text
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(p))
	text := screentest.Texts(s.Content())
	if alone := "≥3"; want == alone || !strings.Contains(text, "NEWS2\n"+want+"\n") {
		t.Errorf("the board shows %q:\n%s", want, text)
	}
}
