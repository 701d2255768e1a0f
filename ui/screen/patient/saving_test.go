package patient_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// typedOf is a text of a section as it is typed.
func typedOf(section chart.Section) chart.Draft {
	field := map[chart.Section]string{chart.Notes: patient.NoteField, chart.Observations: obsform.RR}[section]
	return chart.Draft{Fields: map[string]string{field: "24"}}
}

// writing is a chart with one form open, and what puts that form, and the sides of a conflict, at another phase.
func writing(t *testing.T, section chart.Section) (*patient.Screen, func(patient.Phase, *patient.Sides, string)) {
	t.Helper()
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	at := func(phase patient.Phase, sides *patient.Sides, amends string) {
		s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: section, Phase: phase, Now: fixture.Now,
			Draft: typedOf(section), Sides: sides, Amends: amends})
	}
	at(patient.Editing, nil, "")
	return s, at
}

// The key for Save does nothing while the save of just now is under way, and asks for no answer: that comes with the
// save. It is no press then, which would take away what was refused and make the keyboard rest.
//
// Seen red with Saves saying that something is meant all the same.
func TestSaveIsNoPressWhileItIsUnderWay(t *testing.T) {
	for _, section := range []chart.Section{chart.Notes, chart.Observations} {
		for name, sides := range map[string]*patient.Sides{"a form": nil, "a conflict": {}} {
			s, at := writing(t, section)
			typing := patient.Editing
			if sides != nil {
				typing = patient.Conflict
			}
			at(typing, sides, "")
			if button, do, open := s.Saves(); button == nil || do == nil || !open {
				t.Errorf("%s, %s: it cannot be saved", section, name)
			}
			at(patient.Saving, nil, "")
			if button, do, open := s.Saves(); button != nil || do != nil || open {
				t.Errorf("%s, %s, under way: a press of %v, %v", section, name, button, open)
			}
		}
	}
}

// A text that turned out to be a change of what is saved is saved as one, and its button says so before it is pressed.
//
// Seen red with the button asking what the draft began as: it said that a new one is saved.
func TestTheButtonSaysThatASavedEntryIsChanged(t *testing.T) {
	for _, section := range []chart.Section{chart.Notes, chart.Observations} {
		s, at := writing(t, section)
		says := func() string {
			button, _, _ := s.Saves()
			return button.SpotText()
		}
		name := fixture.Chart().Summary.Patient.Name()
		if got := says(); got != "Save for "+name {
			t.Errorf("%s, new: %q", section, got)
		}
		at(patient.Failed, nil, "o1")
		if got := says(); got != "Save the change for "+name {
			t.Errorf("%s, after all a change: %q", section, got)
		}
	}
}
