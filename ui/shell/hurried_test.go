package shell_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// clocked is a station whose hand has a clock of its own.
func clocked(t *testing.T) (*station, *screentest.Person, *time.Time) {
	s, now := start(t), fixture.Now
	*widgets.Hand() = widgets.NewHand()
	widgets.Hand().Now = func() time.Time { return now }
	t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() })
	s.shell.Go(shell.Board)
	return s, &screentest.Person{Canvas: s.window.Canvas(), Nobody: widgets.Keyed{}}, &now
}

// The second half of the double click that lifts the cover opens no chart. Seen red with the
// cover's place not resting.
func TestADoubleClickOnTheCoverOpensNobody(t *testing.T) {
	s, p, now := clocked(t)
	opened := 0
	s.screens.Board = board.New(board.Actions{Open: func(string) { opened++ }})
	s.shell = shell.New(s.window, s.screens, shell.Actions{})
	s.screens.Board.Show(ofTheWard())
	s.shell.Go(shell.Board)
	tile := screentest.All[*widgets.Tile](s.screens.Board.Content())[0]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(tile).AddXY(30, 30)
	*now = now.Add(time.Minute)
	p.Move(at)
	p.Click() // selects
	*now = now.Add(time.Minute)
	s.shell.Cover(shell.Covering{})
	p.Click()
	*now = now.Add(120 * time.Millisecond)
	p.Click()
	if opened > 0 || s.shell.Covered() {
		t.Errorf("opened %d, covered %v", opened, s.shell.Covered())
	}
}

// Esc that was on its way to something else does not take away a question that came by
// itself; one that comes while another is open waits for it, and under the cover for the
// nurse. Seen red with Esc answered at once, and with the older dialog replaced.
func TestAQuestionThatComesByItself(t *testing.T) {
	s, p, now := clocked(t)
	cancelled := 0
	question := shell.Dialog{Title: "Was each value right?", Confirm: "Keep", Cancel: "Correct",
		OnCancel: func() { cancelled++ }}
	widgets.Hand().Aside(func() { s.shell.Ask(question) })
	*now = now.Add(5 * time.Millisecond)
	p.Key(fyne.KeyEscape, 0)
	if cancelled > 0 || !s.shell.Modal() {
		t.Fatal("Esc took away what nobody has read")
	}
	*now = now.Add(time.Second)
	p.Key(fyne.KeyEscape, 0)
	if cancelled != 1 || s.shell.Modal() {
		t.Fatal("Esc does not answer what was read")
	}
	s.shell.Ask(shell.Dialog{Title: "End this alert?", Confirm: "End", Cancel: "Cancel"})
	widgets.Hand().Aside(func() { s.shell.Ask(question) })
	*now = now.Add(time.Second)
	p.Key(fyne.KeyEscape, 0)
	if cancelled != 1 || !s.shell.Modal() {
		t.Error("the question that waited is not asked")
	}
	s.shell.Cover(shell.Covering{})
	widgets.Hand().Aside(func() { s.shell.Ask(question) })
	if s.shell.Modal() {
		t.Error("a question is over the cover")
	}
	s.shell.Uncover()
	if !s.shell.Modal() {
		t.Error("the question is gone with the cover")
	}
}

// A dialog that comes by itself under the pointer is not answered by the press that was on
// its way to something else. Seen red with its buttons having stood there for ever.
func TestAQuestionThatComesUnderThePointer(t *testing.T) {
	s, p, now := clocked(t)
	confirmed := 0
	d := shell.Dialog{Title: "Was each value right?", Confirm: "Keep", OnConfirm: func(string) { confirmed++ }}
	s.shell.Ask(d)
	b := screentest.All[*widgets.Button](s.window.Canvas().Overlays().Top())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b[len(b)-1]).AddXY(10, 10)
	s.shell.CloseDialog()
	*now = now.Add(time.Hour)
	p.Move(fyne.NewPos(5, 5))
	widgets.Hand().Aside(func() { s.shell.Ask(d) })
	*now = now.Add(200 * time.Millisecond)
	p.Move(at)
	p.Click()
	if confirmed > 0 {
		t.Error("answered by a press on its way to something else")
	}
	*now = now.Add(time.Second)
	if p.Click(); confirmed != 1 {
		t.Errorf("answered %d times once it was read", confirmed)
	}
}

// Ctrl L locks a covered station, too: its own Ctrl has lifted the cover, and whoever leaves wants
// nobody to read the chart. Seen red with the lock waiting for the hand to pause.
func TestACoveredStationCanBeLocked(t *testing.T) {
	s, p, now := clocked(t)
	*now = now.Add(time.Minute)
	s.shell.Cover(shell.Covering{})
	p.Key(desktop.KeyControlLeft, 0)
	widgets.Hand().KeyDown("L")
	s.ctrl(fyne.KeyL)
	if s.locked != 1 {
		t.Errorf("locked %d times", s.locked)
	}
}
