package ask_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
)

// The question about a dose names each allergy with what it did, also one whose name holds a comma.
//
// Seen red with the names joined by a comma in Doubts and cut apart here: the anaphylaxis was left out.
func TestADoseIsAskedAboutWithEveryReaction(t *testing.T) {
	s := fixture.Chart().Summary
	s.Allergic = []patient.Allergy{{Substance: "Penicillin, oral", Reaction: "anaphylaxis"},
		{Substance: "oral", Reaction: "nausea"}, {Substance: "Latex", Reaction: "rash"}, {Substance: "Amoxicillin"}}
	doubts := task.Doubts{Allergic: []string{"Penicillin, oral", "Amoxicillin"}}
	d := ask.Doubt(s, task.DoubtError{Task: task.Task{Kind: task.Medicine, Text: "Penicillin V"}, Doubts: doubts}, "",
		fixture.Now, nil)
	if want := "Recorded allergy: Penicillin, oral: anaphylaxis, Amoxicillin."; !strings.Contains(d.Text, want) {
		t.Errorf("no %q in %q", want, d.Text)
	}
	if doubts.Allergic[0] != "Penicillin, oral" {
		t.Errorf("the yes would be to %q", doubts.Allergic)
	}
}
