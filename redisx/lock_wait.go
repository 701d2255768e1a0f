package redisx

import (
	"context"
	"errors"
	"time"
)

// Await takes the lock as soon as it is its turn or ctx ends. Those who wait
// stand in a line in Redis, first come first served, which everybody can see
// ([Locks.Line]); a release wakes the first of them. A waiter shows that it is
// alive once in a while; one that vanished is passed over after 3.5 s at most.
// While Redis is away Await goes on asking.
func (l *Locks) Await(ctx context.Context, group, name string, who Holder) (*Lease, error) {
	ref, wake, token := Ref{group, name}, make(chan struct{}, 1), l.token()
	l.mu.Lock()
	l.waiters[wake] = ref
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.waiters, wake)
		l.mu.Unlock()
	}()
	for last := error(nil); ; {
		lease, again, err := l.ask(ctx, ref, who, wait, token)
		switch {
		case err == nil:
			return lease, nil
		case passing(err):
			last = err
		case ctx.Err() == nil:
			l.leave(ref, who, token)
			return nil, err
		} // else ctx ended, and that is all that err says
		// A holder that vanished announces nothing, but says when it runs out.
		pause := l.beat()
		if errors.Is(err, ErrHeld) && again >= 0 {
			pause = min(pause, again+time.Millisecond)
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			l.leave(ref, who, token)
			return nil, errors.Join(last, ctx.Err())
		case <-wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// passing says whether waiting longer may help.
func passing(err error) bool {
	return errors.Is(err, ErrHeld) || errors.Is(err, ErrDown) || errors.Is(err, ErrLoading) ||
		errors.Is(err, ErrReadOnly) || errors.Is(err, ErrNotReplicated)
}

// beat is how often a waiter shows that it is alive.
func (l *Locks) beat() time.Duration { return min(l.o.TTL/6, time.Second) }

// leave takes a waiter out of the line. Its caller does not wait for it, and if
// Redis cannot be told the others pass it over soon.
func (l *Locks) leave(ref Ref, who Holder, token string) {
	l.c.background(func(ctx context.Context) {
		n := l.names(ref)
		err := l.c.eval(ctx, releaseScript, 3, n.lock, n.fence, n.line,
			"", l.changes, n.ref, who.Session, token).Err()
		if err != nil {
			l.c.log.Debug("redis lock line", "err", wrap("lock leave", err))
		}
	})
}

// Line says who waits for a lock, the first in line first.
func (l *Locks) Line(ctx context.Context, group, name string) ([]Holder, error) {
	reply, err := l.c.eval(ctx, lineScript, 1, l.c.keys.lockLine(group, name)).StringSlice()
	if err != nil {
		return nil, wrap("lock line", err)
	}
	line := make([]Holder, len(reply))
	for i, entry := range reply {
		line[i], _ = readEntry(entry)
	}
	return line, nil
}
