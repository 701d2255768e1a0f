package patient

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// OxygenTarget is a prescriber's recorded decision that a patient's SpO2 is scored
// on scale 2 of NEWS2, for a target range. Scale 2 is for confirmed hypercapnic
// respiratory failure; without such a decision scale 1 holds. Times are UTC.
type OxygenTarget struct {
	ID         string    `json:"id"`
	Patient    string    `json:"patient"`
	Prescriber string    `json:"prescriber"` // as named by the person who recorded it
	Low        int       `json:"low"`        // percent
	High       int       `json:"high"`       // percent
	Decided    time.Time `json:"decided"`
	Recorded   time.Time `json:"recorded"` // zero means now
	By         string    `json:"by"`       // who recorded it: staff ID
	ByName     string    `json:"byName,omitempty"`
	Ended      time.Time `json:"ended,omitzero"` // zero while it holds
	EndedBy    string    `json:"endedBy,omitempty"`
	Reason     string    `json:"reason,omitempty"` // why it was ended
	// Instead is the ID of the decision that the person saw hold when they made this one, "" if none did.
	// It is asked when this one is recorded, and not kept.
	Instead string `json:"-"`
}

// What is ended, or replaced, is what the person saw: these say that it is not what is there. Nothing was recorded.
var (
	// ErrOtherDecision means that another decision holds now, or that one does where none did.
	ErrOtherDecision = errors.New("patient: another decision holds")
	// ErrEnded means that somebody else, another system, or what came in its place ended it before.
	ErrEnded = errors.New("patient: ended before")
	// ErrNotInChart means that it is in another patient's chart by now, or in none.
	ErrNotInChart = errors.New("patient: not in this chart")
)

// The range that scale 2 of NEWS2 is made for, in percent, and the bounds outside
// of which a target is a slip of the finger.
const (
	TargetLow   = 88
	TargetHigh  = 92
	leastTarget = 80
	mostTarget  = 98
)

// Holds reports whether the decision has not been ended.
func (o OxygenTarget) Holds() bool { return o.Ended.IsZero() }

// Range is the target as it is read: "88–92 %".
func (o OxygenTarget) Range() string { return fmt.Sprintf("%d–%d\u00a0%%", o.Low, o.High) }

// Valid reports whether the decision says all that it must.
func (o OxygenTarget) Valid() bool {
	return o.ID != "" && o.Prescriber != "" && o.Low >= leastTarget && o.Low < o.High && o.High <= mostTarget &&
		!o.Decided.IsZero()
}

// Signed is the person who signs a change, for the record and its audit.
type Signed struct {
	Staff   string
	Role    string
	Station string
	Session string // public session handle
	// Ward is where they do, by ID: a patient who is on another is gone. Knowing is what
	// they know of a patient who left, moved or died: without it nothing new is taken for
	// one.
	Ward    string
	Knowing Gone
}

// OxygenTargets keeps the decisions. The record is the only place where one can
// come from: a flag that another system sends does not make one.
type OxygenTargets interface {
	// SetOxygenTarget records a decision, in place of the one that the person saw hold, if any. Errors:
	// [ErrOtherDecision].
	SetOxygenTarget(ctx context.Context, o OxygenTarget, by Signed) error
	// EndOxygenTarget ends the decision with an ID: scale 1 again. For a patient who was merged it is the
	// survivor's. The same again changes nothing. Errors: [ErrOtherDecision], [ErrEnded], [ErrNotInChart].
	EndOxygenTarget(ctx context.Context, patientID, id, reason string, by Signed) error
	// OxygenTargets lists a patient's decisions, the newest first.
	OxygenTargets(ctx context.Context, patientID string) ([]OxygenTarget, error)
}
