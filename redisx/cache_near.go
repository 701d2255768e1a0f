package redisx

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
	"time"
)

// near holds this process's own copies of values, decoded. They serve three
// ends: shown as Stale when both Redis and the record are away; spared from
// being decoded again when Redis answers with the bytes they came from; and,
// with NearFresh, served without asking, while a proved link would have told of
// any change.
//
// The link is a plain channel of this package's own, not RESP3 client tracking.
// Both bring a change in about the same time (2.3 ms from the write to the new
// value, against 2.3 to 4.4 ms for tracking), but go-redis' tracking works
// neither with Sentinel nor in a Cluster nor with a rotating password, served an
// old value for as long as it was watched (22 s) when its connection fell
// silent, and the right to use it on Redis 7.0 shows a user every key's name.
// The channel survives all of these: a failover or a restart is a new
// subscription, which makes every copy one that has to be asked for once; and
// in a Cluster, where messages cross from node to node, a probe is demanded back
// from every primary (see proveCluster).
//
// A copy is fresh only if it was read from Redis after the present subscription
// began and no change of its ID was heard since that read began. So a value
// that was on its way while it changed is not kept as fresh.
type near[T any] struct {
	max  int
	seed maphash.Seed

	// When the newest proof of the link was sent, in nanoseconds since start, and
	// until when it holds, by both clocks: the monotonic one stands still while a
	// computer sleeps. 0: no proof.
	proof, until, untilWall atomic.Int64
	found, missing          time.Duration // how old a copy may be, by whether there is a value

	mu     sync.RWMutex
	copies map[string]*nearCopy[T]
	epoch  uint64 // counts subscriptions
	heard  uint64 // counts changes
	// changed is the newest change by a hash of its ID: bounded memory, and two
	// IDs that share a place cost one more question to Redis.
	changed [1024]uint64
}

// nearCopy is one value. Once it is kept, the first part of it never changes;
// the second changes under the lock.
type nearCopy[T any] struct {
	value    T
	found    bool
	revision int64
	raw      string    // what Redis held; "" for a value from the record
	stored   time.Time // the server's time when it was put into Redis
	key      any       // its key in Redis, so that a board does not build it again

	loaded, confirmed time.Time // as in Entry
	epoch             uint64    // of the subscription under which it is fresh; 0 for none
}

// moment is when a read began, in the order of subscriptions and changes.
type moment struct {
	epoch, heard uint64
	at           time.Time
}

func newNear[T any](max int, found, missing time.Duration) *near[T] {
	return &near[T]{max: max, found: found, missing: missing,
		seed: maphash.MakeSeed(), copies: make(map[string]*nearCopy[T])}
}

func (n *near[T]) place(id string) *uint64 {
	return &n.changed[maphash.String(n.seed, id)%uint64(len(n.changed))]
}

// begin is called before a read.
func (n *near[T]) begin() moment {
	at := time.Now()
	n.mu.RLock()
	defer n.mu.RUnlock()
	return moment{n.epoch, n.heard, at}
}

// fresh hands out a copy that needs no question. It does not allocate.
func (n *near[T]) fresh(id string) (e Entry[T], ok bool) {
	until := n.until.Load()
	if until == 0 {
		return e, false
	}
	now := time.Now()
	if int64(now.Sub(start)) >= until || now.UnixNano() >= n.untilWall.Load() {
		return e, false
	}
	// Before the copy is looked at: every change ahead of this proof has been taken
	// in, so a copy that is still fresh was so when the proof was sent. Looked at
	// afterwards, a copy from before a change could get a proof from behind it.
	proved := start.Add(time.Duration(n.proof.Load()))
	n.mu.RLock()
	if c := n.copies[id]; c != nil && c.epoch != 0 && c.epoch == n.epoch {
		limit := n.found
		if !c.found {
			limit = n.missing
		}
		if now.Sub(c.loaded) <= limit {
			e, ok = c.entry(), true
		}
	}
	n.mu.RUnlock()
	if ok && proved.After(e.Confirmed) {
		e.Confirmed = proved
	}
	return e, ok
}

// entry is the copy as it is handed out; the caller holds the lock.
func (c *nearCopy[T]) entry() Entry[T] {
	return Entry[T]{Value: c.value, Found: c.found, Loaded: c.loaded, Confirmed: c.confirmed, Source: Near}
}

// last is the copy of an ID, fresh or not.
func (n *near[T]) last(id string) (e Entry[T], ok bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if c := n.copies[id]; c != nil {
		e, ok = c.entry(), true
	}
	return e, ok
}

// known are the copies of these IDs, nil where there is none, for looking at
// what never changes in them.
func (n *near[T]) known(ids []string) []*nearCopy[T] {
	out := make([]*nearCopy[T], len(ids))
	n.mu.RLock()
	defer n.mu.RUnlock()
	for i, id := range ids {
		out[i] = n.copies[id]
	}
	return out
}

// seen is a copy with when it was read.
type seen[T any] struct {
	id                string
	copy              *nearCopy[T] // a new one, or one from known that Redis confirmed
	loaded, confirmed time.Time
}

// keep remembers copies, unless better ones are there. Those that Redis gave
// are fresh if nothing changed since the read began.
func (n *near[T]) keep(list []seen[T], began moment) {
	if n.max < 0 || len(list) == 0 {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, s := range list {
		c, have := s.copy, n.copies[s.id]
		switch {
		case have == nil:
			for other := range n.copies { // any
				if len(n.copies) < n.max {
					break
				}
				delete(n.copies, other)
			}
		case have.confirmed.After(s.confirmed):
			continue
		case c.raw != "" && have.revision > c.revision:
			continue // the record may go back to a lower revision, Redis may not
		}
		c.loaded, c.confirmed, c.epoch = s.loaded, s.confirmed, 0
		if c.raw != "" && began.epoch == n.epoch && *n.place(s.id) <= began.heard {
			c.epoch = n.epoch
		}
		n.copies[s.id] = c
	}
}

// change makes copies stale: a change of their ID was heard or made.
func (n *near[T]) change(ids ...string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, id := range ids {
		n.heard++
		*n.place(id) = n.heard
		if c := n.copies[id]; c != nil {
			c.epoch = 0
		}
	}
}

// subscribed begins a new subscription: nothing known before it is fresh.
func (n *near[T]) subscribed() {
	n.until.Store(0)
	n.mu.Lock()
	n.epoch++
	n.mu.Unlock()
}

// proved notes a proof that was sent at that time and holds for limit.
func (n *near[T]) proved(sent time.Time, limit time.Duration) {
	at := int64(sent.Sub(start))
	n.proof.Store(at)
	n.untilWall.Store(sent.Add(limit).UnixNano())
	n.until.Store(at + int64(limit))
}

// lost ends freshness at once.
func (n *near[T]) lost() { n.until.Store(0) }

func (n *near[T]) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	clear(n.copies)
	n.epoch++ // a read under way is not remembered as fresh; the link goes on
}
