package patient_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// shelf is a chart turned to its tasks, and which tasks were closed or taken back on it.
type shelf struct {
	*patient.Screen
	given, back []string
}

func openShelf(t *testing.T) *shelf {
	t.Helper()
	_, _, w := open(t)
	out := &shelf{}
	out.Screen = patient.New(patient.Actions{
		CloseTask:    func(k task.Task, _ task.Outcome) { out.given = append(out.given, k.ID) },
		TakeBackTask: func(k task.Task) { out.back = append(out.back, k.ID) }})
	w.SetContent(out.Content())
	out.Open(fixture.Sickest)
	out.ShowTab(patient.Tasks)
	return out
}

func (s *shelf) show(p chart.Page, set func(*patient.View)) {
	v := view(p)
	v.MayGive, v.Me = true, fixture.Me
	if set != nil {
		set(&v)
	}
	s.Show(v)
}

// buttons are those that are shown with a text, from top to bottom.
func (s *shelf) buttons(text string) (out []*widgets.Button) {
	for _, b := range screentest.All[*widgets.Button](s.Content()) {
		if b.Visible() && b.SpotText() == text {
			out = append(out, b)
		}
	}
	return out
}

// A task keeps its row, whatever happens above it: the button that a nurse had under the
// pointer is still that of its own task, and none of the next one's.
//
// Seen red with draw making every row anew: the buttons were others.
func TestMedicineRowsAreTheirTasks(t *testing.T) {
	s := openShelf(t)
	p := fixture.Chart()
	s.show(p, nil)
	before := s.buttons("Given for ADELEKE")
	if len(before) != 2 {
		t.Fatalf("%d doses", len(before))
	}
	test.Tap(before[0])
	first := s.given[0]
	p.Tasks = slices.Clone(p.Tasks)
	for i := range p.Tasks {
		if p.Tasks[i].ID == first {
			p.Tasks[i].Outcome, p.Tasks[i].Closed, p.Tasks[i].ClosedBy = task.Done, fixture.Now, fixture.Me
		}
	}
	s.show(p, nil)
	after := s.buttons("Given for ADELEKE")
	if !slices.Equal(after, before[1:]) {
		t.Error("the rows below are made anew, or of other tasks")
	}
	s.given = nil
	for _, b := range after {
		test.Tap(b)
	}
	if want := []string{"t2"}; first != "t1" || !slices.Equal(s.given, want) {
		t.Errorf("given %s, then %v", first, s.given)
	}
}

// What was given says dose, route and due time for ever, and who took what back and why.
// Seen red with the route and the due time left out, as they were.
func TestMedicineThatWasGivenSaysWhat(t *testing.T) {
	s := openShelf(t)
	s.show(fixture.Chart(), nil)
	text := screentest.Texts(s.Content())
	for _, want := range []string{"Paracetamol 1 g PO, due 09:03: given", "Chen, A",
		"Entered in error: “given” of 13:51", "taken back 13:54 by Chen, A: Given to bed 11"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// Only one's own act of this stay can be taken back, and a care assistant is offered no
// medicine, and told why. Seen red with mayClose asking for MayEdit of both kinds, and with
// CanTakeBack not asked.
func TestMedicineIsOfferedToWhoMay(t *testing.T) {
	s := openShelf(t)
	p := fixture.Chart()
	s.show(p, nil)
	if mine := s.buttons("Entered in error…"); len(mine) != 1 {
		t.Fatalf("%d of one's own acts can be taken back", len(mine))
	}
	test.Tap(s.buttons("Entered in error…")[0])
	if !slices.Equal(s.back, []string{"t6"}) {
		t.Errorf("taken back: %v", s.back)
	}
	why := "Medicines are given by a nurse or a doctor."
	if strings.Contains(screentest.Texts(s.Content()), why) {
		t.Error("a nurse is told who gives medicines")
	}
	s.show(p, func(v *patient.View) { v.MayGive, v.Me = false, "assistant" })
	if n := len(s.buttons("Given for ADELEKE")) + len(s.buttons("Entered in error…")); n != 0 ||
		len(s.buttons("Done for ADELEKE")) != 2 || !strings.Contains(screentest.Texts(s.Content()), why) {
		t.Errorf("a care assistant sees %d buttons of medicines:\n%s", n, screentest.Texts(s.Content()))
	}
	p.Encounters = slices.Clone(p.Encounters)
	p.Encounters[1].Admitted = fixture.Now.Add(-time.Hour) // another stay than that of the dose
	s.Open(fixture.Sickest)
	s.show(p, nil)
	if n := len(s.buttons("Entered in error…")); n != 0 {
		t.Errorf("an act of the stay before can be taken back")
	}
}

// How a patient is gone stands above all else, in the chart of that patient alone. Seen
// red with Open not clearing it.
func TestStatesStandFirst(t *testing.T) {
	s := openShelf(t)
	s.show(fixture.Chart(), func(v *patient.View) { v.Gone = "Discharged 13:49" })
	text := screentest.Texts(s.Content())
	at, name := strings.Index(text, "Discharged 13:49."), strings.Index(text, "ADELEKE")
	if at < 0 || at > name || !strings.Contains(text, "What is written now is a late entry.") {
		t.Errorf("not said first:\n%s", text)
	}
	s.Open(fixture.Second)
	if text := screentest.Behind(s.Content()); strings.Contains(text, "13:49") {
		t.Errorf("still there for the next patient:\n%s", text)
	}
	s.Open(fixture.Sickest)
	s.show(fixture.Chart(), nil)
	if text := screentest.Texts(s.Content()); strings.Contains(text, "late entry") {
		t.Error("said of a patient who is here")
	}
}

// Pregnancy is shown, and why there is no score, wherever a score would stand. Seen red with
// the banner's mark left out.
func TestStatesOfPregnancyAreShown(t *testing.T) {
	s := openShelf(t)
	p := fixture.Chart()
	p.Summary.Patient.Pregnant = true
	s.show(p, nil)
	reason := "NEWS2 does not apply: pregnancy"
	if text := screentest.Texts(s.Content()); !strings.Contains(text, "Pregnant") || !strings.Contains(text, reason) {
		t.Errorf("the banner does not say so:\n%s", text)
	}
	for _, tab := range []patient.Tab{patient.Summary, patient.Observations} {
		s.ShowTab(tab)
		if n := strings.Count(strings.Join(strings.Fields(screentest.Texts(s.Content())), " "), reason); n < 2 {
			t.Errorf("tab %d says it %d times, banner included:\n%s", tab, n, screentest.Texts(s.Content()))
		}
	}
}
