package alert

import (
	"errors"

	"github.com/wardlight/wardlight/app/staff"
)

// Claim is what a station knows of the person who makes a move, beyond the record.
// The record decides by it and by what it holds itself; it is used, not kept.
type Claim struct {
	// Ward is that for which the session was checked: the record takes a move of an
	// alert of no other.
	Ward string
	// Emergency: by emergency access, whose use was written down.
	Emergency bool
	// Reach is how far the call has come by who is signed in, which the record does
	// not know. It only ever widens who may answer.
	Reach Reach
	// AsOf is what the person read; nil: whatever is there now.
	AsOf *AsOf
}

// AsOf names what an alert said when somebody read it.
type AsOf struct {
	Turn int
	Said string // ID of the last update, or ""
}

// Read is an alert as a person read it who takes a step on it, from a card of its own or one of several.
type Read struct {
	Alert Alert
	AsOf  *AsOf // nil: whatever it says now
}

// Refusals by what somebody may.
var (
	// ErrNotCalled means a step of a person who may not take it; it is wrapped by a
	// [*NotCalledError].
	ErrNotCalled = errors.New("alert: not called")
	// ErrChanged means that the alert is no more what the person read.
	ErrChanged = errors.New("alert: changed since it was read")
)

// NotCalledError says who could not take which step.
type NotCalledError struct {
	Kind MoveKind
	Role staff.Role
}

func (c *Claim) asOf() *AsOf {
	if c == nil {
		return nil
	}
	return c.AsOf
}

// AsOf is what the card says now.
func (c Card) AsOf() AsOf { return AsOf{Turn: c.Turn, Said: c.Said} }

// Read is the card's alert as a person reads it there: a step with it is of that, and of nothing
// that it says later.
func (c Card) Read() Read {
	asOf := c.AsOf()
	return Read{Alert: c.Alert, AsOf: &asOf}
}

// Read is an alert as it says now, as [Card.Read]; false for one that is not known here.
func (in *Inbox) Read(alertID string) (Read, bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	it := in.alerts[alertID]
	if it == nil {
		return Read{}, false
	}
	asOf := it.life().asOf()
	return Read{Alert: it.alert, AsOf: &asOf}, true
}

// Holds reports whether a person has the alert in hand.
func (l Life) Holds(id string) bool { return id != "" && l.Stage == InHand && l.Accepted.By == id }

// AsRead is [ErrChanged] where what somebody read who takes a step is no more what is there.
func (l Life) AsRead(m Move) error {
	if c := m.Claim; c.AsOf != nil && *c.AsOf != l.asOf() {
		return ErrChanged
	}
	return nil
}

// Check decides a person's step: [ErrNotCalled], or [ErrChanged] as [Life.AsRead]. role and nurses are the
// record's.
func (l Life) Check(m Move, role staff.Role, a Alert, nurses []Nurse, r Rule) error {
	if err := l.AsRead(m); err != nil {
		return err
	}
	c := m.Claim
	state, holder := Open, ""
	if l.Stage == InHand {
		state, holder = TakenInHand, l.Accepted.By
	}
	how := Relate(m.By, role, holder, nurses, l.Asked, c.Emergency)
	rights := RightsTo(role, how, max(l.Reach(a, r), c.Reach)).While(state, how == Holds, l.isOnWay(m.By))
	if rights.Allow(m.Kind) {
		return nil
	}
	return &NotCalledError{Kind: m.Kind, Role: role}
}

func (l Life) asOf() AsOf {
	out := AsOf{Turn: l.Turn}
	if l.Update != nil {
		out.Said = l.Update.ID
	}
	return out
}

// Error implements error.
func (e *NotCalledError) Error() string {
	return "alert: " + string(e.Role) + " may not: " + string(e.Kind)
}

// Is makes errors.Is hold for [ErrNotCalled], and for [staff.ErrNotAllowed]: it is
// a refusal by rights like all others.
func (e *NotCalledError) Is(target error) bool {
	return target == ErrNotCalled || target == staff.ErrNotAllowed
}
