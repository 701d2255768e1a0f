package alert

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// historyKept bounds how many ended alerts an inbox remembers for its history
	// tab. Open alerts are never dropped.
	historyKept = 200
	// goneKept bounds how many forgotten alerts are known to have been there.
	goneKept = 100_000
)

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
	ended  []string // in the order in which they ended here
	gone   gone
	policy Policy
	shift  Shift
	names  map[string]string // one copy of the texts that all alerts share
	// newest is which alert of an ID that was used again is the last: see [Root].
	newest map[string]int
	// guessed are moves of the stream that the record may take for another alert
	// than this station does, by their ID.
	guessed map[string]string
}

// item is one alert. A storm makes tens of thousands of them, so it is small: the
// move that raised it is kept as its ID and place, the others without the alert
// that they share, and the life only of what more than that happened to.
type item struct {
	alert  Alert  // with what the record has not taken yet
	base   *Alert // without that; nil: there is none
	told   int64  // the place in the record of the move from which alert is; 0: of none
	raised string // move ID; "" while only later moves came
	at     int64  // of raised, Unix ns
	place  int64  // of raised in the record
	moves  []Move
	folded *Life    // nil: it was raised, no more
	seen   [3]int64 // delivered, shown, sounded, as this station reported: Unix ns
	called int64    // when those of the level were called, by this station's clock: Unix ns; 0: nobody
	late   time.Duration
}

// NewInbox makes an empty inbox under the default policy.
func NewInbox() *Inbox {
	return &Inbox{alerts: map[string]*item{}, policy: DefaultPolicy(), names: map[string]string{},
		newest: map[string]int{}, guessed: map[string]string{},
		gone: gone{seed: maphash.MakeSeed(), has: map[uint64]struct{}{}}}
}

// SetPolicy says how the ward's alerts escalate, for the countdowns.
func (in *Inbox) SetPolicy(p Policy) {
	in.mu.Lock()
	in.policy = p
	in.mu.Unlock()
}

// SetShift says who could be called now. Until it is said everyone is.
func (in *Inbox) SetShift(s Shift) {
	in.mu.Lock()
	in.shift = s
	in.mu.Unlock()
}

// Call is whom an alert calls now; everyone for one that is not known here.
func (in *Inbox) Call(alertID string) Call {
	in.mu.Lock()
	defer in.mu.Unlock()
	it := in.alerts[alertID]
	if it == nil {
		return Call{Everyone: true}
	}
	return in.call(it)
}

func (in *Inbox) call(it *item) Call {
	l := it.life()
	c := in.shift.Call(it.alert, in.policy.For(it.alert.Priority), l.Level, l.Forward)
	if l.Stage == InHand && l.Rises > 0 && !c.Names(l.Accepted.By) {
		// It rang again: whoever has it must hear that too.
		c.Nurses = append(slices.Clip(c.Nurses), Nurse{ID: l.Accepted.By, Name: l.Accepted.ByName})
	}
	return c
}

// Calls is whom an alert calls now, and the staff IDs of those of them who are here
// and may accept it. known is false where this station cannot tell who is here.
func (in *Inbox) Calls(alertID string) (c Call, who []string, known bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	it := in.alerts[alertID]
	if it == nil {
		return Call{Everyone: true}, nil, false
	}
	c = in.call(it)
	asked := it.life().Asked
	for id, role := range in.shift.Here {
		how := Relate(id, role, "", in.shift.Nurses[it.alert.Patient], asked, false)
		if c.Calls(id, role) && RightsTo(role, how, c.Reach()).Accept {
			who = append(who, id)
		}
	}
	slices.Sort(who)
	return c, who, in.shift.Known
}

// Policy is the one in force.
func (in *Inbox) Policy() Policy {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.policy
}

// Apply takes one move. It returns false if the inbox has it already. replayed
// says that the move was missed and is filled in now, which the card then
// shows as lateness.
func (in *Inbox) Apply(m Move, now time.Time, replayed bool) bool {
	_, is := in.Take(m, now, replayed)
	return is
}

// Take is [Inbox.Apply], and returns the move as it was taken: what raises an
// alert that is there is an update of it, or raises a further one.
func (in *Inbox) Take(m Move, now time.Time, replayed bool) (Move, bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	m, is := in.again(m)
	if !is {
		return m, false
	}
	it := in.alerts[m.Alert.ID]
	if it == nil {
		if in.gone.is(m.Alert.ID) {
			return m, false // it ended, and was forgotten: this is a late double
		}
		it = &item{alert: in.shared(m.Alert)}
		if replayed && !m.Alert.Received.IsZero() {
			it.late = max(now.Sub(m.Alert.Received), 0)
		}
		in.alerts[m.Alert.ID] = it
		if root, n := Root(m.Alert.ID); n > in.newest[root] && n > 1 {
			in.newest[root] = n
		}
	}
	was, floor := it.life(), it.alert.Priority
	had, changed := it.take(m)
	if m.Seq > it.told {
		in.tell(it, m)
		changed = true
	}
	if !changed {
		return m, false
	}
	it.fold(floor)
	after := it.life()
	switch {
	case after.Called.Equal(was.Called):
	case replayed:
		it.called = earlier(after.Called, now).UnixNano()
	default:
		it.called = now.UnixNano() // heard as it happened: no other clock is needed
	}
	if was.Stage != Ended && after.Stage == Ended {
		in.ended = append(in.ended, it.alert.ID)
		in.trim()
	}
	return m, !had
}

// again is a move as this inbox takes it, or false for one that says nothing new.
// While the record is away nobody can say what a message is whose alert is there
// already: each station decides as the record will, and the record puts it right.
func (in *Inbox) again(m Move) (Move, bool) {
	if guess, had := in.guessed[m.ID]; had {
		if m.Seq == 0 {
			return m, false
		}
		delete(in.guessed, m.ID)
		if guess != m.Alert.ID {
			in.withdraw(guess, m.ID)
		}
		return m, true
	}
	if m.Kind != Raised || m.Seq > 0 {
		return m, true
	}
	root, _ := Root(m.Alert.ID)
	newest := Nth(root, in.newest[root])
	it := in.alerts[newest]
	if it == nil || it.raised == "" {
		return m, true
	}
	for n := in.newest[root]; n >= 0; n-- {
		if had := in.alerts[Nth(root, n)]; had != nil && had.has(m.ID) {
			return m, false
		}
	}
	m, is := it.life().Again(it.alert, m)
	if is {
		m.Alert = in.shared(m.Alert)
		in.guessed[m.ID] = m.Alert.ID
	}
	return m, is
}

// has reports whether a move is among an alert's.
func (it *item) has(moveID string) bool {
	return it.raised == moveID || slices.ContainsFunc(it.moves, func(m Move) bool { return m.ID == moveID })
}

// tell takes the alert as a move of the record has it: the last in its order
// counts.
func (in *Inbox) tell(it *item, m Move) {
	a := in.shared(m.Alert)
	a.ID = it.alert.ID // one text for both
	it.alert, it.base, it.told = a, nil, m.Seq
}

// take keeps a move. had: it was there, and the record has now taken what the
// stream told first. changed is false for a double.
func (it *item) take(m Move) (had, changed bool) {
	n := slices.IndexFunc(it.moves, func(had Move) bool { return had.ID == m.ID })
	if m.Kind == Raised {
		had = it.raised != ""
		if had && (it.place > 0 || m.Seq == 0) {
			return true, false
		}
		if n >= 0 { // an update, as this station took it
			it.moves = slices.Delete(it.moves, n, n+1)
		}
		it.raised, it.at, it.place = m.ID, m.At.UnixNano(), m.Seq
		if id, is := strings.CutPrefix(m.ID, "raised:"); is && id == it.alert.ID {
			it.alert.ID = id // one text for both
		}
		return had, true
	}
	if m.Kind != Updated || m.Seq > 0 {
		m.Alert = Alert{}
	}
	switch {
	case n < 0:
		it.moves = append(slices.Grow(it.moves, 1), m)
		return false, true
	case it.moves[n].Seq > 0 || m.Seq == 0:
		return true, false
	}
	it.moves[n] = m
	return true, true
}

// Withdraw takes a move back that the record refused.
func (in *Inbox) Withdraw(alertID, moveID string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if guess, is := in.guessed[moveID]; is {
		delete(in.guessed, moveID)
		alertID = guess
	}
	in.withdraw(alertID, moveID)
}

func (in *Inbox) withdraw(alertID, moveID string) {
	it := in.alerts[alertID]
	if it == nil {
		return
	}
	if _, n := Root(alertID); n > 1 && it.raised == moveID && it.place == 0 {
		// The record knows no such further alert.
		it.raised = ""
		if len(it.moves) == 0 {
			delete(in.alerts, alertID)
			return
		}
	}
	it.moves = slices.DeleteFunc(it.moves, func(m Move) bool { return m.ID == moveID && m.Seq == 0 })
	it.fold(it.alert.Priority)
}

// shared gives an alert the texts that others have already, so that a storm does
// not hold the ward's name a thousand times.
func (in *Inbox) shared(a Alert) Alert {
	for _, s := range []*string{&a.Ward, &a.Patient, &a.Bed, &a.Source, (*string)(&a.Priority), &a.Text, &a.Sent,
		(*string)(&a.Holders)} {
		had, is := in.names[*s]
		if !is && len(in.names) < 10_000 {
			in.names[*s], had, is = *s, *s, true
		}
		if is {
			*s = had
		}
	}
	return a
}

// fold makes the life of the moves: those with a place in the record first, in
// its order. Only the record makes a winner: what it has not taken yet counts
// where it may follow. floor is the priority that this station has seen: it does
// not fall.
func (it *item) fold(floor Priority) {
	if it.base != nil {
		it.alert, it.base = *it.base, nil
	}
	defer func() {
		if floor.Rank() < it.alert.Priority.Rank() {
			it.alert.Priority = floor
		}
	}()
	if it.folded = nil; len(it.moves) == 0 {
		return
	}
	slices.SortStableFunc(it.moves, func(a, b Move) int {
		switch {
		case a.Seq == b.Seq:
			return a.At.Compare(b.At)
		case a.Seq == 0:
			return 1
		case b.Seq == 0 || a.Seq < b.Seq:
			return -1
		}
		return 1
	})
	l := it.begun()
	var recorded time.Time // of the last update that the record has
	for n := range it.moves {
		m := &it.moves[n]
		if m.Kind == Updated && m.Seq == 0 {
			it.overlay(m, l, recorded)
		}
		if m.Seq > 0 {
			if l = l.With(*m); m.Kind == Updated {
				recorded = m.At
			}
		} else if next, err := l.Next(*m, Rules{Top: 1 << 20}); err == nil {
			l = next
		}
		if l.Escalation != nil && l.Escalation.ID == m.ID {
			l.Escalation = m // one copy is enough
		}
	}
	it.folded = &l
}

// overlay puts an update that the record has not taken upon the alert. What was
// said before what is known, and came after it, only adds to it.
func (it *item) overlay(m *Move, l Life, recorded time.Time) {
	if !l.Stage.Open() && l.Stage != InHand {
		return
	}
	if it.base == nil {
		had := it.alert
		it.base = &had
	}
	was := it.alert
	if m.At.Before(recorded) || m.At.UnixNano() < it.at && it.place == 0 {
		it.alert = m.Alert.with(was)
		it.alert.ID, it.alert.Raised, it.alert.Received = was.ID, was.Raised, was.Received
	} else {
		it.alert = was.with(m.Alert)
	}
	m.Change = &Change{Was: was.said(), Is: it.alert.said()}
}

// begun is the life of an alert to which nothing happened yet.
func (it *item) begun() (l Life) {
	if it.raised == "" {
		return l
	}
	return l.With(Move{ID: it.raised, Kind: Raised, At: since(it.at), Alert: Alert{Received: it.alert.Received}})
}

// life is where the alert stands.
func (it *item) life() Life {
	var l Life
	if it.folded != nil {
		l = *it.folded
	} else {
		l = it.begun()
	}
	for n, at := range []*time.Time{&l.Delivered, &l.Shown, &l.Sounded} {
		if it.seen[n] != 0 {
			*at = first(*at, since(it.seen[n]))
		}
	}
	return l.reached()
}

// since is a moment that was kept as Unix ns.
func since(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return time.Unix(0, ns).UTC()
}

// Saw notes that this station has, shows or sounds an alert. It returns true the
// first time.
func (in *Inbox) Saw(kind MoveKind, alertID string, at time.Time) bool {
	n := slices.Index([]MoveKind{Delivered, Shown, Sounded}, kind)
	in.mu.Lock()
	defer in.mu.Unlock()
	it := in.alerts[alertID]
	if n < 0 || it == nil || it.seen[n] != 0 {
		return false
	}
	it.seen[n] = at.UnixNano()
	return true
}

// Life is where an alert stands here, and what it is; false if there is none.
func (in *Inbox) Life(alertID string) (Life, Alert, bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	it := in.alerts[alertID]
	if it == nil {
		return Life{}, Alert{}, in.gone.is(alertID)
	}
	return it.life(), it.alert, true
}

// Overdue lists the escalations that this station's own clock finds due at now.
// It is what is left when neither Redis nor the record can be asked.
func (in *Inbox) Overdue(now time.Time) []DueStep {
	in.mu.Lock()
	defer in.mu.Unlock()
	var out []DueStep
	for _, it := range in.alerts {
		if d, is := it.due(in.policy); is && !d.At.After(now) {
			out = append(out,
				DueStep{Alert: it.alert, Turn: d.Turn, Level: d.Level, Reason: d.Reason, In: d.At.Sub(now)})
		}
	}
	return out
}

// due is when an alert escalates next by this station's clock.
func (it *item) due(p Policy) (Due, bool) {
	l := it.life()
	l.Called = since(it.called)
	return p.Due(it.alert, l)
}

// trim forgets the oldest ended alerts beyond historyKept; that they were there
// is remembered, so that a late double stays a double.
func (in *Inbox) trim() {
	for len(in.ended) > historyKept {
		id := in.ended[0]
		in.ended = in.ended[1:]
		delete(in.alerts, id)
		in.gone.add(id)
	}
	if len(in.newest) > goneKept {
		clear(in.newest)
	}
	if len(in.guessed) > goneKept {
		clear(in.guessed)
	}
	if len(in.alerts) <= historyKept && len(in.names) > 1000 {
		clear(in.names)
	}
}

// Unrecorded returns the moves that the record has not taken yet.
func (in *Inbox) Unrecorded() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	var ids []string
	for _, it := range in.alerts {
		if it.raised != "" && it.place == 0 {
			ids = append(ids, it.raised)
		}
		for _, m := range it.moves {
			if m.Seq == 0 {
				ids = append(ids, m.ID)
			}
		}
	}
	return ids
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// gone remembers the last IDs that were forgotten, by hash.
type gone struct {
	seed maphash.Seed
	has  map[uint64]struct{}
	ring []uint64
	next int
}

func (g *gone) is(id string) bool {
	_, is := g.has[maphash.String(g.seed, id)]
	return is
}

func (g *gone) add(id string) {
	h := maphash.String(g.seed, id)
	if len(g.ring) < goneKept {
		g.ring = append(g.ring, h)
	} else {
		delete(g.has, g.ring[g.next])
		g.ring[g.next] = h
		g.next = (g.next + 1) % goneKept
	}
	g.has[h] = struct{}{}
}
