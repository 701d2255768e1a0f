package board_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The foot explains the bed that was pointed at or selected last; its buttons
// stand only beside the patient they are for. Seen red with the comparison of
// patients in foot.set turned off: "Give back" stood beside another's name.
func TestFootExplainsAndNames(t *testing.T) {
	var mine, assign []string
	s, v, _ := show(t, board.Actions{Mine: func(id string, _ bool) { mine = append(mine, id) },
		Assign: func(id string) { assign = append(assign, id) }})
	lines := strings.NewReplacer("\u00a0", " ", "\n", "")
	text := func() string { return lines.Replace(screentest.Texts(s.Content())) }
	s.ToggleMine()
	if len(mine) > 0 || strings.Contains(text(), "Make mine") {
		t.Fatal("nobody is selected, and somebody can be taken")
	}
	v.Me, v.MayEdit = fixture.Me, true
	s.Show(v)
	first, second := tiles(s.Content())[0], tiles(s.Content())[1]
	test.Tap(first)
	for _, want := range []string{"RR 2, SpO₂ 3, systolic BP 2, pulse 2, temperature 1", "Next observations ",
		"Nurse: Chen, A", "Emergency assessment", "Give back"} {
		if !strings.Contains(text(), want) {
			t.Errorf("%q is not said", want)
		}
	}
	if strings.Contains(text(), "Give to…") {
		t.Error("giving to others is offered to who may not")
	}
	second.MouseIn(&desktop.MouseEvent{})
	if !strings.Contains(text(), "RR 2, SpO₂ 2, pulse 2, temperature 0") && !strings.Contains(text(), "NEWS2 7") ||
		strings.Contains(text(), "Give back") {
		t.Error("the bed under the pointer is not explained, or the buttons stand beside it")
	}
	second.MouseOut()
	if !strings.Contains(text(), "NEWS2 10") || !strings.Contains(text(), "Give back") {
		t.Error("the selected bed is not back")
	}
	s.ToggleMine()
	s.AskAssign()
	v.MayAssign = true
	s.Show(v)
	s.AskAssign()
	if len(mine) != 1 || mine[0] != fixture.Sickest || len(assign) != 1 {
		t.Errorf("asked for %v, %v", mine, assign)
	}
	if !strings.Contains(first.AccessibilityLabel(), "your patient") ||
		!strings.Contains(first.AccessibilityLabel(), "SpO₂ 3") {
		t.Errorf("read out: %q", first.AccessibilityLabel())
	}
}

// A list keeps every allergy, and what each value is, in sight at the narrowest
// window. Seen red with the head's labels left hidden by a first layout without
// width: the values of the wide list had no names.
func TestListKeepsAllergies(t *testing.T) {
	s, v, w := show(t, board.Actions{})
	s.SetList(true)
	for _, width := range []float32{870, 1000, 1200} {
		w.Resize(fyne.NewSize(width, 900))
		s.Show(v)
		for _, want := range []string{"Penicillin", "Latex", "Allergies not recorded"} {
			if !strings.Contains(screentest.Texts(s.Content()), want) {
				t.Errorf("at %v: %q is not drawn", width, want)
			}
		}
		// Either the columns are named once, or every line names its values.
		if text := screentest.Texts(s.Content()); !strings.Contains(text, "SpO₂\nHR\n") &&
			!strings.Contains(text, "SpO₂\n91") {
			t.Errorf("at %v: the values have no names", width)
		}
	}
}

func TestInitialsOnTheScreen(t *testing.T) {
	for _, list := range []bool{false, true} {
		s, v, _ := show(t, board.Actions{})
		s.SetList(list)
		v.Snapshot = v.Snapshot.InInitials()
		v.Rows = v.Snapshot.Select(appboard.Query{})
		s.Show(v)
		text := screentest.Behind(s.Content())
		if !strings.Contains(text, "F. A.") || strings.Contains(text, "ADELEKE") || strings.Contains(text, "4821") ||
			strings.Contains(text, "no MRN") || strings.Contains(text, "F. A.,") {
			t.Errorf("list %v:\n%s", list, text)
		}
	}
}

// A notice that appears while the beds stay as they are takes its own room. Seen
// red without the notice looked at in Show: it was drawn over the filters.
func TestNoticeTakesItsRoom(t *testing.T) {
	s, v, _ := show(t, board.Actions{})
	top := tiles(s.Content())[0]
	driver := fyne.CurrentApp().Driver()
	before := driver.AbsolutePositionForObject(top).Y
	v.Notice = "Last known values."
	s.Show(v)
	if with := driver.AbsolutePositionForObject(top).Y; with < before+20 {
		t.Errorf("the first bed stands at %v, with a notice at %v", before, with)
	}
	v.Notice = ""
	s.Show(v)
	if after := driver.AbsolutePositionForObject(top).Y; after != before {
		t.Errorf("without the notice again at %v, before at %v", after, before)
	}
}

// While the pointer is on another bed the foot explains that one, and M is for nobody: it turns the foot to the selected
// patient, and only M pressed then takes them; not at once, for nobody has read it yet. Seen red with the key acting on
// the selected patient whom the foot does not name.
func TestMIsForWhomTheFootNames(t *testing.T) {
	now := at(t)
	taken := map[string]bool{}
	s, v, w := show(t, board.Actions{Mine: func(id string, take bool) { taken[id] = take }})
	refused := 0
	widgets.Hand().Refused = func() { refused++ }
	v.Me, v.MayEdit = "nobody", true
	s.Show(v)
	p := &screentest.Person{Canvas: w.Canvas()}
	beds := tiles(s.Content())
	s.Select(beds[0].Row().Patient)
	*now = now.Add(time.Minute)
	p.Move(fyne.CurrentApp().Driver().AbsolutePositionForObject(beds[1]).AddXY(20, 20))
	*now = now.Add(time.Minute)
	if s.ToggleMine(); len(taken) > 0 || refused != 1 {
		t.Fatalf("taken %v while the foot names another, refused %d", taken, refused)
	}
	*now = now.Add(time.Minute)
	if s.ToggleMine(); !taken[beds[0].Row().Patient] || len(taken) != 1 {
		t.Errorf("taken %v once the foot names the selected one", taken)
	}
}

// M just after the foot turned from "Make mine" to "Give back" of the same patient is not for what it says now: it is
// refused, and counts once it can have been read. Seen red with ToggleMine not asking when the foot turned.
func TestMIsForWhatTheFootSays(t *testing.T) {
	now := at(t)
	var acts []bool
	s, v, _ := show(t, board.Actions{Mine: func(_ string, take bool) { acts = append(acts, take) }})
	v.Me, v.MayEdit = "nobody", true
	s.Show(v)
	*now = now.Add(time.Minute)
	row := slices.IndexFunc(v.Rows, func(r appboard.Row) bool { return r.Patient != "" })
	s.Select(v.Rows[row].Patient)
	*now = now.Add(time.Minute)
	v.Rows = slices.Clone(v.Rows)
	v.Rows[row].Nurses = append(slices.Clone(v.Rows[row].Nurses), appboard.Nurse{ID: "nobody"})
	s.Show(v) // taken at another station
	if s.ToggleMine(); len(acts) > 0 {
		t.Fatalf("done at once: %v", acts)
	}
	*now = now.Add(time.Minute)
	if s.ToggleMine(); !slices.Equal(acts, []bool{false}) {
		t.Errorf("done once it was read: %v", acts)
	}
}
