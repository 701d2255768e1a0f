package window

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// pressed is one act of the window: what is pressed, what it needs, and of whom it is.
type pressed struct {
	name  string
	do    func(o *opened)
	free  bool // whoever is signed in may
	chart bool // of the patient whose chart is open
}

// acts are those that ask something, or open a form.
var acts = []pressed{
	{"reject", func(o *opened) { o.reject("a") }, false, false},
	{"take back", func(o *opened) { o.giveBack("held") }, false, false},
	{"end", func(o *opened) { o.end("held") }, false, false},
	{"forward", func(o *opened) { o.forward("a") }, false, false},
	{"accept all", func(o *opened) { o.acceptAll("a") }, false, false},
	{"give to", func(o *opened) { o.assign("p1") }, false, false},
	{"policy", func(o *opened) { o.showPolicy() }, false, false},
	{"drafts", func(o *opened) { o.myDrafts() }, true, false},
	{"menu", func(o *opened) { o.user() }, true, false},
	{"wards", func(o *opened) { o.pickWard() }, true, false},
	{"edit", func(o *opened) { o.edit("p1", chart.Observations) }, false, true},
	{"beside", func(o *opened) { o.beside("p1") }, false, true},
	{"amend", func(o *opened) { o.amend("p1", chart.Observations, map[string]string{"rr": "16"}) }, false, true},
	{"take over", func(o *opened) { o.takeOver("p1", chart.Observations) }, false, true},
	{"scale 2", func(o *opened) { o.setScale2("p1", "") }, false, true},
	{"scale 1", func(o *opened) { o.endScale2(apppatient.OxygenTarget{ID: "d1", Patient: "p1"}) }, false, true},
	{"problem", func(o *opened) { o.noteProblem("p1") }, false, true},
	{"resolved", func(o *opened) { o.resolveProblem(apppatient.Problem{Patient: "p1", Text: "Falls"}) }, false, true},
	{"not done", func(o *opened) { o.closeTask(task.Task{Patient: "p1"}, task.Omitted) }, false, true},
	{"in error", func(o *opened) { o.takeBackTask(task.Task{Patient: "p1"}) }, false, true},
	{"new task", func(o *opened) { o.addTask("p1") }, false, true},
}

// asking reports whether something is asked, or a form is open.
func (o *opened) asking() bool {
	return o.shell.Modal() || o.chart.Phase(chart.Observations) == patient.Editing
}

// Every act begins and asks only for the person who pressed it: not behind the lock, not for
// somebody without the right on the ward, not with another chart open, and not once the station
// was locked, or somebody else signed in, while it was under way.
func TestEveryActIsOfThePersonWhoBeganIt(t *testing.T) {
	o := open(t)
	o.enters("chen")
	for _, id := range []string{"a", "b", "held"} {
		o.raise(id, "p1", "01", alert.Low)
	}
	diaz, err := o.opt.Station.Staff.SignIn(t.Context(), "diaz", password)
	must(t, err)
	o.wait("the alerts", func() bool { return len(o.shown().Cards) == 3 })
	held, _ := o.find("held")
	_, err = o.opt.Station.Line.Accept(t.Context(), diaz, alert.Read{Alert: held})
	must(t, err)
	o.wait("hers", func() bool {
		return slices.ContainsFunc(o.shown().Cards, func(c alert.Card) bool { return c.TakenID == "diaz" })
	})
	o.drawn("a")
	o.drawn("held")
	mine := o.session()
	chartOf := func(id string) {
		o.Window.open(id)
		o.wait("the chart", func() bool { return o.chart.Patient().Patient.ID == id })
	}
	powerless, err := o.opt.Station.Staff.SignIn(t.Context(), "tech", password)
	must(t, err)
	chartOf("p1")
	for _, a := range acts {
		o.be(mine, false)
		a.do(o)
		o.wait(a.name+" asks", o.asking)
		o.shell.CloseDialog()
		o.discard("p1", chart.Observations)
		o.wait("all is put away", func() bool { return !o.asking() })

		silent := func(why string) {
			t.Helper()
			o.settle()
			if o.asking() {
				t.Errorf("%s asks %s: %q", a.name, why, o.overText())
				o.shell.CloseDialog()
				o.discard("p1", chart.Observations)
			}
		}
		o.be(mine, true)
		a.do(o)
		silent("behind the lock")
		if !a.free {
			o.be(powerless, false)
			a.do(o)
			o.be(mine, false) // at once: the window turns away whoever may not see the board, and nobody else
			silent("somebody who may not")
		}
		o.be(mine, false)
		a.do(o)
		if !o.shell.Modal() { // it reads first
			o.be(diaz, false)
			silent("somebody else")
			o.be(mine, false)
		}
		o.shell.CloseDialog()
	}
	o.be(mine, false)
	o.back()
	for _, a := range acts {
		if a.chart {
			o.unsay()
			a.do(o)
			o.settle()
			if o.asking() || !strings.Contains(o.said(), "This chart is not open any more.") {
				t.Errorf("%s goes on without the chart", a.name)
			}
		}
	}
}

// What is learned late of one session, whoever had it, is not for the person who is signed in by
// then: they stay, and read nothing of it. Seen red with each of the three asking of no session.
func TestTheEndOfOneSessionLeavesTheNext(t *testing.T) {
	o := open(t)
	late, err := o.opt.Station.Staff.SignIn(t.Context(), "tech", password)
	must(t, err)
	o.enters("chen")
	for _, l := range []struct {
		of    string
		learn func()
		says  string
	}{
		{"ended", func() { o.ended(late, staff.ErrSessionEnded) }, words.For(staff.ErrSessionEnded).What},
		{"refused", func() { o.answer(late, staff.ErrNotAllowed) }, words.For(staff.ErrNotAllowed).What},
		{"emergency over", func() { o.emergencyOver(late) }, "Emergency access has ended."},
	} {
		l.learn()
		o.settle()
		if s, is := o.signed(); !is || s.Staff.ID != "chen" || strings.Contains(o.text(), l.says) {
			t.Errorf("%s: %q is signed in, and reads %q", l.of, s.Staff.ID, o.said())
		}
	}
}

// Esc of a form in which nothing is typed gives the section back; one with text keeps it.
func TestEscOfAnEmptyFormGivesTheSectionBack(t *testing.T) {
	o, other := connected(t, "chen")
	p := o.writing("diaz", chart.Observations)
	p.press(fyne.KeyEscape)
	o.wait("given back", func() bool {
		held, err := other.Desk("4B").Holders(t.Context(), []string{"p1"})
		return err == nil && len(held["p1"]) == 0
	})
	o.mu.Lock()
	left := len(o.editor.edits)
	o.mu.Unlock()
	if left != 0 || o.shell.Place() != shell.Board {
		t.Errorf("%d edits left", left)
	}
	p.press(fyne.KeyReturn)
	o.until("Edit observations")
	p.write("o")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	p.write("24")
	p.press(fyne.KeyEscape)
	o.until("Your text is kept.")
	if held, err := other.Desk("4B").Holders(t.Context(), []string{"p1"}); err != nil || len(held["p1"]) != 1 {
		t.Errorf("with text it is held: %v %v", held, err)
	}
}

// A question about a set that was just saved waits behind the lock for the nurse who saved it,
// open or not yet asked, and names patient and bed; for another it is gone.
func TestAQuestionWaitsBehindTheLock(t *testing.T) {
	o, _ := jumped(t)
	for range 2 {
		o.lock()
		if o.shell.Modal() {
			t.Fatal("it is asked at the lock")
		}
		o.unlock(password)
		o.wait("asked again", o.shell.Modal)
		o.untilOver("Was each value right?")
		o.untilOver("4B, bed 01")
	}
	s := o.session()
	o.shell.CloseDialog()
	o.lock()
	o.askOfJump(t.Context(), o.actOf(s, staff.EditChart, "p1"), o.sets()[0].ID) // the save came through behind the lock
	o.queue.Drain()
	if o.shell.Modal() {
		t.Fatal("it is asked at the lock")
	}
	o.unlock(password)
	o.untilOver("Was each value right?")
	o.lock()
	o.switchUser()
	o.enters("diaz")
	o.queue.Drain()
	if o.shell.Modal() {
		t.Error("another is asked")
	}
}
