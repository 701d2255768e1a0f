package patient_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// A note of an hour ago is not saved before its writer has said when it was. Seen red with the offer not standing in
// the way of notesCard.save.
func TestANoteOfAWhileAgoWaitsForItsTime(t *testing.T) {
	s, h, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(fixture.Chart()))
	begin := func(ago time.Duration) {
		s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Editing, Now: fixture.Now,
			Draft: chart.Draft{Fields: map[string]string{patient.NoteField: "left leg"}, Typed: fixture.Now.Add(-ago)}})
	}
	begin(time.Hour)
	if s.Save(); len(h.saved) != 0 {
		t.Fatalf("saved without a time: %v", h.saved[0].Fields)
	}
	s.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Reading})
	begin(time.Minute)
	if s.Save(); len(h.saved) != 1 {
		t.Errorf("a note of just now: %d saved", len(h.saved))
	}
}

// A task that comes or goes moves what stands below it: what was aimed at before is not pressed there. Seen red with
// the list of tasks stirring nothing.
func TestATaskThatComesStirsTheChart(t *testing.T) {
	c := correcting(t)
	before := c.button(t).Moved()
	c.now = c.now.Add(time.Minute)
	if c.shows(); !c.button(t).Moved().Equal(before) {
		t.Errorf("the same page moves it at %v", c.button(t).Moved())
	}
	c.page.Tasks = append(c.page.Tasks, task.Task{ID: "new", Patient: fixture.Sickest, Kind: task.Care, Text: "Turn",
		Due: fixture.Now})
	if c.shows(); !c.button(t).Moved().Equal(c.now) {
		t.Errorf("a task that came moves it at %v, not at %v", c.button(t).Moved(), c.now)
	}
}
