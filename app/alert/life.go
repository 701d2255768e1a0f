package alert

import (
	"slices"
	"time"
)

// Stage is how far an alert has come.
type Stage string

// The stages. An alert is open from Waiting to Climbing.
const (
	Unraised  Stage = ""
	Waiting   Stage = "raised"    // committed; no station is known to have it
	OnStation Stage = "delivered" // some station has it
	OnScreen  Stage = "shown"     // some screen shows it
	Declined  Stage = "rejected"  // somebody turned it down, nobody has it
	Climbing  Stage = "escalated" // more than the first were called
	InHand    Stage = "accepted"
	Ended     Stage = "resolved"
)

// Open reports whether an alert at this stage waits for somebody.
func (s Stage) Open() bool { return s != Unraised && s != InHand && s != Ended }

// Life is where one alert stands: what its moves, in their order, add up to. It
// is the one place that says which step may follow which; the record asks it in
// the transaction that writes the step, and a station builds its picture with it.
// A Life is a value: With and Next return another.
type Life struct {
	Stage Stage
	// Turn counts how often the alert was given back; each turn starts at level 0
	// with a clock of its own.
	Turn  int
	Level int
	// Called is when those of the present level were called.
	Called time.Time
	// OpenedBy is the ID of the move that began the turn: what every escalation
	// of the turn is bound to.
	OpenedBy string
	// Ceased: the cause has ended, the alert is latched.
	Ceased bool

	// Before are the clocks that ran when the priority rose: none of them is held
	// back by it. They end with the next call.
	Before []Clocked
	// Rises counts how often the priority rose.
	Rises int

	Accepted, Back, Forward, Escalation, Resolved *Move
	Update                                        *Move  // the last
	Rejections                                    []Move // of this turn
	// OnWay are those who said in this turn that they are on their way.
	OnWay []Move
	// Asked are whom the forwards asked, in their order: they stay asked.
	Asked []Target
	// Delivered, Shown and Sounded are when the first station reported it.
	Delivered, Shown, Sounded time.Time
}

// Clocked is since when those who were called were waited for, by the rule of a
// priority.
type Clocked struct {
	Priority Priority
	Called   time.Time
}

// Rules are what a ward's policy says about an alert's life.
type Rules struct {
	Top      int  // the highest level of the path
	Latching bool // the end of the cause does not end it
}

// Next takes a step, or returns why it may not be taken and l as it is.
func (l Life) Next(m Move, r Rules) (Life, error) {
	if err := l.refuse(m, r); err != nil {
		return l, err
	}
	return l.With(m), nil
}

// Settle is the step as the record takes it: of this turn if it is a person's,
// of the next level if it names none, and a latched alert ceases where it would
// have ended.
func (l Life) Settle(m Move, r Rules) Move {
	if m.Kind != Escalated {
		m.Turn = l.Turn
	}
	if m.Kind == Escalated && m.Level == 0 {
		m.Level = l.Level + 1
	}
	if m.Kind == Resolved && m.By == "" && r.Latching && l.Stage.Open() {
		m.Kind = Ceased
	}
	return m
}

// Repeats is the move that m says again: a double tap, or a second try whose
// first reply was lost.
func (l Life) Repeats(m Move) (Move, bool) {
	switch {
	case m.By == "":
	case m.Kind == Accepted && l.Stage == InHand && l.Accepted.By == m.By:
		return *l.Accepted, true
	case m.Kind == TakenBack && l.Stage.Open() && l.Back != nil && l.Back.By == m.By && l.Back.ID == l.OpenedBy:
		return *l.Back, true
	case m.Kind == OnMyWay:
		for _, had := range l.OnWay {
			if l.Stage.Open() && had.By == m.By {
				return had, true
			}
		}
	case m.Kind == Rejected:
		for _, had := range l.Rejections {
			if l.Stage.Open() && had.By == m.By {
				return had, true
			}
		}
	}
	return Move{}, false
}

func (l Life) refuse(m Move, r Rules) error {
	switch {
	case m.Kind == Raised && l.Stage == Unraised:
		return nil
	case m.Kind == Raised:
		return ErrAlreadyRaised
	case l.Stage == Unraised && m.Kind.known():
		return ErrUnknown
	case m.Kind.Sighting():
		return nil // also of what ended meanwhile: it is what was seen
	case !m.Kind.known():
		return ErrUnknownMove
	case l.Stage == Ended:
		return ErrResolved
	case m.Kind == Updated && m.Change == nil:
		return ErrNothingNew
	}
	holds := l.Stage == InHand && m.By != "" && l.Accepted.By == m.By
	switch m.Kind {
	case Accepted, Rejected, TakenBack, Forwarded, OnMyWay, NotComing:
		if m.By == "" {
			return ErrNobody
		}
	}
	switch m.Kind {
	case Accepted, Rejected, Escalated, OnMyWay:
		if l.Stage == InHand {
			return &TakenError{Move: *l.Accepted}
		}
	}
	switch m.Kind {
	case Rejected:
		if m.Reason == "" {
			return ErrNoReason
		}
		if slices.ContainsFunc(l.Rejections, func(had Move) bool { return had.By == m.By }) {
			return ErrAlreadyRejected
		}
	case TakenBack:
		if l.Stage != InHand {
			return ErrNotAccepted
		}
		if !holds && m.Reason == "" {
			return ErrNotYours
		}
	case Forwarded:
		if m.To == "" {
			return ErrNoTarget
		}
		if l.Stage == InHand && !holds {
			return ErrNotYours
		}
	case NotComing:
		if !l.isOnWay(m.By) {
			return ErrNotOnWay
		}
	case Escalated:
		return l.refuseLevel(m, r)
	case Ceased:
		if l.Ceased {
			return ErrAlreadyCeased
		}
	case Resolved:
		if m.By == "" && r.Latching && l.Stage != InHand {
			return ErrLatched
		}
		if m.By != "" && !holds && m.Reason == "" {
			return ErrNoReason // who ends what they do not hold says why
		}
	}
	return nil
}

func (l Life) refuseLevel(m Move, r Rules) error {
	switch {
	case m.Turn != l.Turn:
		return ErrOldClock
	case m.Level <= l.Level:
		return ErrAlreadyEscalated
	case m.Level > r.Top:
		return ErrTopLevel
	case m.Level > l.Level+1:
		return ErrSkipsLevel
	case m.Reason == NotShown && !l.Shown.IsZero():
		return ErrShown // it was, before this clock was told
	}
	return nil
}

func (k MoveKind) known() bool {
	switch k {
	case Raised, Updated, Accepted, TakenBack, Rejected, Forwarded, OnMyWay, NotComing, Escalated, Ceased,
		Resolved:
		return true
	}
	return k.Sighting()
}

// With takes a step that was decided already: history is not judged again.
func (l Life) With(m Move) Life {
	switch m.Kind {
	case Raised:
		l.Turn, l.OpenedBy, l.Called = 0, m.ID, m.Alert.Received // the source's clock may be wrong
		if l.Called.IsZero() {
			l.Called = m.At
		}
		if l.Stage == Unraised {
			l.Stage = Waiting
		}
	case Updated:
		l = l.updated(m)
	case Delivered:
		l.Delivered = first(l.Delivered, m.At)
	case Shown:
		l.Shown = first(l.Shown, m.At)
	case Sounded:
		l.Sounded = first(l.Sounded, m.At)
	case Accepted:
		l.Stage, l.Accepted = InHand, held(m)
	case TakenBack:
		l.Back = held(m)
		l = l.reopened(m)
	case Forwarded:
		l.Forward, l.Asked = held(m), append(slices.Clip(l.Asked), m.To)
		if l.Stage == InHand {
			l = l.reopened(m)
		}
	case Rejected:
		l.Stage, l.Rejections = Declined, append(slices.Clip(l.Rejections), m)
	case OnMyWay:
		l.OnWay = append(slices.Clip(l.OnWay), m) // the stage and the clock stay
	case NotComing:
		l.OnWay = slices.DeleteFunc(slices.Clone(l.OnWay), func(had Move) bool { return had.By == m.By })
	case Escalated:
		l.Stage, l.Level, l.Escalation, l.Called = Climbing, max(l.Level, m.Level), held(m), m.At
		l.Before = nil
	case Ceased:
		l.Ceased = true
	case Resolved:
		l.Stage, l.Resolved = Ended, held(m)
	}
	return l.reached()
}

// isOnWay reports whether somebody said that they are on the way.
func (l Life) isOnWay(id string) bool {
	return slices.ContainsFunc(l.OnWay, func(m Move) bool { return m.By == id })
}

// held is a copy that outlives the call: of most moves none is needed.
func held(m Move) *Move { return &m }

// reached is l at the stage that the sightings bring it to.
func (l Life) reached() Life {
	switch {
	case l.Stage == Waiting && !l.Shown.IsZero(), l.Stage == OnStation && !l.Shown.IsZero():
		l.Stage = OnScreen
	case l.Stage == Waiting && !l.Delivered.IsZero():
		l.Stage = OnStation
	}
	return l
}

// reopened begins another turn: nobody has it, and the clock starts anew.
func (l Life) reopened(m Move) Life {
	l.Stage, l.Turn, l.Level, l.Called, l.OpenedBy = Waiting, l.Turn+1, 0, m.At, m.ID
	l.Accepted, l.Escalation, l.Rejections, l.OnWay, l.Before = nil, nil, nil, nil, nil
	return l
}

func first(had, now time.Time) time.Time {
	if had.IsZero() || now.Before(had) {
		return now
	}
	return had
}
