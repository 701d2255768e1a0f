package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// answered are acts of which the record's answer comes late, beside those of acts: each is begun by
// the person who is signed in.
var answered = []pressed{
	{name: "a step with an alert", do: func(o *opened) {
		c, _ := o.findCard("a")
		o.move(o.begun(), c, func(context.Context, staff.Session, alert.Read) error { return staff.ErrNotAllowed })
	}},
	{name: "accept those that were read", do: func(o *opened) {
		c, _ := o.findCard("a")
		other := c
		other.Alert.ID = "gone"
		o.takeAll(o.begun(), c, []alert.Card{other})
	}},
	{name: "take for the shift", do: func(o *opened) { o.mine("p1", true) }},
	{name: "a decision", do: func(o *opened) {
		o.decide(o.begun(), func(context.Context, *chart.Desk, staff.Session, string) error { return staff.ErrNotAllowed })
	}},
	{name: "a task that is done", do: func(o *opened) {
		o.endTask(o.begun(), apppatient.Summary{}, task.Task{ID: "k", Patient: "p1"}, task.Done, "", task.Sure{})
	}},
	{name: "a task that is new", do: func(o *opened) {
		a := o.begun()
		o.off(func(ctx context.Context) { o.addTaskOf(ctx, a, "Turn", time.Now(), apppatient.Gone{}) })
	}},
	{name: "a question", do: func(o *opened) {
		a := o.begun()
		o.off(func(context.Context) { a.askLater(shell.Dialog{Title: "Is it so?", Confirm: "Yes"}) })
	}},
	{name: "a question worded when it is asked", do: func(o *opened) {
		a := o.begun()
		o.off(func(context.Context) {
			a.askWordedLater(func(time.Time) shell.Dialog { return shell.Dialog{Title: "Is it so?", Confirm: "Yes"} })
		})
	}},
	{name: "signing out", do: func(o *opened) { o.signOut() }},
}

// begun is an act of the person who is signed in, about the patient whose chart is open.
func (o *opened) begun() act { return o.actOf(o.session(), "", "p1") }

// What the record refuses late, or what is asked late, is for whoever pressed: they are told or asked.
// The next person, who has the same chart open by then, is told and asked nothing, and stays signed in.
//
// Seen red with forOnly running for whoever is there, with show going round it, and with act.ask and
// act.stands not asking who is there.
func TestALateAnswerIsForWhoeverPressed(t *testing.T) {
	o := open(t)
	o.enters("chen")
	o.raise("a", "p1", "01", alert.Low)
	o.raise("b", "p1", "01", alert.Low)
	o.drawn("a")
	o.drawn("b")
	chen := o.session()
	diaz, err := o.opt.Station.Staff.SignIn(t.Context(), "diaz", password)
	must(t, err)
	o.Window.open("p1")
	o.wait("the chart", func() bool { return o.chart.Patient().Patient.ID == "p1" })
	must(t, o.store.Close())
	_, err = o.opt.Station.Desk("4B").Edit(t.Context(), chen, "4B", "p1", chart.Notes)
	refused := words.For(err).What
	if refused == "" {
		t.Fatal("the record is there")
	}
	press := func(a pressed) {
		o.be(chen, false)
		o.shell.CloseDialog()
		o.unsay()
		for _, s := range []chart.Section{chart.Notes, chart.Observations} {
			o.chart.SetEdit(patient.Edit{Patient: "p1", Section: s, Phase: patient.Reading})
		}
		a.do(o)
	}
	told := func() bool { // below the screens, or in the chart
		in := strings.Join(strings.Fields(screentest.Texts(o.chart.Content())), " ")
		return !o.message.until.IsZero() || strings.Contains(in, refused)
	}
	for _, a := range append(answered, acts...) {
		press(a)
		o.settle()
		if !told() && !o.asking() {
			t.Errorf("%s: whoever pressed it learns nothing", a.name)
		}
		if press(a); o.shell.Modal() {
			continue // it asks at once: act_test.go sees to that
		}
		o.unsay() // what is said at once
		o.be(diaz, false)
		o.settle()
		if now, _ := o.signed(); told() || o.asking() || now.ID != diaz.ID {
			t.Errorf("%s: the next person, %q, is told %v, asked %q", a.name, now.Staff.ID, told(), o.overText())
		}
	}
}

// A sign-out that is looked up late signs out whoever pressed it, and not the person who is signed in by
// then, whether nothing was in hand or what was has been kept.
//
// Seen red with signOut, and with leaves, not asking whose press it was.
func TestALateSignOutIsOfWhoeverPressed(t *testing.T) {
	for name, leave := range map[string]func(*opened){
		"nothing in hand": func(o *opened) { o.signOut() },
		"kept in hand": func(o *opened) {
			a := o.actOf(o.session(), "", "")
			o.off(func(ctx context.Context) { o.keepAll(ctx, a, nil) })
		},
	} {
		o := open(t)
		o.enters("chen")
		diaz, err := o.opt.Station.Staff.SignIn(t.Context(), "diaz", password)
		must(t, err)
		leave(o)
		o.be(diaz, false)
		o.settle()
		if now, _ := o.signed(); now.ID != diaz.ID || o.shell.Place() != shell.Board {
			t.Errorf("%s: %q is signed in, at %v", name, now.Staff.ID, o.shell.Place())
		}
		o.be(diaz, false)
		leave(o)
		o.wait(name+": whoever pressed is signed out", func() bool { return o.shell.Place() == shell.SignIn })
	}
}
