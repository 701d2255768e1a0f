// Package place knows where a patient is from what other systems said of it.
//
// Nothing that is said overwrites anything. Each message that tells where
// somebody is becomes an [Event], all of a patient's events are kept, and
// [Fold] makes of them the patient's visits, the beds of each, and the place
// where the patient is now. It orders them by when they happened, so that it
// does not matter in which order they came, or how often: a late transfer is
// history, a cancel takes back the event that it names even if that one comes
// after it, and events of another visit move nobody.
package place

import (
	"slices"
	"time"
)

// Kind is what an event says.
type Kind string

// The kinds, with the HL7 triggers that say them.
const (
	Admit        Kind = "admit"         // A01
	Register     Kind = "register"      // A04
	ToInpatient  Kind = "to-inpatient"  // A06
	ToOutpatient Kind = "to-outpatient" // A07
	Transfer     Kind = "transfer"      // A02, A17
	Discharge    Kind = "discharge"     // A03
	Update       Kind = "update"        // A08, A54, A55: says a place, moves only a patient who is here
	Leave        Kind = "leave"         // A21: away for a while, the bed is kept
	Return       Kind = "return"        // A22
	Delete       Kind = "delete"        // A23: the visit never was
	Renumber     Kind = "renumber"      // A50, A42: visit Prior is called Visit

	PlanAdmission Kind = "plan-admission" // A14, A05
	PlanTransfer  Kind = "plan-transfer"  // A15
	PlanDischarge Kind = "plan-discharge" // A16

	CancelAdmit         Kind = "cancel-admit"          // A11
	CancelTransfer      Kind = "cancel-transfer"       // A12
	CancelDischarge     Kind = "cancel-discharge"      // A13
	CancelLeave         Kind = "cancel-leave"          // A52
	CancelReturn        Kind = "cancel-return"         // A53
	CancelPlanAdmission Kind = "cancel-plan-admission" // A27, A38
	CancelPlanTransfer  Kind = "cancel-plan-transfer"  // A26
	CancelPlanDischarge Kind = "cancel-plan-discharge" // A25

	// Put is a program of the house that says where the patient is, or, with no
	// ward, that they are in the house no more.
	Put Kind = "put"
)

// cancels says which kinds each cancel may take back.
var cancels = map[Kind][]Kind{
	CancelAdmit:         {Admit, Register, ToInpatient, PlanAdmission},
	CancelTransfer:      {Transfer},
	CancelDischarge:     {Discharge},
	CancelLeave:         {Leave},
	CancelReturn:        {Return},
	CancelPlanAdmission: {PlanAdmission},
	CancelPlanTransfer:  {PlanTransfer},
	CancelPlanDischarge: {PlanDischarge},
}

// Where is a place: the record's ID of a ward, and the name of a bed there. Room
// is kept for a patient without a bed. No ward is no place.
type Where struct {
	Ward string `json:"ward,omitempty"`
	Bed  string `json:"bed,omitempty"`
	Room string `json:"room,omitempty"`
}

// Elsewhere is the ward of a place that was named and that the record has no ward
// for. It is the ID of no ward: nobody stands there.
const Elsewhere = "?"

// Number is what a visit is called, and by whom; no value: it was not said.
type Number struct {
	Value     string `json:"value,omitempty"`
	Authority string `json:"authority,omitempty"`
}

// Event is one thing that was said of where a patient is. Times are UTC; zero
// is "not said".
type Event struct {
	// ID is the same whenever the same thing is said by the same message.
	ID   string `json:"-"`
	Kind Kind   `json:"kind"`
	// Of is the record for which it was said, where several were merged into one.
	Of string `json:"-"`
	// At is when it happened. A cancel's is when the cancel was recorded.
	At time.Time `json:"at"`
	// Recorded and Sent order events of one moment, and after them Control, the
	// sender's number of the message, if it counts.
	Recorded time.Time `json:"recorded,omitzero"`
	Sent     time.Time `json:"sent,omitzero"`
	Control  string    `json:"control,omitempty"`
	// Occurred is when that which a cancel cancels happened.
	Occurred time.Time `json:"occurred,omitzero"`

	// Dated is when it is said to have happened, where that cannot be: after the message
	// was sent. At is then when it was sent.
	Dated time.Time `json:"dated,omitzero"`
	// Began is when an admission happened that says no more of it than when the stay
	// began: At is then when it was recorded, which may be hours later.
	Began time.Time `json:"began,omitzero"`
	said  time.Time // At as it was sent, where Fold dates the event otherwise

	Visit Number `json:"visit,omitzero"`
	// Account counts where Visit is not said. One account may be of several visits.
	Account Number `json:"account,omitzero"`
	Prior   Number `json:"prior,omitzero"`  // of a Renumber
	Class   string `json:"class,omitempty"` // HL7 table 0004, as it was sent
	To      Where  `json:"to,omitzero"`
	From    Where  `json:"from,omitzero"`
	// Admitted and Discharged are when the visit is said to have begun and ended.
	// NoAdmitted and NoDischarged take back what was said of it.
	Admitted     time.Time `json:"admitted,omitzero"`
	Discharged   time.Time `json:"discharged,omitzero"`
	NoAdmitted   bool      `json:"noAdmitted,omitempty"`
	NoDischarged bool      `json:"noDischarged,omitempty"`
	// Planned says of a plan when, PlannedTo where to, as it is shown.
	Planned   time.Time `json:"planned,omitzero"`
	PlannedTo string    `json:"plannedTo,omitempty"`
	// Reason and Pregnant are nil if nothing was said; "" takes a reason away.
	Reason   *string `json:"reason,omitempty"`
	Pregnant *bool   `json:"pregnant,omitempty"`
}

// at reports whether a time that a cancel names is one that was said of the event.
func (e *Event) at(moment time.Time, within time.Duration) bool {
	moment = moment.Truncate(within)
	return slices.ContainsFunc([]time.Time{e.At, e.Recorded, e.Dated, e.said}, func(t time.Time) bool {
		return t.Truncate(within).Equal(moment)
	})
}

func (e *Event) begins() bool { return e.Kind == Admit || e.Kind == Register }
