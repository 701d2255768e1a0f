package task

import (
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/staff"
)

// Back is a closing that was entered in error and taken back. What was said stays on
// record, and the task is open again. Times are UTC.
type Back struct {
	Outcome  Outcome   `json:"outcome"` // as which it had been closed
	Closed   time.Time `json:"closed"`
	ClosedBy string    `json:"closedBy"` // staff ID
	// ClosedByName is who closed it, as shown.
	ClosedByName string `json:"closedByName,omitempty"`
	// Reason is why it was an error; By is who said so, a staff ID, ByName as shown.
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	ByName string    `json:"byName,omitempty"`
	At     time.Time `json:"at"`
}

// TakingBack is one person's word that a closing was entered in error.
type TakingBack struct {
	Task   string    // its ID
	Closed time.Time // when it was closed: a later closing is another act
	Reason string
	Staff  string
	Role   string
	// Station and Session are where it is said, for the audit trail.
	Station string
	Session string
}

// Errors of taking back.
var (
	// ErrNotOwn means that somebody else closed the task: only the person who did may take it back.
	ErrNotOwn = errors.New("task: closed by somebody else")
	// ErrStayOver means that the patient's stay in which the task was closed is over.
	ErrStayOver = errors.New("task: the stay is over")
	// ErrNotClosed means that the closing that was meant is not there any more.
	ErrNotClosed = errors.New("task: that closing does not stand")
	// ErrNoReason means that a reason was needed.
	ErrNoReason = errors.New("task: a reason is needed")
	// ErrDoubt means that the person closing a task must be asked first; see [*DoubtError].
	ErrDoubt = errors.New("task: to be asked first")
)

// CanTakeBack reports whether a person may take back how a task was closed: their own
// act, in the stay that it belongs to. admitted is when the stay began, zero if that is
// not known; over says that it has ended. The record decides by the same rule.
func (t Task) CanTakeBack(staffID string, admitted time.Time, over bool) error {
	switch {
	case t.IsOpen():
		return ErrNotClosed
	case t.ClosedBy == "" || t.ClosedBy != staffID:
		return ErrNotOwn
	case over || t.Closed.Before(admitted):
		return ErrStayOver
	}
	return nil
}

// Needs is what a person must be allowed to do before they close a task of a kind:
// medicines are for nurses and doctors.
func (k Kind) Needs() staff.Permission {
	if k == Medicine {
		return staff.GiveMedicine
	}
	return staff.EditChart
}
