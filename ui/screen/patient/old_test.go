package patient_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
)

// A chart that is open past midnight names the day of what is not today's: of the
// sets, and of notes and history that did not change meanwhile. Seen red with the day
// taken away from the table, and with the lists drawn again only when they changed.
func TestAfterMidnightTimesNameTheirDay(t *testing.T) {
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	if text := screentest.Texts(s.Content()); strings.Contains(text, "11\u00a0Mar") ||
		strings.Contains(text, "11 Mar 13:46") {
		t.Fatalf("today's times name a day:\n%s", text)
	}
	v := view(fixture.Chart())
	v.Now = fixture.Now.Add(12 * time.Hour)
	s.Show(v)
	text := screentest.Texts(s.Content())
	for _, want := range []string{"11\u00a0Mar", "11 Mar 13:46"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said:\n%s", want, text)
		}
	}
	s.ShowTab(patient.History)
	if text := screentest.Texts(s.Content()); !strings.Contains(text, "11 Mar 12:13") {
		t.Errorf("the history says no day:\n%s", text)
	}
}

// What could not be confirmed is drawn as old, in the table too: no red of a score
// that may be over. Seen red with stale left out of the table.
func TestUnconfirmedSetsAreDrawnAsOld(t *testing.T) {
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	reds := func() (n int) {
		for _, txt := range screentest.All[*canvas.Text](s.Content()) {
			if (txt.Text == "98/60" || txt.Text == "24") && txt.Color == theme.Of(theme.Alarm) {
				n++
			}
		}
		return n
	}
	s.Show(view(fixture.Chart()))
	if reds() < 2 {
		t.Fatal("confirmed values that score are not red")
	}
	v := view(fixture.Chart())
	v.Page.Stale = true
	s.Show(v)
	if n := reds(); n > 0 {
		t.Errorf("%d values that nobody confirmed are drawn in red", n)
	}
}

// NEWS2 does not apply to children: no field of the form and no curve says an adult's
// points, and none says that a child's value has none. Seen red with scored taken as
// true in the form, and in the trend.
func TestNothingOfAChildIsScored(t *testing.T) {
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	p := fixture.Chart()
	p.Summary.Patient.Born = fixture.Now.AddDate(-9, 0, 0)
	s.Show(view(p))
	edit(s, patient.Editing, full)
	text := screentest.Texts(s.Content())
	for _, wrong := range []string{"point", "21–24 a minute", "38.1–39.0", "91 % or less", "scale 1", "Scale 1"} {
		if strings.Contains(text, wrong) {
			t.Errorf("a child's chart says %q", wrong)
		}
	}
	if !strings.Contains(text, "NEWS2 does not apply") {
		t.Errorf("it does not say why:\n%s", text)
	}
}

// What was typed and lost does not carry the age of what is in the record. Seen red
// with a head that does not say so.
func TestLostFormSaysWhose(t *testing.T) {
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	edit(s, patient.Editing, full)
	edit(s, patient.Lost, full)
	text := screentest.Texts(s.Content())
	if !strings.Contains(text, "yours, not saved") || strings.Contains(text, "12 min ago, bedside monitor") {
		t.Errorf("the head of a lost form:\n%s", text)
	}
}

// With large text the cards stand below each other, and the one that was asked for
// stands first: a nurse who turns to Tasks sees tasks. Seen red with observations
// always first.
func TestTheTabStandsFirst(t *testing.T) {
	s, _, w := open(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, 2))
	w.Resize(fyne.NewSize(1080, 900))
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	top := func(text string) float32 {
		t.Helper()
		for _, txt := range screentest.All[*canvas.Text](s.Content()) {
			if strings.HasPrefix(txt.Text, text) {
				return fyne.CurrentApp().Driver().AbsolutePositionForObject(txt).Y
			}
		}
		t.Fatalf("%q is not drawn", text)
		return 0
	}
	for tab, own := range map[patient.Tab]string{patient.Summary: "Here because of", patient.Notes: "Nursing notes",
		patient.Tasks: "Medicines due", patient.History: "Who changed"} {
		s.ShowTab(tab)
		if own, sets := top(own), top("Respiration"); own > sets {
			t.Errorf("tab %d: its own card stands at %v, below the observations at %v", tab, own, sets)
		}
	}
	s.ShowTab(patient.Tasks)
	edit(s, patient.Editing, full)
	if form, tasks := top("Respiration"), top("Medicines due"); form > tasks {
		t.Errorf("the form that was asked for stands at %v, below the tasks at %v", form, tasks)
	}
}
