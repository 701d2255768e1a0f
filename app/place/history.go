package place

import (
	"slices"
	"time"
)

// Ending is how a visit ended.
type Ending string

// The ends.
const (
	Open       Ending = ""
	Discharged Ending = "discharged"
	Superseded Ending = "superseded" // admitted anew without a discharge
	Cancelled  Ending = "cancelled"  // its admission was taken back
	Deleted    Ending = "deleted"    // there was no such visit
)

// Stay is the time in one place.
type Stay struct {
	Where
	Since, Until time.Time // zero while it lasts
}

// Plan is a move that was announced.
type Plan struct {
	Kind Kind // PlanAdmission, PlanTransfer, PlanDischarge
	To   string
	At   time.Time // zero if nobody said when
}

// Visit is one visit of a patient: what is true of it, by the newest event that
// says so.
type Visit struct {
	// Key is the same as long as the visit's number, or else its first event, is.
	Key string
	// Began is the event with which it began, Events all that are of it, by ID.
	Began    string
	Events   []string
	Number   Number
	Class    string
	Inside   bool // an inpatient's visit, or one like it
	Admitted time.Time
	Ended    time.Time // zero: it goes on
	End      Ending
	Reason   string
	Pregnant bool
	Leave    time.Time // on leave since; zero: here
	Planned  *Plan
	Stays    []Stay // in order; empty if it took the patient to no ward
}

// Now is the place of an open visit; no ward if the patient is on none.
func (v Visit) Now() Where {
	if n := len(v.Stays); n > 0 && v.End == Open && v.Stays[n-1].Until.IsZero() {
		return v.Stays[n-1].Where
	}
	return Where{}
}

// History is what a patient's events come to.
type History struct {
	Visits []Visit // that took the patient to a ward or still may, as they began
	// Current is the place in Visits of the one that decides where the patient is
	// and what is true of them; -1 if there is none. It is over if End says so.
	Current int
	// Planned is an admission that was announced and has not come.
	Planned *Plan
	// Notes say of events, by their ID, what about them is not as it should be.
	Notes map[string][]Note
}

// Here is where the patient is; no ward: on none.
func (h History) Here() Where {
	if h.Current < 0 {
		return Where{}
	}
	return h.Visits[h.Current].Now()
}

// Of is the visit that an event is of, or nil.
func (h History) Of(event string) *Visit {
	for n := range h.Visits {
		if slices.Contains(h.Visits[n].Events, event) {
			return &h.Visits[n]
		}
	}
	return nil
}

// Note is what is odd about an event.
type Note string

// The notes.
const (
	AfterEnd      Note = "the visit has ended: it moves nobody"
	NothingToUndo Note = "it cancels nothing that is known"
	OnlyPlace     Note = "it cancels nothing that is known: the patient is where its PV1-3 says"
	OtherPrior    Note = "PV1-6 is not where the patient was"
	OtherEnd      Note = "PV1-45 says the visit has ended, and no discharge does"
	EndTakenBack  Note = "PV1-45 takes back when the visit ended, and no A13 does that it did: it stays ended"
	NoPlace       Note = "PV1-3 names no ward: the patient stays where they were"
	BedKept       Note = "PV1-3 names the bed in which the patient lay: an outpatient is taken out of it"
	Nowhere       Note = "PV1-3 names no ward: the inpatient stands on no ward's board. Have the sender name the ward"
	NoDischarge   Note = "the stay before had no discharge: it counts as ended"
	Unheard       Note = "of no visit that is known: it is kept, and moves nobody until the visit's admission is told"
	OtherVisit    Note = "it has no visit number, and by PV1-44, or by PV1-2 and PV1-3, it is of another visit: it moves nobody here"
	Early         Note = "it is dated before the admission of its visit: it counts as of when it was recorded or sent"
	TooEarly      Note = "it is dated before the admission of its visit: it moves nobody"
	OtherNumber   Note = "MRG-5 is the number of no visit that is known: nothing is changed"
	EndElsewhere  Note = "PV1-3 is not where the patient was: the stay has ended all the same"
	// Of events that change nothing of what they say otherwise.
	OtherPlace     Note = "PV1-3 is not where the patient was: it moves nobody"
	OtherClass     Note = "PV1-2 is another class than the visit has: it changes nothing"
	OtherAdmission Note = "PV1-44 is not when the visit began: it changes nothing"
	OtherWords     Note = "PV1-15, PV2-3, DG1-3 or DG1-4 says of the visit what is not known: it changes nothing"
	OtherMoment    Note = "EVN-6 is not when that which it cancels happened: the newest such event is cancelled"
)
