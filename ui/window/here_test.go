package window

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// A save that comes back late leaves a form alone that was opened of the same section meanwhile: it
// stays, its own save is answered, and the nurse is told what became of the save before.
//
// Seen red with ends taking the section's edit out whichever it was: the form was emptied and the second
// save did nothing; and with showOrSay not asking whether the edit is here: the form showed the failure.
func TestALateSaveLeavesTheNextFormAlone(t *testing.T) {
	for name, end := range map[string]error{"saved": nil, "not saved": chart.ErrRecordAway} {
		o, h := openHalting(t, nil)
		p := o.writing("chen", chart.Notes)
		p.write("left leg")
		old := o.take(ofNotes())
		come, release := h.next("Save", anything)
		p.ctrl(fyne.KeyReturn)
		o.comes(name+": the save", come)
		p.press(fyne.KeyEscape)
		p.press(fyne.KeyReturn)
		o.until("Edit notes")
		p.write("n")
		o.wait(name+": the next form", func() bool { return o.chart.Phase(chart.Notes) == patient.Editing })
		next := o.take(ofNotes())
		if next == nil || next == old {
			t.Fatalf("%s: it is the same edit", name)
		}
		release(end)
		o.settle()
		if o.take(ofNotes()) != next || o.chart.Phase(chart.Notes) != patient.Editing {
			t.Errorf("%s: the next form is in phase %v", name, o.chart.Phase(chart.Notes))
		}
		want := map[bool]string{true: "what you saved before is in the record now", false: "so nothing was saved"}
		if !strings.Contains(o.said(), want[end == nil]) {
			t.Errorf("%s: she reads %q", name, o.said())
		}
		p.write(" again")
		p.ctrl(fyne.KeyReturn)
		o.wait(name+": the next save", func() bool { return o.chart.Phase(chart.Notes) != patient.Saving })
		o.settle()
		notes, err := o.store.Notes(t.Context(), "p1", 5)
		must(t, err)
		answered := len(notes) > 0 && strings.Contains(notes[0].Text, "again")
		if end == nil { // what she adds to it now is a change, or meets it as a conflict
			answered = o.chart.Phase(chart.Notes) == patient.Conflict || strings.Contains(o.said(), "in the record already")
		}
		if !answered {
			t.Errorf("%s: the next save is not answered, in phase %v; in the record %+v", name,
				o.chart.Phase(chart.Notes), notes)
		}
	}
}

// ofNotes is the section of p1's notes.
func ofNotes() chart.Draft { return chart.Draft{Patient: "p1", Section: chart.Notes} }

// A press of Save on a section that is not open here any more says so, and what to do.
//
// Seen red with sends saying nothing where there is no edit.
func TestASaveWithoutAnEditIsAnswered(t *testing.T) {
	o := open(t)
	o.enters("chen")
	o.Window.open("p1")
	o.until("Edit notes")
	for name, press := range map[string]func(){"save": func() { o.save(typing(chart.Notes, "left leg")) },
		"resolve": func() { o.resolve(typing(chart.Notes, "left leg")) },
		"compare": func() { o.compare("p1", chart.Notes) }} {
		o.unsay()
		press()
		if !strings.Contains(o.said(), "This press did nothing: the section is not open here any more.") ||
			!strings.Contains(o.said(), "Look whether your text is in the chart.") {
			t.Errorf("%s: she reads %q", name, o.said())
		}
	}
}

// A section that is taken again for a choice, while whoever chose signs out, is held for nobody, whatever
// becomes of the save that was pressed: it is recorded, or its text is kept.
//
// Seen red with neither adopts nor notSaved asking whether the edit is here: where the save failed it was
// renewed for ever.
func TestASectionTakenAgainForNobodyIsGivenBack(t *testing.T) {
	for name, end := range map[string]error{"saved": nil, "not saved": chart.ErrRecordAway} {
		o, h, other := connectedHalting(t, "chen")
		p := o.writing("diaz", chart.Notes)
		p.write("left leg")
		ed, a := o.take(ofNotes()), o.actOf(o.session(), "", "p1")
		o.expire(time.Now().Add(editIdle + time.Minute))
		come, release := h.next("TakeDraft", anything)
		_, saves := h.next("Save", anything)
		saves(end)
		o.retake(ed, a, typing(chart.Notes, "left leg"), "")
		o.comes(name+": it is taken again", come)
		o.switchUser()
		release(nil)
		o.settle()
		o.wait(name+": given back", func() bool {
			held, err := other.Desk("4B").Holders(t.Context(), []string{"p1"})
			return err == nil && len(held["p1"]) == 0
		})
		notes, err := o.store.Notes(t.Context(), "p1", 5)
		must(t, err)
		if saved, kept := len(notes) == 1, o.written("diaz", chart.Notes) == "left leg"; saved == kept ||
			saved != (end == nil) {
			t.Errorf("%s: in the record %v, kept %v", name, saved, kept)
		}
	}
}

// A section that is taken over while a save of it hangs is lost once the save has failed, and the nurse
// reads by whom: the form does not say that it is hers still.
//
// Seen red with notSaved not asking the lease: the form said Failed, for ever.
func TestALeaseLostUnderASaveThatFailsIsNoticed(t *testing.T) {
	o, h, other := connectedHalting(t, "chen")
	p := o.writing("diaz", chart.Notes)
	p.write("left leg")
	come, release := h.next("Save", anything)
	p.ctrl(fyne.KeyReturn)
	o.comes("the save", come)
	held, err := other.Desk("4B").Holders(t.Context(), []string{"p1"})
	must(t, err)
	_, err = other.Desk("4B").TakeOver(t.Context(), other.s, "4B", "p1", chart.Notes,
		held["p1"][chart.Notes].Fence, "doctor")
	must(t, err)
	o.wait("the watch to end", func() bool { return running(".watchLease(") == 0 })
	release(chart.ErrRecordAway)
	o.wait("the loss", func() bool { return o.chart.Phase(chart.Notes) == patient.Lost })
	o.until("Chen, A at WS-2 took this section over")
	o.wait("the draft", func() bool { return o.written("diaz", chart.Notes) == "left leg" })
}

// Whoever signs in next stands in line at once, also while the wait of the person before has not come
// back, and what is then held for them stays so when it does.
//
// Seen red with leaveLines leaving the wait in place, and with takesBack taking what it finds.
func TestTheNextPersonStandsInLineAtOnce(t *testing.T) {
	o, h := openHalting(t, nil)
	h.deaf = true
	o.enters("chen")
	o.Window.open("p1")
	o.until("Edit notes")
	come, release := h.next("TakeDraft", anything)
	defer release(nil)
	o.tell("p1", chart.Notes)
	o.comes("the first wait", come)
	o.switchUser()
	o.enters("diaz")
	o.Window.open("p1")
	o.until("Edit notes")
	o.tell("p1", chart.Notes)
	o.until("free and held for you")
	release(nil)
	o.wait("the first wait is over", func() bool { return running(".tell.func") == 1 })
	o.mu.Lock()
	held := o.editor.reserved[editKey{"p1", chart.Notes}]
	o.mu.Unlock()
	if held == nil || o.takesBack(editKey{"p1", chart.Notes}, &chart.Editing{}) {
		t.Error("it is not held for her any more")
	}
}
