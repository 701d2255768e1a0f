package patient_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
)

// An earlier text turned out to be saved: from then on the button says that it changes a signed entry, as the press
// does. Seen red with the button asking the draft that the form was opened with: it went on with "Save for".
func TestTheButtonSaysThatItChangesWhatWasSavedBefore(t *testing.T) {
	for section, fields := range map[chart.Section]map[string]string{
		chart.Observations: {obsform.RR: "16"}, chart.Notes: {patient.NoteField: "left leg"}} {
		s, _, _ := open(t)
		s.Open(fixture.Sickest)
		s.Show(view(fixture.Chart()))
		at := func(e patient.Edit) string {
			e.Patient, e.Section, e.Now = fixture.Sickest, section, fixture.Now
			s.SetEdit(e)
			return screentest.Texts(s.Content())
		}
		if text := at(patient.Edit{Phase: patient.Editing, Draft: chart.Draft{Fields: fields}}); strings.Contains(text,
			"Save the change for") {
			t.Fatalf("%s: a new entry is called a change", section)
		}
		text := at(patient.Edit{Phase: patient.Failed, Amends: "the-entry"})
		if s.Draft(section).Fields[patient.AmendsField] != "the-entry" || !strings.Contains(text, "Save the change for") {
			t.Errorf("%s: a change of a signed entry is not called one:\n%s", section, text)
		}
	}
}
