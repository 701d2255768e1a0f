// Package alert holds the ward's alerts: what was raised, who accepted it, and
// the path that brings it to every station. An alert's history is a list of
// moves; the record orders them, a station applies each once.
package alert

import (
	"errors"
	"time"
)

// Priority orders alerts. It is always shown by shape and text beside colour.
type Priority string

// The priorities. What a source sends that is none of these becomes High: an
// unknown alert must not hide.
const (
	High      Priority = "high"
	Medium    Priority = "medium"
	Low       Priority = "low"
	Technical Priority = "technical"
)

// Rank orders priorities, most urgent first (0).
func (p Priority) Rank() int {
	switch p {
	case High:
		return 0
	case Medium:
		return 1
	case Technical:
		return 2
	case Low:
		return 3
	}
	return 0
}

// Known reports whether p is one of the four.
func (p Priority) Known() bool {
	return p == High || p == Medium || p == Low || p == Technical
}

// Alert is something a nurse must hear about. It names the patient by the
// record's ID; name and MRN are looked up where it is shown.
type Alert struct {
	ID      string `json:"id"`
	Ward    string `json:"ward"`
	Patient string `json:"patient,omitempty"` // record ID; empty for technical alerts
	// where the patient lay when it was raised; as sent while nobody is known to lie there
	Bed      string   `json:"bed,omitempty"`
	Priority Priority `json:"priority"`
	Text     string   `json:"text"`
	Source   string   `json:"source"` // "simulator", "wardctl", "intake", a device
	// Sent is the patient's number as the source sent it; "" if it sent none.
	// Holders is how many patients have it.
	Sent    string  `json:"sent,omitempty"`
	Holders Holders `json:"holders,omitempty"`
	// Raised is the source's time, Received when the record took it. UTC.
	Raised   time.Time `json:"raised"`
	Received time.Time `json:"received"`
}

// Holders is how many patients have a number that was sent.
type Holders string

// The answers; "" is that nobody could say.
const (
	Nobody  Holders = "nobody"
	One     Holders = "one"
	Several Holders = "several"
)

// MoveKind is a step in an alert's life.
type MoveKind string

// The steps. Raised comes first and once; Resolved ends it. What each may follow
// is the business of [Life].
const (
	Raised    MoveKind = "raised"
	Updated   MoveKind = "updated" // its source said more of it: see [Change]
	Accepted  MoveKind = "accepted"
	TakenBack MoveKind = "taken-back" // who accepted it gives it up: it is open again
	Rejected  MoveKind = "rejected"
	Forwarded MoveKind = "forwarded"
	OnMyWay   MoveKind = "on-my-way"  // somebody who may not accept is going there; it quiets nothing
	NotComing MoveKind = "not-coming" // a person who was on the way is not coming after all
	Escalated MoveKind = "escalated"
	Ceased    MoveKind = "ceased" // its cause ended, and it stays until a person ends it
	Resolved  MoveKind = "resolved"
)

// The steps that a station reports about itself. They are kept once a station,
// beside the moves: see [Sighting].
const (
	Delivered MoveKind = "delivered" // the station has it
	Shown     MoveKind = "shown"     // it is on the station's screen
	Sounded   MoveKind = "sounded"   // the station's speaker played it
)

// Sighting is whether this kind of step is a station's report.
func (k MoveKind) Sighting() bool { return k == Delivered || k == Shown || k == Sounded }

// Move is one step of one alert: who, where, when. Seq is its place in the
// record's order, per record and only growing; 0 while the record has not
// taken it yet.
type Move struct {
	Seq   int64    `json:"seq"`
	ID    string   `json:"id"` // idempotency key
	Kind  MoveKind `json:"move"`
	Alert Alert    `json:"alert"`
	// Session is the public session handle of the person who moved it, for the audit; it is
	// not kept with the move.
	Session string `json:"-"`
	// By is the staff ID, ByName how they are shown ("Chen, A"); empty if a
	// machine moved it.
	By      string    `json:"by,omitempty"`
	ByName  string    `json:"byName,omitempty"`
	Station string    `json:"station,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
	// Turn is how often the alert had been given back when this was decided. An
	// escalation's clock runs for one turn and moves no later one.
	Turn int `json:"turn,omitempty"`
	// Level is the step of the path that an escalation calls, 1 and up; 0 asks
	// the record for the next.
	Level int `json:"level,omitempty"`
	// To is who is called by an escalation or a forward; ToName how a person is
	// shown.
	To     Target `json:"to,omitempty"`
	ToName string `json:"toName,omitempty"`
	// Called are the staff IDs of all who were called and could answer when somebody
	// rejected: once all of them have, it escalates. It is used, not kept.
	Called []string `json:"-"`
	// Claim is by what right a person takes the step, for the record to decide: without
	// one it takes none of a person's but Raised, which may be anybody's. nil for a
	// machine.
	Claim *Claim `json:"-"`
	// Change is what Updated changed.
	Change *Change `json:"change,omitempty"`
}

// Refusals: why a step cannot be taken. [Refused] tells them from a record that
// is away.
var (
	// ErrAlreadyAccepted means another person won; it is wrapped by a
	// [*TakenError] that names them.
	ErrAlreadyAccepted = errors.New("alert: already accepted")
	// ErrResolved means the alert has ended.
	ErrResolved = errors.New("alert: already resolved")
	// ErrUnknown means no such alert.
	ErrUnknown = errors.New("alert: unknown alert")
	// ErrAlreadyRaised means the alert is there.
	ErrAlreadyRaised = errors.New("alert: already raised")
	// ErrNothingNew means an update that changes nothing.
	ErrNothingNew = errors.New("alert: the update changes nothing")
	// ErrUnknownMove means a step that no alert has.
	ErrUnknownMove = errors.New("alert: unknown kind of move")
	// ErrNobody means a person's step that names no person.
	ErrNobody = errors.New("alert: the move needs a person")
	// ErrNoReason means a step that must say why.
	ErrNoReason = errors.New("alert: the move needs a reason")
	// ErrNoTarget means a forward to nobody.
	ErrNoTarget = errors.New("alert: forwarded to nobody")
	// ErrNotAccepted means nobody has the alert in hand.
	ErrNotAccepted = errors.New("alert: not accepted by anybody")
	// ErrNotYours means somebody else has it in hand.
	ErrNotYours = errors.New("alert: in somebody else's hands")
	// ErrAlreadyRejected means the same person rejected it before.
	ErrAlreadyRejected = errors.New("alert: already rejected by the same person")
	// ErrNotOnWay means that somebody takes back what they did not say.
	ErrNotOnWay = errors.New("alert: not said to be on the way")
	// ErrOldClock means an escalation of an earlier turn.
	ErrOldClock = errors.New("alert: escalation of an earlier turn")
	// ErrAlreadyEscalated means the level was called before.
	ErrAlreadyEscalated = errors.New("alert: already escalated to this level")
	// ErrSkipsLevel means an escalation past a level that was not called.
	ErrSkipsLevel = errors.New("alert: escalation skips a level")
	// ErrTopLevel means there is nobody further to call.
	ErrTopLevel = errors.New("alert: already escalated to everyone")
	// ErrShown means an escalation of an alert that no screen shows, while one does.
	ErrShown = errors.New("alert: shown on a screen")
	// ErrAlreadyCeased means its cause had ended before.
	ErrAlreadyCeased = errors.New("alert: its cause ended before")
	// ErrLatched means that the cause's end does not end an alert of this ward.
	ErrLatched = errors.New("alert: latched until a person ends it")
)

// Refused reports whether err says that the step may not be taken, rather than
// that it could not be written.
func Refused(err error) bool {
	for _, r := range []error{ErrAlreadyAccepted, ErrResolved, ErrUnknown, ErrAlreadyRaised, ErrUnknownMove,
		ErrNobody, ErrNoReason,
		ErrNoTarget, ErrNotAccepted, ErrNotYours, ErrAlreadyRejected, ErrOldClock, ErrAlreadyEscalated, ErrSkipsLevel,
		ErrTopLevel,
		ErrShown, ErrAlreadyCeased, ErrLatched, ErrNothingNew, ErrNotCalled, ErrChanged,
		ErrNotOnWay} {
		if errors.Is(err, r) {
			return true
		}
	}
	return false
}

// TakenError says who accepted first.
type TakenError struct{ Move Move }

// Error implements error.
func (e *TakenError) Error() string { return "alert: already accepted by " + e.Move.By }

// Unwrap makes errors.Is(err, ErrAlreadyAccepted) hold.
func (e *TakenError) Unwrap() error { return ErrAlreadyAccepted }
