package window

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
)

// hold keeps all others from writing to the record until it is released.
func (o *opened) hold() (release func()) {
	o.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(o.path)+"?_txlock=immediate&_pragma=busy_timeout(5000)")
	must(o.t, err)
	tx, err := db.BeginTx(context.WithoutCancel(o.t.Context()), nil)
	must(o.t, err)
	return func() { _ = tx.Rollback(); _ = db.Close() }
}

// Signing out does not wait for a record that cannot be written, and what was typed is in it
// once it can be.
//
// Seen red with closeEdits writing it down itself.
func TestSigningOutWritesBesideTheWindow(t *testing.T) {
	o := open(t)
	o.writing("chen", chart.Notes)
	release := o.hold()
	o.changed(chart.Draft{Patient: "p1", Section: chart.Notes, Fields: map[string]string{"note": "Half a sentence"}})
	o.switchUser()
	o.mu.Lock()
	left := len(o.editor.edits)
	o.mu.Unlock()
	release()
	if left != 0 || o.shell.Place() != shell.SignIn {
		t.Errorf("%d edits left", left)
	}
	o.wait("the draft", func() bool {
		list, err := o.store.Drafts(t.Context(), "chen")
		return err == nil && len(list) == 1 && list[0].Fields["note"] == "Half a sentence"
	})
}

// A form waits for what is being given back, and for no longer than it has time.
//
// Seen red with beginWith not waiting.
func TestAFormWaitsForWhatIsGivenBack(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.Window.open("p1")
	o.until("Edit notes")
	given := make(chan struct{})
	o.givesBack(func() { <-given })
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := o.handedBack(over); !errors.Is(err, context.Canceled) {
		t.Fatalf("without any time: %v", err)
	}
	o.edit("p1", chart.Notes)
	o.wait("it to wait, or to have come through", func() bool {
		stacks := make([]byte, 1<<20)
		waits := strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), ".handedBack(")
		return waits || len(o.acts.now()) == 0
	})
	o.queue.Drain()
	if o.chart.Phase(chart.Notes) != patient.Taking {
		t.Error("the form does not wait")
	}
	close(given)
	o.wait("the form", func() bool { return o.chart.Phase(chart.Notes) == patient.Editing })
}

// What is asked of an act is judged by the ward where it was pressed: turned to another ward
// the question about a set waits, says nothing untrue of it, and is asked back on its own.
//
// Seen red with the act made anew where askOfJump asks.
func TestAnActIsOfTheWardWhereItWasPressed(t *testing.T) {
	o := open(t)
	p := o.writing("chen", chart.Observations)
	p.fill("12", "98", "120/80", "70", "37")
	o.save(o.chart.Draft(chart.Observations))
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	o.chart.StartEdit(chart.Observations)
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	p.fill("26", "88", "85/60", "135", "39.5")
	o.save(o.chart.Draft(chart.Observations))
	o.wait("the question", o.shell.Modal)
	a, id := o.actOf(o.session(), staff.EditChart, "p1"), o.sets()[0].ID
	o.shell.CloseDialog()
	o.turnsToFive()
	o.unsay()
	o.askOfJump(t.Context(), a, id)
	o.settle()
	if o.shell.Modal() {
		t.Fatalf("it is asked on another ward: %s", o.overText())
	}
	o.turnTo(o.actOf(o.session(), "", ""), ward.Ward{ID: "4B", Name: "4B Medicine"})
	o.wait("the question", o.shell.Modal)
	o.untilOver("Was each value right?")
}

// Only an alert that is out of somebody's hands is passed over as they sign out.
//
// Seen red with every refusal passed over.
func TestWhatIsInHandIsNotPassedOver(t *testing.T) {
	for err, out := range map[error]bool{alert.ErrNotAccepted: true, alert.ErrNotYours: true, alert.ErrResolved: true,
		alert.ErrNotCalled: false, &alert.NotCalledError{Kind: alert.TakenBack, Role: staff.Nurse}: false,
		alert.ErrChanged: false, context.DeadlineExceeded: false} {
		if outOfHand(err) != out {
			t.Errorf("%v: %v", err, !out)
		}
	}
}
