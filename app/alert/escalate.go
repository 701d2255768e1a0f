package alert

import (
	"fmt"
	"slices"
	"time"
)

// Why an alert escalated, as it stands in the move's Reason.
const (
	NotAnswered = "not-answered" // nobody accepted it in time
	AllRejected = "all-rejected" // all who could answer turned it down
	NotShown    = "not-shown"    // no screen is known to show it
)

// Escalation is the move that calls the next level. Its ID is the same on every
// station and in Redis, so that however many fire, it is one move.
func Escalation(a Alert, p Policy, turn, level int, reason string, at time.Time) Move {
	return Move{ID: fmt.Sprintf("escalated:%s:%d:%d", a.ID, turn, level), Kind: Escalated, Alert: a,
		Turn: turn, Level: level,
		To: p.For(a.Priority).At(level), Reason: reason, At: at}
}

// Follows is the move that m brings about at once: when all who were called have
// rejected, waiting helps nobody. l is the life after m. Without a list of who
// was called, whoever rejected counts as the only one.
func (l Life) Follows(m Move, p Policy, a Alert) (Move, bool) {
	if m.Kind != Rejected || !l.Stage.Open() || l.Level >= p.For(a.Priority).Rules().Top {
		return Move{}, false
	}
	for _, id := range m.Called {
		if !slices.ContainsFunc(l.Rejections, func(r Move) bool { return r.By == id }) {
			return Move{}, false
		}
	}
	return Escalation(a, p, l.Turn, l.Level+1, AllRejected, m.At), true
}

// Due is the next escalation of an alert that waits.
type Due struct {
	At     time.Time
	Turn   int
	Level  int
	To     Target
	Reason string
}

// Due is when an alert escalates next unless somebody answers. false: never.
func (p Policy) Due(a Alert, l Life) (Due, bool) {
	r := p.For(a.Priority)
	if !l.Stage.Open() || l.Level >= r.Rules().Top {
		return Due{}, false
	}
	d := Due{Turn: l.Turn, Level: l.Level + 1, To: r.At(l.Level + 1), Reason: NotAnswered}
	if r.After > 0 {
		d.At = l.Called.Add(r.After.D())
	}
	if l.Level == 0 && l.Shown.IsZero() && p.Unshown > 0 {
		if at := l.Called.Add(p.Unshown.D()); d.At.IsZero() || at.Before(d.At) {
			d.At, d.Reason = at, NotShown
		}
	}
	for _, w := range l.Before {
		if after := p.For(w.Priority).After.D(); after > 0 && !d.At.IsZero() {
			d.At = earlier(d.At, w.Called.Add(after))
		}
	}
	return d, !d.At.IsZero()
}

// DueStep is the escalation that a recorded alert waits for; In is how long yet,
// by the record's clock, negative when it is overdue.
type DueStep struct {
	Alert  Alert
	Turn   int
	Level  int
	Reason string
	In     time.Duration
}
