package patient_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// opening is a chart whose forms open when the test lets them.
func opening(t *testing.T) (*patient.Screen, *screentest.Person, func(patient.Phase)) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	s := patient.New(patient.Actions{Edit: func(string, chart.Section) {}})
	w := test.NewTempWindow(t, s.Content())
	w.Resize(fyne.NewSize(1200, 900))
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	*widgets.Hand() = widgets.NewHand()
	t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() })
	return s, &screentest.Person{Canvas: w.Canvas(), Nobody: widgets.Keyed{}}, func(p patient.Phase) {
		widgets.Hand().Aside(func() {
			s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: p, Now: fixture.Now,
				What: map[patient.Phase]string{patient.Reading: "Diaz, M has the observations."}[p]})
		})
	}
}

// What is typed while the form opens goes into it, field by field; Save, which was not on
// the screen then, is not pressed by it. Seen red without ahead.play: the form was empty.
func TestKeysTypedWhileAFormOpensGoIntoIt(t *testing.T) {
	s, p, phase := opening(t)
	s.StartEdit(chart.Observations)
	p.Write("24")
	phase(patient.Taking)
	p.Key(fyne.KeyReturn, 0)
	p.Write("91")
	p.Key(fyne.KeyTab, 0)
	phase(patient.Editing)
	f := s.Draft(chart.Observations).Fields
	if f["rr"] != "24" || f["spo2"] != "91" {
		t.Errorf("the form holds %v", f)
	}
}

// The form does not open: what was typed goes nowhere, and that is said. Seen red without
// ahead.drop.
func TestKeysTypedForAFormThatDoesNotOpen(t *testing.T) {
	s, p, phase := opening(t)
	s.StartEdit(chart.Observations)
	p.Write("24")
	phase(patient.Reading)
	if s.Draft(chart.Observations).Fields["rr"] != "" {
		t.Error("a form that is not there was filled in")
	}
	if text := screentest.Texts(s.Content()); !strings.Contains(strings.Join(strings.Fields(text), " "),
		"What you typed meanwhile was not taken.") {
		t.Errorf("nothing is said:\n%s", text)
	}
}

// A dialog answers in the form's place: the keyboard comes back to the chart, and not to what
// waited for the form. Seen red with ahead keeping the keyboard that a dialog gives back.
func TestADialogInPlaceOfAForm(t *testing.T) {
	s, p, phase := opening(t)
	s.StartEdit(chart.Observations)
	over := container.NewStack(widgets.NewButton(widgets.Primary, "Late entry", "", nil))
	p.Canvas.Overlays().Add(over)
	phase(patient.Reading)
	p.Canvas.Overlays().Remove(over)
	s.Resume()
	if _, is := p.Canvas.Focused().(*widgets.Button); !is {
		t.Errorf("the keyboard is on %T", p.Canvas.Focused())
	}
}
