package shell_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Any command and any patient is reached by typing a part of the name.
func TestPalette(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	s.ctrl(fyne.KeyK)
	c := s.window.Canvas()
	over := func() string { return screentest.Texts(c.Overlays().Top()) }
	if !s.shell.Modal() || !strings.Contains(over(), "Lock this station") {
		t.Fatal("Ctrl K does not open the list")
	}
	test.Type(c.Focused(), "lock th")
	if strings.Contains(over(), "Another ward") {
		t.Error("what was typed does not narrow the list")
	}
	s.press(fyne.KeyReturn)
	if s.locked != 1 || s.shell.Modal() {
		t.Errorf("locked %d times", s.locked)
	}
	s.ctrl(fyne.KeyK)
	test.Type(c.Focused(), "siobhan")
	s.press(fyne.KeyDown)
	if b, ok := c.Focused().(*widgets.Button); !ok || !strings.HasPrefix(b.SpotText(), "Open bed 19 · MRN ") ||
		!strings.HasSuffix(b.SpotText(), " · DOYLE, Siobhán") {
		t.Errorf("the focus is on %T", c.Focused())
	}
	s.press(fyne.KeyEscape)
	if s.shell.Modal() {
		t.Error("Esc does not close the list")
	}
	s.shell.Go(shell.Patient)
	s.ctrl(fyne.KeyK) // no form is open
	if !strings.Contains(over(), "New note") || strings.Contains(over(), "Save") {
		t.Error("Save is offered, and there is nothing to save")
	}
}

// A bed that is typed whole is the one choice, whoever else's number holds its digits. Seen red with Is never asked:
// Enter went to the first of several, another patient's. Of an empty bed it says so; seen red with Nobody never asked.
func TestPaletteKnowsABed(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	s.ctrl(fyne.KeyK)
	c := s.window.Canvas()
	shown := func() (out []string) {
		for _, line := range strings.Split(screentest.Texts(c.Overlays().Top()), "\n") {
			if strings.HasPrefix(line, "Open bed ") {
				out = append(out, line)
			}
		}
		return out
	}
	test.Type(c.Focused(), "0")
	if len(shown()) < 5 {
		t.Fatalf("a part of many beds and numbers: %q", shown())
	}
	test.Type(c.Focused(), "7")
	if got := shown(); len(got) != 1 || !strings.HasPrefix(got[0], "Open bed 07 ") {
		t.Errorf("%q", got)
	}
	s.press(fyne.KeyEscape)
	in := fixture.Input()
	empty := slices.IndexFunc(in.Beds, func(b ward.Bed) bool { return b.Patient != "" && b.Name == "07" })
	in.Beds[empty].Patient, in.Beds[empty].State = "", ward.BedFree
	snap := appboard.Build(in)
	s.screens.Board.Show(board.View{Snapshot: snap, Rows: snap.Rows, Now: fixture.Now})
	for _, text := range []string{"07", "7", "bed 7"} {
		s.ctrl(fyne.KeyK)
		test.Type(c.Focused(), text)
		if over := screentest.Texts(c.Overlays().Top()); len(shown()) > 0 || !strings.Contains(over, "Bed 07 is empty.") {
			t.Errorf("%q: %q", text, over)
		}
		s.press(fyne.KeyEscape)
	}
}

// Where nobody has what is typed the list says so, and where it looked; it says nothing of that any more once somebody
// has. While names are hidden it does not say that nobody is there. Seen red with an empty list left empty.
func TestPaletteSaysThatNobodyIsThere(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	s.ctrl(fyne.KeyK)
	c := s.window.Canvas()
	over := func() string { return strings.Join(strings.Fields(screentest.Texts(c.Overlays().Top())), " ") }
	test.Type(c.Focused(), "okoyo")
	if !strings.Contains(over(), "Nobody here matches “okoyo”: no bed, name or MRN of this ward, and no command.") ||
		!strings.Contains(over(), "another ward.") {
		t.Errorf("%q", over())
	}
	s.press(fyne.KeyReturn)
	if !s.shell.Modal() || !strings.Contains(over(), "Nobody here matches") {
		t.Error("Enter closed a list in which nobody was found")
	}
	for range 3 {
		s.press(fyne.KeyBackspace)
	}
	if strings.Contains(over(), "Nobody") || !strings.Contains(over(), "OKONJO") {
		t.Errorf("%q", over())
	}
	s.press(fyne.KeyEscape)
	hidden := fixture.Snapshot().InInitials()
	s.screens.Board.Show(board.View{Snapshot: hidden, Rows: hidden.Rows, Now: fixture.Now})
	s.ctrl(fyne.KeyK)
	test.Type(c.Focused(), "adeleke")
	if strings.Contains(over(), "Nobody") || !strings.Contains(over(), "names are hidden") {
		t.Errorf("while names are hidden: %q", over())
	}
}

// The cover shows nobody, keeps what is typed, and any key lifts it; that key does
// nothing else. Seen red with work not hidden in Cover.
func TestCover(t *testing.T) {
	s := start(t)
	s.chart()
	was := s.window.Canvas().Focused()
	s.shell.Ask(shell.Dialog{Title: "Discard for ADELEKE?", Confirm: "Discard", Cancel: "Keep"})
	s.shell.Cover(shell.Covering{Text: "Press any key, or click.", Alerts: fixture.Wall()})
	c := s.window.Canvas()
	if text := screentest.Texts(c.Content()); !s.shell.Covered() || strings.Contains(text, "ADELEKE") ||
		!strings.Contains(text, "1 high of 5") || !strings.Contains(text, "▲ HIGH\nBed 07") || s.shell.Modal() {
		t.Fatalf("covered:\n%s", text)
	}
	if c.Focused() == was {
		t.Error("the keyboard is in the form, under the cover")
	}
	s.ctrl(fyne.KeyReturn)
	if len(s.saved) > 0 {
		t.Error("saved behind the cover")
	}
	s.press(fyne.KeyEscape)
	if s.shell.Covered() || s.backs != 0 || !strings.Contains(screentest.Texts(c.Content()), "ADELEKE") {
		t.Errorf("still covered %v, went back %d", s.shell.Covered(), s.backs)
	}
	if was == nil || c.Focused() != was {
		t.Errorf("the keyboard was on %v, and is on %v", was, c.Focused())
	}
	if s.screens.Patient.Draft(chart.Observations).Fields["rr"] != "24" ||
		s.screens.Patient.Opened() != fixture.Sickest {
		t.Error("what was typed is gone")
	}
	s.shell.Cover(shell.Covering{})
	s.shell.Go(shell.SignIn)
	if s.shell.Covered() {
		t.Error("the sign-in is covered")
	}
}
