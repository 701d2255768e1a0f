package redisx

import (
	"context"
	"strings"
)

// LockKind is what happened to a lock.
type LockKind string

// What can happen to a lock. A lock whose holder vanished runs out without an
// announcement, and a waiter that vanished leaves without one: read Holders
// again from time to time.
const (
	LockTaken     LockKind = "taken"
	LockTakenOver LockKind = "over"
	LockFree      LockKind = "free"
	LockWaited    LockKind = "wait" // somebody joined the line
	LockLeft      LockKind = "left" // somebody left it without the lock
)

// LockChange is the announcement of a change. It is a hint for the screen: who
// may act on it re-reads [Locks.Holders].
type LockChange struct {
	Kind LockKind
	Ref  Ref
	// Holder is the new holder, or who waits; of a free lock only Fence is set,
	// the one given back, and of who left only Session.
	Holder Holder
}

func readLockChange(payload string) (LockChange, bool) {
	kind, rest, _ := strings.Cut(payload, sep)
	group, rest, _ := strings.Cut(rest, sep)
	name, entry, ok := strings.Cut(rest, sep)
	if !ok {
		return LockChange{}, false
	}
	h, _ := readEntry(entry)
	return LockChange{Kind: LockKind(kind), Ref: Ref{group, name}, Holder: h}, true
}

// Watch hears the changes of a topic until ctx ends. onResync is called after
// every (re)connection: changes may have been missed, so read Holders. Both
// functions are called one at a time; either may be nil. It returns ctx's error.
func (l *Locks) Watch(ctx context.Context, topic string, onChange func(LockChange), onResync func()) error {
	(&link{
		c: l.c, tag: topic, channels: []string{l.c.keys.lockChanges(topic)}, probe: l.o.Probe, maxBytes: 64 << 10,
		resync: func(context.Context) error {
			if onResync != nil {
				onResync()
			}
			return nil
		},
		message: func(_, payload string) error {
			if change, ok := readLockChange(payload); ok && onChange != nil {
				onChange(change)
			}
			return nil
		},
	}).run(ctx)
	return ctx.Err()
}

// link hears this station's inbox. Only what concerns its own leases and the
// locks it waits for comes there, so a station is not woken by every lock of
// the ward. It lives as long as the Client.
func (l *Locks) link() *link {
	return &link{
		c: l.c, tag: l.id, channels: []string{l.inbox}, probe: l.o.Probe, maxBytes: 64 << 10,
		resync: func(context.Context) error { l.confirmAll(); return nil },
		express: func(payload string) {
			if change, ok := readLockChange(payload); ok {
				l.heard(change)
			}
		},
	}
}

// heard ends leases that were taken over and wakes waiters. A message alone ends
// nothing that its sender could not end in Redis as well; but an old one must
// not end a younger lease.
func (l *Locks) heard(change LockChange) {
	switch change.Kind {
	case LockTakenOver:
		for _, lease := range l.over(change.Ref, change.Holder) {
			lease.finish(&TakenOverError{By: change.Holder})
		}
	case LockFree:
		l.mu.Lock()
		defer l.mu.Unlock()
		for wake, ref := range l.waiters {
			if ref.same(change.Ref) {
				signal(wake)
			}
		}
	case LockWaited, LockLeft:
		l.mu.Lock()
		defer l.mu.Unlock()
		for lease := range l.leases {
			if lease.ref.same(change.Ref) {
				signal(lease.line)
			}
		}
	}
}

// same compares with a name as it was announced.
func (r Ref) same(announced Ref) bool {
	return clean(r.Group) == announced.Group && clean(r.Name) == announced.Name
}

// over finds the leases that a take-over ends, and remembers it for an
// acquisition whose reply is still on its way.
func (l *Locks) over(ref Ref, by Holder) (ended []*Lease) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for lease := range l.leases {
		if lease.ref.same(ref) && by.Fence > lease.who.Fence {
			ended = append(ended, lease)
		}
	}
	if l.asking > 0 {
		name := ref.Group + sep + ref.Name
		if by.Fence > l.overs[name].Fence {
			l.overs[name] = by
		}
	}
	return ended
}

// confirmAll asks Redis about every lease and lets waiters look: the link was
// away, and news may have been missed.
func (l *Locks) confirmAll() {
	l.mu.Lock()
	for lease := range l.leases {
		lease.doubtful.Store(true)
		signal(lease.line)
	}
	for wake := range l.waiters {
		signal(wake)
	}
	l.mu.Unlock()
	signal(l.nudge)
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
