package board

import (
	"testing"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
)

// An empty bed is told from every patient, whatever a record calls its patients, and in whatever language.
// Seen red with the key of an empty bed made of words: it was that of the patient "bed 05".
func TestAnEmptyBedIsNoPatient(t *testing.T) {
	empty := key(board.Row{Bed: "05"})
	if empty == key(board.Row{Patient: tongue.Tf("bed %s", "05")}) || empty == key(board.Row{Bed: "06"}) {
		t.Errorf("the key of bed 05 is another's: %+v", empty)
	}
	if key(board.Row{Patient: "p1", Bed: "05"}) != key(board.Row{Patient: "p1", Bed: "06"}) {
		t.Error("a patient who moves is another")
	}
}
