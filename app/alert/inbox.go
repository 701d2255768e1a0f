package alert

import (
	"sort"
	"sync"
	"time"
)

// historyKept bounds how many ended alerts an inbox remembers for its history
// tab. Open alerts are never dropped.
const historyKept = 200

// Inbox is one station's view of a ward's alerts: every move applied exactly
// once, whatever way and however often it arrives. It is safe for concurrent
// use.
//
// Moves may come from the stream and from the record, doubled and out of order.
// Each carries its whole alert, so the state of an alert is a pure function of
// the set of its moves, not of the order they came in.
type Inbox struct {
	mu     sync.Mutex
	alerts map[string]*item
	moves  map[string]int64 // move ID → Seq under which it was applied
}

type item struct {
	alert    Alert
	accepted *Move
	rejected map[string]Move // by staff ID
	resolved *Move
	shown    time.Time // when this station first had it
	late     time.Duration
}

// NewInbox makes an empty inbox.
func NewInbox() *Inbox {
	return &Inbox{alerts: map[string]*item{}, moves: map[string]int64{}}
}

// Apply takes one move. It returns false if the inbox has it already. replayed
// says that the move was missed and is filled in now, which the card then
// shows as lateness.
func (in *Inbox) Apply(m Move, now time.Time, replayed bool) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if seq, ok := in.moves[m.ID]; ok {
		if seq == 0 && m.Seq > 0 {
			in.settle(m) // the record has now taken what the stream told first
		}
		return false
	}
	in.moves[m.ID] = m.Seq
	it := in.alerts[m.Alert.ID]
	if it == nil {
		it = &item{alert: m.Alert, rejected: map[string]Move{}, shown: now}
		if replayed && !m.Alert.Received.IsZero() {
			it.late = max(now.Sub(m.Alert.Received), 0)
		}
		in.alerts[m.Alert.ID] = it
	}
	it.apply(m)
	in.trim()
	return true
}

// settle gives an applied move the place that the record decided.
func (in *Inbox) settle(m Move) {
	in.moves[m.ID] = m.Seq
	if it := in.alerts[m.Alert.ID]; it != nil {
		it.apply(m)
	}
}

func (it *item) apply(m Move) {
	switch m.Kind {
	case Accepted:
		// Only the record makes a winner: a move with a place in the record
		// beats one that has none yet.
		if it.accepted == nil || it.accepted.Seq == 0 && m.Seq > 0 {
			it.accepted = &m
		}
	case Rejected:
		it.rejected[m.By] = m
	case Resolved:
		if it.resolved == nil || it.resolved.Seq == 0 && m.Seq > 0 {
			it.resolved = &m
		}
	}
}

// trim forgets the oldest ended alerts beyond historyKept, and their moves'
// alerts; move IDs are kept so that a late double stays a double.
func (in *Inbox) trim() {
	var ended []*item
	for _, it := range in.alerts {
		if it.resolved != nil {
			ended = append(ended, it)
		}
	}
	if len(ended) <= historyKept {
		return
	}
	sort.Slice(ended, func(i, j int) bool { return ended[i].resolved.At.Before(ended[j].resolved.At) })
	for _, it := range ended[:len(ended)-historyKept] {
		delete(in.alerts, it.alert.ID)
	}
}

func (it *item) card() Card {
	c := Card{Alert: it.alert, State: Open, Late: it.late}
	switch {
	case it.resolved != nil:
		c.State = EndedByCause
	case it.accepted != nil:
		c.State = TakenInHand
	}
	if it.accepted != nil {
		c.TakenBy, c.TakenAt = it.accepted.ByName, it.accepted.At
	}
	return c
}

// Cards returns every alert not yet resolved, most urgent first, then oldest
// first; accepted ones stand behind open ones of the same priority.
func (in *Inbox) Cards() []Card {
	return in.list(func(it *item) bool { return it.resolved == nil })
}

// History returns the resolved alerts, latest first.
func (in *Inbox) History() []Card {
	cards := in.list(func(it *item) bool { return it.resolved != nil })
	sort.SliceStable(cards, func(i, j int) bool { return cards[i].Alert.Received.After(cards[j].Alert.Received) })
	return cards
}

func (in *Inbox) list(keep func(*item) bool) []Card {
	in.mu.Lock()
	out := make([]Card, 0, len(in.alerts))
	for _, it := range in.alerts {
		if keep(it) {
			out = append(out, it.card())
		}
	}
	in.mu.Unlock()
	sort.Slice(out, func(i, j int) bool { return before(out[i], out[j]) })
	return out
}

func before(a, b Card) bool {
	if x, y := a.Alert.Priority.Rank(), b.Alert.Priority.Rank(); x != y {
		return x < y
	}
	if (a.State == Open) != (b.State == Open) {
		return a.State == Open
	}
	if !a.Alert.Received.Equal(b.Alert.Received) {
		return a.Alert.Received.Before(b.Alert.Received)
	}
	return a.Alert.ID < b.Alert.ID
}

// Urgent returns the most urgent open priority of each patient.
func (in *Inbox) Urgent() map[string]Priority {
	out := map[string]Priority{}
	for _, c := range in.Cards() { // most urgent first
		if _, ok := out[c.Alert.Patient]; !ok && c.State == Open && c.Alert.Patient != "" {
			out[c.Alert.Patient] = c.Alert.Priority
		}
	}
	return out
}

// Unrecorded returns the moves that the record has not taken yet.
func (in *Inbox) Unrecorded() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	var ids []string
	for id, seq := range in.moves {
		if seq == 0 {
			ids = append(ids, id)
		}
	}
	return ids
}
