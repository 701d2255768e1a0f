package redisx

import (
	"context"
	"errors"
	"time"
)

// idle is for how many beats the keeper looks on without a lease before it
// sleeps: short leases in a row do not wake it each time.
const idle = 100

// keep watches the clocks for all leases and renews those that are due, until
// the client closes.
func (l *Locks) keep(ctx context.Context) {
	beat := min(l.o.TTL/30, 250*time.Millisecond)
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for empty := 0; ; {
		select {
		case <-ctx.Done():
			for _, lease := range l.kept() {
				lease.finish(errors.Join(ErrLost, ErrClosed))
			}
			return
		case <-ticker.C:
		case <-l.nudge:
		}
		now := l.clock()
		for _, lease := range l.kept() {
			lease.look(now)
			empty = -1
		}
		if empty++; empty < idle {
			continue
		}
		empty = 0
		if !l.sleep() {
			continue
		}
		ticker.Stop()
		select {
		case <-ctx.Done():
		case <-l.nudge:
		}
		ticker.Reset(beat)
	}
}

// sleep notes that the keeper must be nudged for the next lease; false means
// that one has come.
func (l *Locks) sleep() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asleep = len(l.leases) == 0
	return l.asleep
}

func (l *Locks) kept() []*Lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.leases) == 0 {
		return nil
	}
	leases := make([]*Lease, 0, len(l.leases))
	for lease := range l.leases {
		leases = append(leases, lease)
	}
	return leases
}

// look ends the lease when its time is over, and asks Redis when that is due,
// the link was away, or the wall clock jumped within the lease's time.
func (l *Lease) look(now instant) {
	if l.Err() != nil {
		return
	}
	l.mu.Lock()
	jumped := now.drift(l.seen) > time.Second
	l.seen = now
	ask := !l.asking && (jumped || l.again || now.mono >= l.due || l.doubtful.Load())
	switch {
	case ask:
		l.asking, l.again = true, false
		l.doubtful.Store(false)
	case jumped:
		l.again = true // the renewal under way was sent before the jump
	}
	l.mu.Unlock()
	if !ask {
		return
	}
	// Not on the keeper's goroutine: it watches the clock while the server is
	// silent.
	if !l.locks.c.background(func(ctx context.Context) { l.renewed(now, l.renew(ctx)) }) {
		l.renewed(now, errors.Join(ErrLost, ErrClosed))
	}
}

// renewed takes the result of a renewal that was sent at asked.
func (l *Lease) renewed(asked instant, err error) {
	ttl := l.locks.o.TTL
	if errors.Is(err, ErrLost) {
		l.finish(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asking = false
	if err == nil {
		l.confirmed, l.due = asked, asked.mono+ttl/3
		return
	}
	// Unknown: try again soon, until the deadline.
	l.due = l.locks.clock().mono + ttl/15
	l.locks.c.log.Debug("redis lease renewal", "err", err)
}

// renew is one renewal: nil, ErrLost, or unknown.
func (l *Lease) renew(ctx context.Context) error {
	n, err := l.locks.c.eval(ctx, renewScript, 1, l.names.lock, l.proof(), l.locks.ttl).Int()
	if err != nil {
		return wrap("lock renew", err)
	}
	if n == 0 {
		return ErrLost
	}
	return nil
}
