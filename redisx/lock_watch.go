package redisx

import (
	"context"
	"encoding/json"
	"time"
)

// LockKind is what happened to a lock.
type LockKind string

// What can happen to a lock. A lock whose holder vanished runs out without an
// announcement: read Holders again from time to time.
const (
	LockTaken     LockKind = "taken"
	LockTakenOver LockKind = "over"
	LockFree      LockKind = "free"
)

// LockChange is the announcement of a change. It is a hint for the screen: who
// may act on it re-reads [Locks.Holders].
type LockChange struct {
	Kind   LockKind
	Ref    Ref
	Holder Holder // the new holder; of a free lock only Fence, the one given back
}

type lockMessage struct {
	Kind    LockKind `json:"kind"`
	Group   string   `json:"group"`
	Name    string   `json:"name"`
	Session string   `json:"session"`
	Owner   string   `json:"owner"`
	Holder  string   `json:"holder"`
	Station string   `json:"station"`
	Reason  string   `json:"reason"`
	Since   string   `json:"since"`
	Fence   string   `json:"fence"`
}

func readLockChange(payload string) (LockChange, bool) {
	var m lockMessage
	if json.Unmarshal([]byte(payload), &m) != nil {
		return LockChange{}, false
	}
	return LockChange{Kind: m.Kind, Ref: Ref{m.Group, m.Name}, Holder: Holder{
		Owner: m.Owner, Name: m.Holder, Session: m.Session, Station: m.Station, Reason: m.Reason,
		Since: micros(m.Since), Fence: number(m.Fence),
	}}, true
}

// Watch hears the changes of a topic until ctx ends. onResync is called after
// every (re)connection: changes may have been missed, so read Holders. Both
// functions are called one at a time; either may be nil. It returns ctx's error.
func (l *Locks) Watch(ctx context.Context, topic string, onChange func(LockChange), onResync func()) error {
	l.link(topic, onChange, onResync).run(ctx)
	return ctx.Err()
}

func (l *Locks) link(topic string, onChange func(LockChange), onResync func()) *link {
	channel := l.c.keys.lockChanges(topic)
	return &link{
		c: l.c, tag: topic, channels: []string{channel}, probe: l.o.Probe, maxBytes: 64 << 10,
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
	}
}

// hear starts the link by which leases learn of take-overs and waiters of
// releases. It lives as long as the Client.
func (l *Locks) hear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hearing {
		return
	}
	l.hearing = l.c.background(func(ctx context.Context) {
		l.link(l.o.Topic, l.heard, l.confirmAll).run(ctx)
	})
}

// heard ends leases that were taken over and wakes waiters.
func (l *Locks) heard(change LockChange) {
	for _, lease := range l.matching(change.Ref) {
		// The message alone ends nothing a forger could not end in Redis as well,
		// but an older one must not end a younger lease.
		switch {
		case change.Kind == LockTakenOver && change.Holder.Fence > lease.Fence():
			lease.finish(ErrTakenOver)
		case change.Holder.Fence >= lease.Fence():
			lease.confirm()
		}
	}
	if change.Kind != LockFree {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for wake, ref := range l.waiters {
		if ref == change.Ref {
			signal(wake)
		}
	}
}

// confirmAll asks Redis about every lease: the link was away, and a take-over
// may have been announced meanwhile.
func (l *Locks) confirmAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for lease := range l.leases {
		lease.confirm()
	}
	for wake := range l.waiters {
		signal(wake)
	}
}

func (l *Locks) matching(ref Ref) []*Lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []*Lease
	for lease := range l.leases {
		if lease.ref == ref {
			found = append(found, lease)
		}
	}
	return found
}

// confirm makes keep renew at once.
func (l *Lease) confirm() { signal(l.again) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Remaining is how long the lease holds without another confirmation, for the
// screen. It is never negative.
func (l *Lease) Remaining() time.Duration {
	l.mu.Lock()
	confirmed, err := l.confirmed, l.err
	l.mu.Unlock()
	if err != nil {
		return 0
	}
	return max(0, l.locks.validity()-l.locks.clock().since(confirmed))
}
