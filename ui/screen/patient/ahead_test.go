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

// Another section's answer comes while a form is waited for: a save that was taken or failed, the warning of four
// minutes, a form that opens late, two sides of a conflict. Nothing of it takes the keyboard, and what is typed before
// and after goes into the form that it was for.
//
// Seen red with SetEdit asking whether anything is waited for: what was typed was dropped and called not taken,
// and the keyboard went to a tab. Seen red with the cards and the conflict taking the keyboard all the same.
func TestAnotherSectionsAnswerTakesNoKeys(t *testing.T) {
	for name, other := range map[string][2]patient.Phase{"saved": {patient.Editing, patient.Saved},
		"failed": {patient.Editing, patient.Failed}, "warned": {patient.Editing, patient.Editing},
		"opened late": {patient.Reading, patient.Editing}, "in conflict": {patient.Editing, patient.Conflict}} {
		s, p, _ := opening(t)
		at := func(section chart.Section, phase patient.Phase) {
			widgets.Hand().Aside(func() {
				e := patient.Edit{Patient: fixture.Sickest, Section: section, Phase: phase, Now: fixture.Now}
				if phase == patient.Conflict {
					e.Sides = &patient.Sides{}
				}
				s.SetEdit(e)
			})
		}
		at(chart.Observations, other[0])
		s.StartEdit(chart.Notes)
		p.Write("No ")
		at(chart.Observations, other[1])
		p.Write("pain")
		if text := screentest.Texts(s.Content()); strings.Contains(text, "not taken") {
			t.Errorf("%s: said to be lost:\n%s", name, text)
		}
		if other[1] == patient.Conflict {
			at(chart.Observations, patient.Reading)
		}
		at(chart.Notes, patient.Editing)
		note, rr := s.Draft(chart.Notes).Fields[patient.NoteField], s.Draft(chart.Observations).Fields["rr"]
		if note != "No pain" || rr != "" {
			t.Errorf("%s: the note is %q, the respiration %q", name, note, rr)
		}
	}
}

// Both sides of a conflict stand where the form would be that was waited for: what was typed for it is said to be
// lost, and the keyboard is on what is to be decided. Seen red without hidden: it waited on, for ever.
func TestKeysTypedForAFormBehindAConflict(t *testing.T) {
	s, p, phase := opening(t)
	phase(patient.Editing)
	s.StartEdit(chart.Notes)
	p.Write("No pain")
	widgets.Hand().Aside(func() {
		s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Conflict,
			Now: fixture.Now, Sides: &patient.Sides{}})
		s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Editing, Now: fixture.Now})
	})
	if note := s.Draft(chart.Notes).Fields[patient.NoteField]; note != "" {
		t.Errorf("typed behind the conflict: %q", note)
	}
	if _, is := p.Canvas.Focused().(*widgets.Button); !is {
		t.Errorf("the keyboard is on %T", p.Canvas.Focused())
	}
	phase(patient.Reading)
	if text := strings.Join(strings.Fields(screentest.Texts(s.Content())), " "); !strings.Contains(text,
		"What you typed meanwhile was not taken.") {
		t.Errorf("nothing is said:\n%s", text)
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
