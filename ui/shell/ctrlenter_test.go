package shell_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// typist is a nurse at a chart in which a set and a note are begun, both by hand.
type typist struct {
	*station
	p   *screentest.Person
	now *time.Time
}

func atTwoForms(t *testing.T) typist {
	s, p, now := clocked(t)
	*now = now.Add(time.Minute)
	s.chart()
	s.edit(chart.Notes, patient.Editing, "note", "slept well")
	*now = now.Add(time.Minute)
	return typist{s, p, now}
}

func (s *station) edit(section chart.Section, phase patient.Phase, field, text string) {
	s.screens.Patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: section, Phase: phase, Now: fixture.Now,
		Draft: chart.Draft{Section: section, Version: 10, Fields: map[string]string{field: text}}})
}

// to puts the keyboard into the form of a section.
func (n typist) to(section chart.Section) {
	switch section {
	case chart.Notes:
		n.screens.Patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: section,
			Phase: n.screens.Patient.Phase(section), Now: fixture.Now})
		n.window.Canvas().Focus(n.entry("slept well"))
	case chart.Observations:
		n.window.Canvas().Focus(n.entry("24"))
	default:
		n.window.Canvas().Unfocus()
	}
}

func (n typist) entry(text string) fyne.Focusable {
	for _, e := range screentest.All[*widgets.Entry](n.screens.Patient.Content()) {
		if e.Text == text {
			return e
		}
	}
	return nil
}

// ctrlEnter is pressed by hand.
func (n typist) ctrlEnter() {
	n.p.KeyDown(desktop.KeyControlLeft)
	n.p.KeyDown(fyne.KeyReturn)
	n.ctrl(fyne.KeyReturn)
	n.p.KeyUp(fyne.KeyReturn)
	n.p.KeyUp(desktop.KeyControlLeft)
}

func (n typist) sections() (out []chart.Section) {
	for _, d := range n.saved {
		out = append(out, d.Section)
	}
	return out
}

// Ctrl Enter saves the section in which the keyboard stands, and that alone: while it is being saved, after it was lost
// and where the keyboard stands in neither, the other one is not meant. Seen red with what can be saved taken where the
// keyboard does not say it.
func TestCtrlEnterSavesWhatHasTheKeyboard(t *testing.T) {
	for _, c := range []struct {
		name  string
		at    chart.Section
		phase patient.Phase // of that section
		want  int
	}{
		{"the note", chart.Notes, patient.Editing, 1},
		{"the set", chart.Observations, patient.Editing, 1},
		{"the note on its way", chart.Notes, patient.Saving, 0},
		{"the note that was lost", chart.Notes, patient.Lost, 0},
		{"the set on its way", chart.Observations, patient.Saving, 0},
		{"nothing", "", patient.Editing, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := atTwoForms(t)
			n.to(c.at)
			switch {
			case c.phase != patient.Editing && c.at == chart.Notes:
				n.edit(c.at, c.phase, "note", "slept well")
			case c.phase != patient.Editing:
				n.edit(c.at, c.phase, "rr", "24")
			}
			n.to(c.at)
			*n.now = n.now.Add(time.Minute)
			n.ctrlEnter()
			if got := n.sections(); len(got) != c.want || c.want > 0 && got[0] != c.at {
				t.Errorf("saved %v", got)
			}
		})
	}
}

// Ctrl Enter is a press of that Save: its second half, what follows keys that went astray, and what comes before the
// form was seen save nothing. Seen red with the key run as one that only goes somewhere.
func TestCtrlEnterIsAPressOfSave(t *testing.T) {
	t.Run("twice", func(t *testing.T) {
		n := atTwoForms(t)
		n.to(chart.Notes)
		n.ctrlEnter()
		n.edit(chart.Notes, patient.Failed, "note", "slept well")
		*n.now = n.now.Add(120 * time.Millisecond)
		n.ctrlEnter()
		if got := n.sections(); len(got) != 1 {
			t.Errorf("saved %v", got)
		}
	})
	t.Run("astray", func(t *testing.T) {
		n := atTwoForms(t)
		n.to(chart.Notes)
		n.p.KeyDown(fyne.Key9)
		widgets.Hand().Astray()
		n.p.KeyUp(fyne.Key9)
		n.ctrlEnter()
		if got := n.sections(); len(got) != 0 {
			t.Errorf("saved %v", got)
		}
	})
	t.Run("a form that just came", func(t *testing.T) {
		s, p, now := clocked(t)
		*now = now.Add(time.Minute)
		s.chart()
		n := typist{s, p, now}
		*now = now.Add(20 * time.Millisecond)
		n.to(chart.Observations)
		n.ctrlEnter()
		if got := n.sections(); len(got) != 0 {
			t.Errorf("saved %v", got)
		}
		*now = now.Add(time.Minute)
		if n.ctrlEnter(); len(n.saved) != 1 {
			t.Errorf("once it was read: saved %v", n.sections())
		}
	})
}
