package parked

import (
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// State is where an entry stands. Its words are stored.
type State string

// The states. What waits may be assigned or discarded; either can be taken back,
// and then it waits again.
const (
	Waits     State = "waiting"
	Assigned  State = "assigned"
	Discarded State = "discarded"
)

// Entry is one patient's part of a message whose patient could not be told. Name
// and Born are patient data: no log, warning or alert may hold them.
type Entry struct {
	ID    int64  // 1 and up; what a person types
	Key   string // of the message: see hl7.Key
	Group int    // which of the message's patients, from 0

	Received time.Time // when the message came, UTC
	Since    time.Time // since when it waits, or waited last
	Control  string    // MSH-10
	Source   string    // sending application and facility
	Kind     string    // MSH-9: "ORU^R01"
	Reason   string    // why it is parked; holds no patient data but the number
	Numbers  []patient.Identifier
	Name     string // PID-5 as sent
	Born     string // PID-7 as sent
	Ward     string // that PV1-3 names, if the record has it
	Raw      []byte // the whole message as read; nil once erased
	// Shift is by how much the import moved all times.
	Shift time.Duration
	// Zone is in which it read times without an offset, by its name in the tz
	// database or "Local".
	Zone string

	State   State
	Patient string    // record ID, while it is assigned
	By      string    // who decided last
	At      time.Time // when
	Why     string    // the reason of the decision, as typed
	// Turn counts how often it was taken back.
	Turn    int
	Alerted time.Time // when the wards were alerted that it waits; zero: not yet
	Erased  time.Time // when the text was erased; zero: it is there
}

// Refusals: why a step cannot be taken.
var (
	ErrNotWaiting = errors.New("parked: it does not wait")
	ErrWaits      = errors.New("parked: it waits already")
	ErrErased     = errors.New("parked: its text was erased, so that it cannot be taken back")
	ErrNoReason   = errors.New("parked: this needs a reason")
	ErrNotResult  = errors.New("parked: only results can be assigned")
)

// MayAssign refuses what cannot be assigned such that it can be taken back.
func (e Entry) MayAssign() error {
	switch {
	case e.State != Waits:
		return fmt.Errorf("%w: it is %s", ErrNotWaiting, e.State)
	case !e.Result():
		return fmt.Errorf("%w: what %s says of who a patient is and where could not be taken back; "+
			"have it corrected where it came from and sent again, then discard this one", ErrNotResult, e.Kind)
	}
	return nil
}

// MayTakeBack refuses to bring back what is not decided, or no longer there, and to do
// so without a reason.
func (e Entry) MayTakeBack(reason string) error {
	switch {
	case e.State == Waits:
		return ErrWaits
	case !e.Erased.IsZero():
		return ErrErased
	case reason == "":
		return ErrNoReason
	}
	return nil
}

// MayDiscard refuses to discard without a reason, or what is decided already.
func (e Entry) MayDiscard(reason string) error {
	switch {
	case e.State != Waits:
		return fmt.Errorf("%w: it is %s", ErrNotWaiting, e.State)
	case reason == "":
		return ErrNoReason
	}
	return nil
}

// Result reports whether it brings values, and nothing else.
func (e Entry) Result() bool { return len(e.Kind) > 3 && e.Kind[:4] == "ORU^" || e.Kind == "ORU" }
