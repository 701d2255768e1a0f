package patient_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The time that is offered is the one that is saved, also in the hour that comes twice
// when the clocks go back, and after the form was left and opened again. The field shows
// the clock's face.
//
// Seen red with the draft made of what the field shows: 02:30 of the first hour was 02:30
// of the second.
func TestDraftsOfferedTimeIsTheMomentThatIsSaved(t *testing.T) {
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	tongue.KeepTime(loc)
	defer tongue.KeepTime(nil)
	for _, typed := range []time.Time{time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC),
		time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC)} {
		for _, now := range []time.Time{typed.Add(20 * time.Minute), typed.Add(10 * time.Hour)} {
			s, h, _ := open(t)
			s.Clock = func() time.Time { return now }
			s.Open(fixture.Sickest)
			s.Show(view(fixture.Chart()))
			s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Editing,
				Now: now, Draft: chart.Draft{Version: 10, Fields: full, Typed: typed, Saved: typed}})
			tap(t, s, "Taken 02:30")
			check := func(when string) chart.Draft {
				t.Helper()
				d := s.Draft(chart.Observations)
				r := obsform.Read(d.Fields, false, now, loc)
				if len(r.Wrong) > 0 || !r.Observation.Taken.Equal(typed) {
					t.Errorf("%s at %v: %q is %v %v, not %v", when, now, d.Fields[obsform.Taken], r.Observation.Taken,
						r.Wrong, typed)
				}
				if text := shown(s); !strings.Contains(text, "02:30") || strings.Contains(text, "+0") {
					t.Errorf("%s at %v the field shows %q", when, now, text)
				}
				return d
			}
			kept := check("chosen")
			kept.Saved = now
			s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Reading})
			now = now.Add(40 * time.Minute)
			s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Editing,
				Now: now, Draft: kept})
			check("opened again")
			s.Save()
			if len(h.saved) != 1 {
				t.Errorf("saved: %+v", h.saved)
			}
		}
	}
}

func tap(t *testing.T, s *patient.Screen, text string) {
	t.Helper()
	for _, b := range screentest.All[*widgets.Button](s.Content()) {
		if b.Visible() && b.SpotText() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no %q in:\n%s", text, screentest.Texts(s.Content()))
}

// shown is what stands in the field of when a set was taken.
func shown(s *patient.Screen) string {
	for _, e := range screentest.All[*widgets.Entry](s.Content()) {
		if e.Visible() && strings.Contains(e.Text, ":") {
			return e.Text
		}
	}
	return ""
}
