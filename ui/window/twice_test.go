package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// A nurse who typed at two stations is told which text she sees and that the other is
// kept; and where she went on at another station, the first says so.
//
// Seen red with the notice of an unlocked section in its place.
func TestDraftsOfTwoStationsAreTold(t *testing.T) {
	o := open(t)
	o.typedAgo(30*time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes, Writer: "w1", Station: "WS-7",
		Fields: map[string]string{"note": "older"}})
	o.typedAgo(10*time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes, Writer: "w2", Station: "WS-8",
		Fields: map[string]string{"note": "newer"}})
	p := o.writing("chen", chart.Notes)
	o.until("You typed here at two stations. This is your text of")
	o.wait("the other", func() bool { return strings.Contains(o.said(), "WS-7 is kept, and comes when") })
	if !strings.Contains(o.said(), "newer") {
		t.Errorf("not the newer one:\n%s", o.said())
	}
	_, have, _, err := o.store.TakeDraft(t.Context(), chart.Draft{Staff: "chen", Patient: "p1", Section: chart.Notes,
		Writer: "w9", Station: "WS-9"}, "")
	must(t, err)
	if !have {
		t.Fatal("no draft")
	}
	p.write(" typed on")
	o.until("You went on with this text elsewhere:")
	if !strings.Contains(o.said(), "at WS-9") {
		t.Errorf("not where she went on:\n%s", o.said())
	}
	list, err := o.store.Drafts(t.Context(), "chen")
	must(t, err)
	if len(list) != 3 || o.chart.Phase(chart.Notes) != patient.Editing {
		t.Errorf("%+v", list)
	}
}

// A nurse who gave a dose at another station and presses here again, or gives another
// reason, reads what she said and when; nothing is changed.
func TestMedicineSaidAgainIsTold(t *testing.T) {
	o := open(t)
	now := time.Now()
	o.due("m1", "Paracetamol", now)
	o.due("m2", "Ibuprofen", now)
	o.atTasks("chen")
	o.until("Paracetamol")
	s, _ := o.signed()
	for id, how := range map[string]task.Outcome{"m1": task.Done, "m2": task.Omitted} {
		k, err := o.store.Task(t.Context(), id)
		must(t, err)
		must(t, o.opt.Station.Tasks.Close(t.Context(), s, "4B", "press", k, how, "asleep", task.Sure{}))
		o.endTask(o.actOf(s, staff.ViewChart, "p1"), apppatient.Summary{}, k, how, "refused", task.Sure{})
		if how == task.Done {
			o.until("Given by you: ")
		} else {
			o.until("not given, “asleep”")
		}
	}
	if k, err := o.store.Task(t.Context(), "m2"); err != nil || k.Reason != "asleep" {
		t.Errorf("%+v, %v", k, err)
	}
}

// A new task for a patient who left is asked about by name; a yes adds it.
func TestStatesAreAskedAboutForTasks(t *testing.T) {
	o := open(t)
	p := o.atTasks("chen")
	must(t, o.store.Discharge(t.Context(), "p1"))
	s, _ := o.signed()
	a := o.actOf(s, staff.EditChart, "p1")
	o.off(func(ctx context.Context) { o.addTaskOf(ctx, a, "Turn", time.Now(), apppatient.Gone{}) })
	o.wait("the question", o.shell.Modal)
	if said := o.overlay(); !strings.Contains(said, "A late entry for OKOYE?") || !strings.Contains(said, "Turn") {
		t.Errorf("asked %s", said)
	}
	p.press(fyne.KeyEscape)
	none, err := o.store.Tasks(t.Context(), "p1", 5)
	must(t, err)
	if len(none) > 0 {
		t.Fatalf("a no added %+v", none)
	}
	o.off(func(ctx context.Context) { o.addTaskOf(ctx, a, "Turn", time.Now(), apppatient.Gone{}) })
	o.wait("the question", o.shell.Modal)
	o.choose("Write a late entry for OKOYE")
	o.wait("added", func() bool {
		list, err := o.store.Tasks(t.Context(), "p1", 5)
		must(t, err)
		return len(list) == 1
	})
}

// A press that is sent again, because its answer was lost, is the act that it was: one task, one
// problem, one decision, and a dose that is given, not one that somebody else has closed.
//
// Seen red with an ID of each call in Close, and in Add.
func TestThePressThatIsSentAgainIsOneAct(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.due("m1", "Paracetamol", time.Now())
	s, _ := o.signed()
	a, ctx := o.actOf(s, "", "p1"), t.Context()
	k, err := o.store.Task(ctx, "m1")
	must(t, err)
	st := o.opt.Station
	for range 2 {
		must(t, st.Tasks.Close(ctx, s, "4B", a.press, k, task.Done, "", task.Sure{}))
		must(t, st.Tasks.Add(ctx, s, "4B", a.press, "p1", "Turn", time.Now()))
		must(t, st.Desk("4B").NoteProblem(ctx, s, "4B", a.press, "p1", "Fever"))
		must(t, st.Desk("4B").SetScale2(ctx, s, "4B", apppatient.OxygenTarget{ID: a.press, Patient: "p1",
			Prescriber: "Dr Osei", Low: 88, High: 92, Decided: time.Now()}))
	}
	tasks, err := o.store.Tasks(ctx, "p1", 10)
	must(t, err)
	problems, err := o.store.Problems(ctx, "p1")
	must(t, err)
	targets, err := o.store.OxygenTargets(ctx, "p1")
	must(t, err)
	if len(tasks) != 2 || len(problems) != 1 || len(targets) != 1 {
		t.Errorf("%d tasks, %d problems, %d decisions", len(tasks), len(problems), len(targets))
	}
	if other := o.actOf(s, "", "p1"); other.press == a.press {
		t.Error("another press has the same ID")
	}
}
