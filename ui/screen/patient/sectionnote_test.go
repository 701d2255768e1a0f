package patient_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screentest"
)

// Over signed notes, and over a set that a person charted, no section says that nothing was charted by hand: also
// where they came with an import or a merge, and nobody edited the section here. It says of when they are. Over what
// devices alone sent it is true. Seen red with the note asking the section's last edit alone,
// and with a set in the future counted.
func TestASectionSaysWhatWasWrittenIntoIt(t *testing.T) {
	const nothing = "nothing charted by hand yet"
	p := fixture.Chart()
	p.Sections = map[chart.Section]chart.SectionState{}
	devices := p.Observations
	p.Observations = slices.Clone(devices)
	p.Observations[1].By = "Diaz, M"
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(p))
	said := strings.Join(strings.Fields(screentest.Texts(s.Content())), " ")
	if strings.Contains(said, nothing) || !strings.Contains(said, "17 min ago, "+p.Notes[0].ByName) {
		t.Errorf("of notes and a set of nurses it says:\n%s", said)
	}
	p.Notes, p.Observations = nil, devices
	s.Show(view(p))
	if said := screentest.Texts(s.Content()); strings.Count(said, nothing) != 2 {
		t.Errorf("of a device's sets alone it says:\n%s", said)
	}
	p.Observations = slices.Clone(devices) // a set dated in the future is of no known time
	p.Observations[0].By, p.Observations[0].Future = "Diaz, M", true
	s.Show(view(p))
	if said := screentest.Texts(s.Content()); strings.Count(said, nothing) != 2 {
		t.Errorf("of a set in the future it says:\n%s", said)
	}
}
