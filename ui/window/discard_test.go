package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// Discard stands beside Save, and nothing brings the text back: wherever something was typed it asks once, says
// whose text is lost and which, and throws nothing away unless the button that names the patient is pressed.
// Whoever does not want it goes on where they were.
//
// Seen red with discard asking nothing, with Lost looking at what was chosen in a conflict, and without GoOn; and, of a change that was
// kept, with discard not asking the page how the entry stands: each value of it was called lost.
func TestDiscardAsksBeforeWhatWasTypedIsGone(t *testing.T) {
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			o := open(t)
			p := way.open(o)
			o.keep(t.Context())
			before := o.chart.Draft(way.section)
			kept := func() int {
				drafts, err := o.store.Drafts(t.Context(), "chen")
				must(t, err)
				return len(drafts)
			}
			o.hit(t, way.button)
			o.wait("the question", o.shell.Modal)
			says := strings.ReplaceAll(o.overText(), "\u00a0", " ")
			for _, want := range append(way.lost, "OKOYE, Ada", "MRN 700 1001", "4B, bed 01", "Go on writing",
				"Discard for OKOYE, Ada") {
				if !strings.Contains(says, want) {
					t.Errorf("the question does not say %q: %s", want, says)
				}
			}
			if strings.Contains(says, "SpO₂") {
				t.Errorf("called lost, and stands in the record: %s", says)
			}
			p.press(fyne.KeyReturn) // the keyboard is on what harms nothing
			o.settle()
			if o.shell.Modal() || kept() != 1 || o.chart.Draft(way.section).Fields[patient.NoteField] !=
				before.Fields[patient.NoteField] || o.chart.Draft(way.section).Fields["rr"] != before.Fields["rr"] {
				t.Fatalf("after going on: %d drafts, %+v", kept(), o.chart.Draft(way.section))
			}
			if o.chart.Phase(way.section) == patient.Editing {
				p.write("7")
				if all := o.chart.Draft(way.section); !strings.Contains(all.Fields[patient.NoteField]+all.Fields["rr"], "7") {
					t.Errorf("what is typed on goes nowhere: %+v", all)
				}
			}
			o.hit(t, way.button)
			o.wait("the question", o.shell.Modal)
			o.choose("Discard for OKOYE, Ada")
			o.wait("gone", func() bool { return kept() == 0 && o.chart.Phase(way.section) == patient.Reading })
		})
	}
}

// Where nothing was typed there is nothing to ask about: not in a new form, and not in a signed entry that was
// opened to be changed. Seen red with Lost comparing with nothing.
func TestDiscardOfNothingAsksNothing(t *testing.T) {
	o := open(t)
	beside(t, o.store, "diaz").save(chart.Notes, chart.Entry{Note: &chart.Note{Text: "left leg"}})
	p := o.writing("chen", chart.Notes)
	gone := func() {
		t.Helper()
		o.hit(t, "Discard")
		o.wait("given back", func() bool { return o.chart.Phase(chart.Notes) == patient.Reading })
		if o.shell.Modal() {
			t.Errorf("it asks: %s", o.overText())
		}
		o.settle()
		o.until("Edit notes")
	}
	gone()
	change := func() {
		t.Helper()
		o.hit(t, "Change")
		o.wait("the form", func() bool { return o.chart.Phase(chart.Notes) == patient.Editing })
	}
	change()
	gone()
	change()
	p.write("x")
	p.press(fyne.KeyBackspace)
	gone()
}
