package redisx

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
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
	names names
	who   Holder
	token string
	done  chan struct{}
	line  chan struct{} // the line changed

	doubtful atomic.Bool // the link was away: ask Redis

	mu        sync.Mutex
	confirmed instant       // before the last call that confirmed it
	seen      instant       // when the keeper last compared the clocks
	due       time.Duration // when to renew, on the monotonic clock
	asking    bool          // a renewal is under way
	again     bool          // another one is wanted after it
	err       error         // why it ended
}

// proof is how an entry that is this lease's begins.
func (l *Lease) proof() string {
	return strconv.FormatUint(l.who.Fence, 10) + sep + l.token + sep
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
// a [*TakenOverError] or another [ErrLost]. It looks at the clocks itself: right
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
	n, err := l.locks.c.eval(ctx, releaseScript, 3, l.names.lock, l.names.fence, l.names.line,
		l.proof(), l.locks.changes, l.names.ref).Int()
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

// Asked gets a value when somebody joins or leaves the line for this lock, so
// that its holder can look at [Locks.Line] and hurry. It holds at most one.
func (l *Lease) Asked() <-chan struct{} { return l.line }
