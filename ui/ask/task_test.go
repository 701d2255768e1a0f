package ask_test

import (
	"strings"
	"testing"
	"time"

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

// The question about a task that is early says how long it is early by now; where it is due by then, it names the word
// that was pressed.
//
// Seen red with Given for a task of care.
func TestATaskThatIsEarlyIsAskedAboutInItsOwnWords(t *testing.T) {
	for name, c := range map[string]struct {
		kind task.Kind
		in   time.Duration
		want string
	}{
		"care":               {task.Care, 6 * time.Hour, "It is not due yet: in 6 h."},
		"a dose":             {task.Medicine, 6 * time.Hour, "It is not due yet: in 6 h."},
		"care, due by now":   {task.Care, 0, "It was not due yet when you pressed Done. It is due now."},
		"a dose, due by now": {task.Medicine, 0, "It was not due yet when you pressed Given. It is due now."},
	} {
		k := task.Task{Kind: c.kind, Text: "Weigh", Due: fixture.Now.Add(c.in)}
		d := ask.Doubt(fixture.Chart().Summary, task.DoubtError{Task: k, Doubts: task.Doubts{Early: time.Hour}}, "",
			fixture.Now, nil)
		if d.Text != c.want {
			t.Errorf("%s: %q", name, d.Text)
		}
	}
}
