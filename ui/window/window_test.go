package window

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A right password does not open the board to somebody whose role or ward it is
// not. Seen red with mayEnter asking for the ward only (IT saw the patients),
// and for the role only.
func TestOnlyWhoMaySeesTheBoard(t *testing.T) {
	o := open(t)
	for _, id := range []string{"tech", "away"} {
		o.signIn(id, password)
		o.until("does not allow")
		if o.shell.Place() != shell.SignIn || strings.Contains(o.text(), "OKOYE") {
			t.Fatalf("%s sees the board:\n%s", id, o.text())
		}
	}
	o.signIn("chen", password)
	o.until("OKOYE")
}

// Once a nurse turned to another ward, a picture of the one before that was
// still under way is never drawn. Seen red with either check of the ward off.
func TestNothingOfTheWardBefore(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	old := o.shown()
	late := o.prepare()
	late.order = math.MaxUint64 // it is of the ward before, and that alone is why
	o.turnsToFive()
	for _, draw := range []func(){
		func() { o.onPicture("4B", old) },
		func() { o.draw(late) },
	} {
		draw()
		o.queue.Drain()
		if text := o.text(); strings.Contains(text, "OKOYE") || !strings.Contains(text, "LINDQVIST") {
			t.Fatalf("after turning to 5A:\n%s", text)
		}
		if kept := o.shown(); kept.Board.Ward != "5A" {
			t.Fatalf("the picture kept is of %s", kept.Board.Ward)
		}
	}
	// Whoever signs in next finds the station's own ward.
	o.switchUser()
	o.until("4B Medicine")
}

// A patient taken on one station is the nurse's own on the board, and the charge
// nurse gives it to another.
func TestTakeAndGive(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.board.Select("p1")
	o.board.ToggleMine()
	o.until("Nurse: Chen, A")
	o.until("Mine 1")
	// The foot says the contrary of before: a hand takes its time to read that.
	widgets.Hand().Now = func() time.Time { return time.Now().Add(press.Rest) }
	t.Cleanup(func() { widgets.Hand().Now = nil })
	o.board.ToggleMine()
	o.until("Nobody has this patient")
	o.board.AskAssign()
	o.wait("the list of nurses", func() bool { return o.shell.Modal() })
	o.choose("Diaz, Mia")
	o.until("Nurse: Diaz, M")
	o.until("Mine 0")
}

// While names are hidden no name is drawn, none is behind, and no chart opens.
// Seen red with openNamed opening all the same.
func TestInitialsHideAndRefuse(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.turnInitials()
	o.until("A. O.")
	if text := screentest.Behind(o.win.Canvas().Content()); strings.Contains(text, "OKOYE") ||
		strings.Contains(text, "7001001") || strings.Contains(text, "700 1001") {
		t.Errorf("a name is still there:\n%s", text)
	}
	o.openNamed("p1")
	o.queue.Drain()
	if o.shell.Place() != shell.Board {
		t.Error("a chart opened from a screen without names")
	}
	o.turnInitials()
	o.until("OKOYE")
}

// A locked station shows no patient, nor keeps one behind the sign-in, whatever
// is drawn on it. Seen red with showFrame not asking whether somebody is signed
// in, and with the shell not clearing the board.
func TestLockedShowsNobody(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	p := o.shown()
	ready := o.prepare()
	o.lock()
	for _, draw := range []func(){
		func() { o.draw(ready) },
		func() { o.onPicture("4B", p) },
	} {
		draw()
		o.queue.Drain()
		text := screentest.Behind(o.win.Canvas().Content())
		if strings.Contains(text, "OKOYE") || !strings.Contains(text, "Chen") || o.shell.Place() != shell.SignIn {
			t.Fatalf("locked:\n%s", text)
		}
	}
}
