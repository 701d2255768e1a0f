package window

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/board"
	screenpatient "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A turn to another ward that comes late is for nobody but whoever asked for it: another person stays
// on the ward of the station, and a locked station calls for its own. Seen red with turnTo asking
// only whether somebody is signed in.
func TestALateTurnIsOfWhoAsked(t *testing.T) {
	for name, meanwhile := range map[string]func(*opened){
		"another": func(o *opened) { o.switchUser(); o.enters("diaz") },
		"locked":  func(o *opened) { o.lock() },
		"nobody":  func(o *opened) { o.switchUser() },
	} {
		o := open(t)
		o.enters("chen")
		a := o.actOf(o.session(), "", "")
		meanwhile(o)
		o.settle()
		o.turnTo(a, five)
		o.settle()
		if o.place().ID != "4B" {
			t.Errorf("%s: the station is on %s", name, o.place().ID)
		}
	}
	o := open(t)
	o.enters("chen")
	o.turnTo(o.actOf(o.session(), "", ""), five)
	o.settle()
	if o.place().ID != "5A" || o.shell.Place() != shell.Board {
		t.Errorf("whoever asked is on %s", o.place().ID)
	}
}

// A lock that comes while a turn to another ward is on its way to the screen stays, and the station calls for its own
// ward. Seen red without the second question in turnTo: the board of the other ward stood there, unlocked.
func TestALockMeanwhileStopsATurn(t *testing.T) {
	o := open(t)
	o.enters("chen")
	o.turnTo(o.actOf(o.session(), "", ""), five)
	o.lock()
	o.wait("its own ward", func() bool { return o.place().ID == "4B" })
	if o.shell.Place() != shell.SignIn {
		t.Errorf("a locked station shows place %d", o.shell.Place())
	}
	if text := o.text(); strings.Contains(text, "LINDQVIST") {
		t.Errorf("a locked station names patients:\n%s", text)
	}
}

// What one person chose to see ends with them: names in place of initials, the list, the chart's tab and span.
// Seen red with endChoices without the chart, with forget without the initials, and with the list left.
func TestChoicesEndWithWhoeverMadeThem(t *testing.T) {
	o := open(t)
	o.enters("chen")
	o.open("p1")
	o.wait("the chart", func() bool { return o.chart.Patient().Patient.ID == "p1" })
	o.chart.ShowTab(screenpatient.History)
	o.back()
	o.hit(t, "List")
	o.hit(t, "Mine 0")
	o.until("You have no patients on this ward.")
	o.hit(t, "All 1")
	o.until("OKOYE")
	o.hit(t, "Mine 0")
	o.until("You have no patients on this ward.")
	o.turnInitials()
	o.switchUser()
	o.enters("diaz")
	o.until("OKOYE") // all beds, and names
	if lines := len(screentest.All[*widgets.Line](o.board.Content())); lines > 0 || o.board.Query() != (board.Query{}) {
		t.Errorf("the next person finds %d lines of a list, and %+v", lines, o.board.Query())
	}
	o.open("p1")
	o.wait("the chart", func() bool { return o.chart.Patient().Patient.ID == "p1" })
	if tab := o.chart.Tab(); tab != screenpatient.Observations {
		t.Errorf("the next person finds tab %d", tab)
	}
}

// A turn that a sign-out overtook leaves nothing of where its person was: the next one, signed in or
// not, is on the station's own ward and nowhere else.
//
// Seen red with home keeping where the screen was, whoever was signed in.
func TestAnOvertakenTurnIsNobodys(t *testing.T) {
	for name, next := range map[string]func(*opened){
		"nobody": func(*opened) {}, "another": func(o *opened) { o.enters("diaz") },
	} {
		o := open(t)
		o.enters("chen")
		chen := o.session()
		o.switchUser()
		next(o)
		o.follow(five) // she was there still when turnTo asked
		o.homeOf(chen)
		if o.isElsewhere() || o.place().ID != "4B" {
			t.Errorf("%s: elsewhere %v, on %s", name, o.isElsewhere(), o.place().ID)
		}
	}
}
