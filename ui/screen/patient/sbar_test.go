package patient_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Whichever way the words of SBAR are put into a note, what is typed next stands behind the first of them that is empty:
// by the keys or by a click, which takes the keyboard from the note, once and once more, and also below a text that is
// wrapped. After the window came to the front again it still stands there.
//
// Seen red with the field taking what it was filled with for a reason to go to its end (a click: the situation stood
// under the recommendation), and with the cursor on the line that has the number of the heading before the text is
// wrapped: what was typed stood within the situation.
func TestSBARIsGoneOnAtItsFirstEmptyHeading(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("More breathless since the morning round. ", 8))
	canvas := func(b *widgets.Button) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(b) }
	click := func(b *widgets.Button) { canvas(b).Focus(b); test.Tap(b) }
	for name, do := range map[string]func(s *patient.Screen, b *widgets.Button){
		"by keys":       func(s *patient.Screen, _ *widgets.Button) { s.Template() },
		"by a click":    func(_ *patient.Screen, b *widgets.Button) { click(b) },
		"by two clicks": func(_ *patient.Screen, b *widgets.Button) { click(b); click(b) },
		"from nowhere":  func(_ *patient.Screen, b *widgets.Button) { canvas(b).Unfocus(); test.Tap(b) },
		"to the front":  func(_ *patient.Screen, b *widgets.Button) { click(b); canvas(b).Focused().FocusGained() },
	} {
		for _, written := range []string{"", "short of breath", long} {
			s, _, w := open(t)
			s.Open(fixture.Sickest)
			s.Show(view(fixture.Chart()))
			s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Editing, Now: fixture.Now,
				Draft: chart.Draft{Fields: map[string]string{patient.NoteField: written}}})
			var b *widgets.Button
			for _, one := range screentest.All[*widgets.Button](s.Content()) {
				if one.SpotText() == "SBAR" {
					b = one
				}
			}
			do(s, b)
			note, is := w.Canvas().Focused().(*widgets.Entry)
			if !is {
				t.Fatalf("%s: the keyboard is on %T", name, w.Canvas().Focused())
			}
			note.TypedRune('x')
			want := "Situation: x\nBackground: \nAssessment: \nRecommendation: "
			if written != "" {
				want = "Situation: " + written + "\nBackground: x\nAssessment: \nRecommendation: "
			}
			if note.Text != want {
				t.Errorf("%s, after %.20q: %q", name, written, note.Text)
			}
		}
	}
}
