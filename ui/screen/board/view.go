package board

import (
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/words"
)

// Actions are what the board asks for. Nil ones are not offered.
type Actions struct {
	// Open asks for a patient's chart.
	Open func(patientID string)
	// Query says that the nurse wants other rows; whoever hears it selects them
	// away from the UI goroutine and calls Show.
	Query func(board.Query)
	// Mine takes a patient for the shift, or gives them back, as the foot said. Assign asks
	// whom to give a patient to.
	Mine   func(patientID string, take bool)
	Assign func(patientID string)
	// Keys asks for the list of keys.
	Keys func()
	// Unopened says why Enter in the search opened no chart.
	Unopened func(words.Message)
}

// View is what the board shows at one moment; it is immutable.
type View struct {
	Snapshot board.Snapshot
	Rows     []board.Row // of Snapshot, by Query: [board.Snapshot.Select]
	// Query is what Rows were chosen by: what was typed since is not in them yet.
	Query board.Query
	Now   time.Time
	// Me is the nurse's staff ID; MayEdit and MayAssign what the role may.
	Me                 string
	MayEdit, MayAssign bool
	// Notice is said above the beds (values are last known, the record is away);
	// "" if all is well.
	Notice     string
	NoticeRest string
	// Charge says that a charge nurse reads the board: what waits to be assigned and
	// names no ward is said to them alone.
	Charge bool
}
