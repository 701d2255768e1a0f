package ask_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
)

// The question why an entry is changed says which: of two sets in one chart the reason is for one. Seen red with the
// text as it was, which named none.
func TestAChangeIsAskedAboutByItsEntry(t *testing.T) {
	s, stays := fixture.Chart().Summary, "stays on record with your reason"
	which := "The set of 13:54 by Chen, A"
	if d := ask.Change(s, which, nil); !strings.HasPrefix(d.Text, which+".\n") || !strings.Contains(d.Text, stays) {
		t.Errorf("%q", d.Text)
	}
	if d := ask.Change(s, "", nil); !strings.HasPrefix(d.Text, "The entry as it was") {
		t.Errorf("of an entry that is not known: %q", d.Text)
	}
}

// Its button names the patient, as each that writes into a chart does. Seen red with "Save the change" alone.
func TestAChangeIsSavedForWhom(t *testing.T) {
	s := fixture.Chart().Summary
	if d := ask.Change(s, "", nil); d.Confirm != "Save the change for "+s.Patient.Name() {
		t.Errorf("%q", d.Confirm)
	}
}
