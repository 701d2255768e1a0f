// Package task holds what is to be done for a patient by a time: care, and
// medicines due.
package task

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// Kind says what a task is. Its words are stored.
type Kind string

// The kinds of task.
const (
	Care     Kind = "care"     // something to do
	Medicine Kind = "medicine" // a medicine due
)

// Valid reports whether k is one of the kinds.
func (k Kind) Valid() bool { return k == Care || k == Medicine }

// Outcome is how a task ended. Its words are stored.
type Outcome string

// The outcomes. The zero value is a task that is open.
const (
	Open    Outcome = ""
	Done    Outcome = "done"    // done, or given
	Omitted Outcome = "omitted" // withheld, refused, not needed any more: Reason says which
)

// Task is something to be done for a patient by a time. Times are UTC.
type Task struct {
	ID       string    `json:"id"`
	Patient  string    `json:"patient"`
	Kind     Kind      `json:"kind"`
	Text     string    `json:"text"` // what to do, or the medicine
	Dose     string    `json:"dose,omitempty"`
	Route    string    `json:"route,omitempty"`
	Due      time.Time `json:"due"`
	Made     time.Time `json:"made"`             // zero means now
	By       string    `json:"by"`               // who made it: staff ID, or a system
	ByName   string    `json:"byName,omitempty"` // as shown
	Outcome  Outcome   `json:"outcome,omitempty"`
	Closed   time.Time `json:"closed,omitzero"`
	ClosedBy string    `json:"closedBy,omitempty"` // staff ID
	// ClosedByName is who closed it, as shown.
	ClosedByName string `json:"closedByName,omitempty"`
	Reason       string `json:"reason,omitempty"`
	// Asked is what they were asked before and said yes to, as [Doubts.Words] has it.
	Asked string `json:"asked,omitempty"`
	// Back is the newest closing that was taken back, Backs how many there were.
	Back  Back `json:"back,omitzero"`
	Backs int  `json:"backs,omitempty"`
}

// IsOpen reports whether nobody has closed the task.
func (t Task) IsOpen() bool { return t.Outcome == Open }

// Line is what it is in one line, as for a dose "Paracetamol 1 g oral".
func (t Task) Line() string { return strings.Join(strings.Fields(t.Text+" "+t.Dose+" "+t.Route), " ") }

// Overdue reports whether an open task's time is past.
func (t Task) Overdue(now time.Time) bool { return t.IsOpen() && t.Due.Before(now) }

// Closing is one person's word that a task is done, or will not be.
type Closing struct {
	Task string // its ID
	// Act is the ID of the press: the same act again is the same closing, another is not,
	// whoever's it is.
	Act     string
	Outcome Outcome
	Reason  string // needed with [Omitted]
	Staff   string
	Role    string
	Station string
	Session string // public session handle, for the audit
	// Ward is where it is done, by ID: a patient who is on another is asked about.
	Ward string
	// Sure is what the person was asked before, and said yes to.
	Sure Sure
}

// ErrClosed means that the task was closed before, by somebody else or by another act of
// the same person; it comes with the task as it was closed, as a [*ClosedError].
var ErrClosed = errors.New("task: task is closed")

// ClosedError says who closed a task.
type ClosedError struct{ Task Task }

// Error implements error.
func (e *ClosedError) Error() string {
	return "task: " + e.Task.ID + " was closed by " + e.Task.ClosedBy
}

// Unwrap makes errors.Is(err, ErrClosed) hold.
func (e *ClosedError) Unwrap() error { return ErrClosed }

// Record keeps tasks.
type Record interface {
	// MakeTask adds a task by a person's word; the same ID again changes nothing. A
	// [*patient.GoneError] means that the patient left, moved or died, and that the
	// person did not say that they know.
	MakeTask(ctx context.Context, t Task, by patient.Signed) error
	// CloseTask ends a task. Exactly one act of all that close it wins; the others
	// get a [*ClosedError]: a dose is not given twice. A [*DoubtError] says what the
	// person must be asked first ([DoubtsOf]), and that nothing was done.
	CloseTask(ctx context.Context, c Closing) error
	// TakeBackTask opens a task again whose closing was entered in error. What was
	// said stays on record. Errors: [ErrNotOwn], [ErrStayOver], [ErrNotClosed],
	// [ErrNoReason]. The same again is answered as the first time.
	TakeBackTask(ctx context.Context, b TakingBack) error
	// Task reads one task.
	Task(ctx context.Context, id string) (Task, error)
	// TasksDue lists the open tasks of a ward's patients that are due before a
	// time, the oldest first.
	TasksDue(ctx context.Context, wardID string, before time.Time) ([]Task, error)
	// Tasks lists a patient's tasks, the latest due first: all that are open, however
	// late, and of the closed ones at most limit.
	Tasks(ctx context.Context, patientID string, limit int) ([]Task, error)
}
