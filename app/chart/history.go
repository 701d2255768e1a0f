package chart

import (
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// Change is one line of a chart's history: who did what, when, and why. It is
// made from the chart itself; who looked is in the audit trail.
type Change struct {
	At      time.Time // UTC
	Patient string    // whose chart
	By      string    // as shown: "Nguyen, T", or where a value came from
	What    What
	Entry   string          // the entry's or task's ID
	Of      vitals.Quantity // of a value that a source changed
	Text    string          // what it says now, shortened by whoever draws it
	Was     string          // what it said before, of an amendment of a note
	Reason  string          // of an amendment, or of a task that was not done
	// Medicine: the task is a dose, which is given and not done.
	Medicine bool
}

// What says what a change was.
type What string

// The changes.
const (
	Charted     What = "charted"      // a set of observations, by a person
	Wrote       What = "wrote"        // a note
	AmendedNote What = "amended-note" // Was and Text are before and after
	AmendedSet  What = "amended-set"
	// A set whose values their source changed, or that was taken back from this
	// patient: By is the source, or whoever took it back.
	SourceAmendedSet What = "source-amended-set"
	TookBackSet      What = "took-back-set"
	DidTask          What = "did-task"
	OmittedTask      What = "omitted-task"
	TookBackTask     What = "took-back-task" // entered in error;

	SetScale2       What = "set-scale-2" // Text is the target range and who prescribed it
	EndedScale2     What = "ended-scale-2"
	NotedProblem    What = "noted-problem"
	ResolvedProblem What = "resolved-problem"
)
