package redisx

import (
	"context"
	"errors"
	"sync"
	"time"
)

// instant is one reading of both clocks. The monotonic clock stands still while
// a computer sleeps (on Linux), the wall clock can be set; a lease believes the
// one that has run further.
type instant struct {
	wall time.Time     // without monotonic reading
	mono time.Duration // since the process began
}

func readClock() instant {
	now := time.Now()
	return instant{wall: now.Round(0), mono: now.Sub(start)}
}

// since is how long ago b was at a, by the clock that ran further.
func (a instant) since(b instant) time.Duration {
	return max(a.mono-b.mono, a.wall.Sub(b.wall))
}

// drift is how far the wall clock ran ahead of the monotonic one.
func (a instant) drift(b instant) time.Duration {
	return a.wall.Sub(b.wall) - (a.mono - b.mono)
}

// Lease is a lock that is held. It renews itself until it is released or lost,
// and says so: work under it only while Done is open, and give Fence to
// whatever stores the result. It is safe for concurrent use.
type Lease struct {
	locks *Locks
	ref   Ref
	who   Holder
	token string
	done  chan struct{}
	again chan struct{} // asks keep to confirm the lease now

	mu        sync.Mutex
	confirmed instant // before the last call that confirmed it
	err       error   // why it ended
}

// Fence is the lock's fencing number: larger for every later holder. Storage
// that refuses a smaller fence than it has seen refuses a holder that was
// frozen while its lease ran out.
func (l *Lease) Fence() uint64 { return l.who.Fence }

// Holder is the lease's own entry, with Since by the server's clock.
func (l *Lease) Holder() Holder { return l.who }

// Ref is the lock's name.
func (l *Lease) Ref() Ref { return l.ref }

// Done is closed when the lease ended: released, taken over, gone, or not
// confirmed in time, so that others may hold the lock.
func (l *Lease) Done() <-chan struct{} { return l.done }

// Err is nil while the lease holds; else it says why it ended: [ErrReleased],
// [ErrTakenOver] or another [ErrLost]. It looks at the clocks itself: right
// after a sleep it tells the truth before Done does.
func (l *Lease) Err() error {
	l.mu.Lock()
	err, confirmed := l.err, l.confirmed
	l.mu.Unlock()
	if err != nil {
		return err
	}
	if l.locks.clock().since(confirmed) >= l.locks.validity() {
		l.finish(ErrLost)
		return l.Err()
	}
	return nil
}

// Release gives the lock back and wakes who waits for it. The lease ends here
// in any case. The error is [ErrLost] when the lock had gone before, or why
// Redis could not be told: then the lock stays until its time runs out, and
// Release may be called again.
func (l *Lease) Release(ctx context.Context) error {
	before := l.finish(ErrReleased)
	if errors.Is(before, ErrTakenOver) {
		return before
	}
	c := l.locks.c
	n, err := c.run(ctx, releaseScript, []string{c.keys.lock(l.ref.Group, l.ref.Name)},
		l.token, l.who.Fence, c.keys.lockChanges(l.locks.o.Topic), l.ref.Group, l.ref.Name).Int()
	if err != nil {
		return wrap("lock release", err)
	}
	if n == 0 {
		return ErrLost
	}
	return nil
}

// finish ends the lease once and returns why it had ended before, if it had.
func (l *Lease) finish(why error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	l.err = why
	close(l.done)
	l.locks.mu.Lock()
	delete(l.locks.leases, l)
	l.locks.mu.Unlock()
	return nil
}

// validity is how long a confirmation holds: the TTL less a tenth, for the
// clocks' different speed and the time until a reader of Done has stopped.
func (l *Locks) validity() time.Duration { return l.o.TTL - l.o.TTL/10 }

// keep renews the lease until it ends.
func (l *Lease) keep(ctx context.Context) {
	ttl := l.locks.o.TTL
	beat := min(ttl/30, 250*time.Millisecond) // how often the clocks are compared
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	replies := make(chan error, 1)
	var asked instant // when the renewal under way was sent
	asking := false
	l.mu.Lock()
	last := l.confirmed // so that a sleep before this line counts
	l.mu.Unlock()
	due := last.mono + ttl/3
	ask := func() {
		if asking {
			return
		}
		asking, asked = true, l.locks.clock()
		// Not on this goroutine: the clock is watched while the server is silent.
		if !l.locks.c.background(func(ctx context.Context) { replies <- l.renew(ctx) }) {
			asking = false
		}
	}
	for {
		select {
		case <-ctx.Done():
			l.finish(errors.Join(ErrLost, ErrClosed))
			return
		case <-l.done:
			return
		case <-l.again:
			ask()
		case err := <-replies:
			asking = false
			switch {
			case err == nil:
				l.mu.Lock()
				l.confirmed = asked
				l.mu.Unlock()
				due = asked.mono + ttl/3
			case errors.Is(err, ErrLost):
				l.finish(err)
				return
			default: // unknown: try again soon, until the deadline
				l.locks.c.log.Debug("redis lease renewal", "err", err)
				due = l.locks.clock().mono + ttl/15
			}
		case <-ticker.C:
			if l.Err() != nil {
				return
			}
			now := l.locks.clock()
			if now.drift(last) > time.Second || now.mono >= due {
				ask() // a jump within the lease's time: ask rather than guess
			}
			last = now
		}
	}
}

// renew is one renewal: nil, ErrLost, or unknown.
func (l *Lease) renew(ctx context.Context) error {
	c := l.locks.c
	n, err := c.run(ctx, renewScript, []string{c.keys.lock(l.ref.Group, l.ref.Name)},
		l.token, l.who.Fence, l.locks.o.TTL.Milliseconds()).Int()
	if err != nil {
		return wrap("lock renew", err)
	}
	if n == 0 {
		return ErrLost
	}
	return nil
}
