package window

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// A form that comes once its nurse has signed out opens for nobody: whoever signed in since and has
// the same chart open sees none of her text, and nothing of hers is held.
//
// Seen red with holds keeping every edit.
func TestAFormThatComesLateOpensForNobody(t *testing.T) {
	o, other := connected(t, "chen")
	o.typedAgo(time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes,
		Fields: map[string]string{patient.NoteField: "left leg"}})
	o.enters("chen")
	o.Window.open("p1")
	o.until("Edit notes")
	given := make(chan struct{})
	o.givesBack(func() { <-given })
	o.edit("p1", chart.Notes)
	o.switchUser()
	o.enters("diaz")
	o.Window.open("p1")
	o.until("Edit notes")
	close(given)
	o.settle()
	o.mu.Lock()
	left := len(o.editor.edits)
	o.mu.Unlock()
	phase := o.chart.Phase(chart.Notes)
	if phase != patient.Reading || left != 0 || strings.Contains(o.text(), "left leg") {
		t.Errorf("the next nurse: phase %v, %d edits:\n%s", phase, left, o.text())
	}
	o.wait("given back", func() bool {
		held, err := other.Desk("4B").Holders(t.Context(), []string{"p1"})
		return err == nil && len(held["p1"]) == 0
	})
}

// What is learned late of one nurse's work is not said to the next, on the board or in the chart of
// the same patient; neither are her drafts shown or counted.
//
// Seen red with forOnly running for whoever is there, with readPage and drawPage taking what any session read,
// and with countDrafts counting for any.
func TestTheNextNurseHearsNothingOfTheOneBefore(t *testing.T) {
	o := open(t)
	o.typedAgo(time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes,
		Fields: map[string]string{patient.NoteField: "left leg"}})
	chen := o.enters("chen")
	o.until("1 draft")
	o.switchUser()
	diaz := o.enters("diaz")
	lost := patient.Edit{Patient: "p1", Section: chart.Notes, Phase: patient.Lost, What: "It is lost.",
		Draft: chart.Draft{Fields: map[string]string{patient.NoteField: "left leg"}}}
	for _, at := range []shell.Place{shell.Board, shell.Patient} {
		if at == shell.Patient {
			o.Window.open("p1")
			o.until("Edit notes")
		}
		o.sayTo(chen, words.Message{What: "It was refused."})
		o.showOrSay(chen, &edit{}, lost)
		o.show(chen, lost)
		o.readPage(t.Context(), chen, "p1")
		o.countDrafts(chen, o.began(), []chart.Draft{{Patient: "p2"}})
		o.answer(chen, chart.ErrLeaseLost)
		o.settle()
		for _, hers := range []string{"It was refused", "It is lost", "left leg", "Your own text", "1 draft",
			words.For(chart.ErrLeaseLost).What} {
			if strings.Contains(o.said(), hers) {
				t.Errorf("at %v she reads %q:\n%s", at, hers, o.text())
			}
		}
	}
	o.showOrSay(diaz, &edit{}, lost)
	o.until("It is lost.")
}
