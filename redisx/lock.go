package redisx

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Errors of locks and leases.
var (
	// ErrHeld means that another session holds the lock; the error is a
	// [*HeldError].
	ErrHeld = errors.New("lock is held")
	// ErrLost means that a lease ended without being released, or may have:
	// nothing may be written under it any more.
	ErrLost = errors.New("lease lost")
	// ErrTakenOver means that somebody took the lock over. It is an ErrLost.
	ErrTakenOver = fmt.Errorf("%w: taken over", ErrLost)
	// ErrReleased means that the lease was released.
	ErrReleased = errors.New("lease released")
)

// Holder is who holds a lock, as it is shown to others. Session identifies the
// holder to Redis: the same session acquiring again gets its own lock, so it
// must be unique to one sign-in. The rest is free text.
type Holder struct {
	Owner   string    // the person's ID
	Name    string    // how others know the person
	Session string    // required
	Station string    // where
	Reason  string    // why, such as the grounds of a take-over
	Since   time.Time // set by the server
	Fence   uint64    // set by the server
}

// HeldError tells who holds a lock. It unwraps to [ErrHeld].
type HeldError struct{ Holder Holder }

func (e *HeldError) Error() string {
	return fmt.Sprintf("%v by %s at %s", ErrHeld, e.Holder.Owner, e.Holder.Station)
}

// Unwrap makes errors.Is(err, ErrHeld) true.
func (e *HeldError) Unwrap() error { return ErrHeld }

// Ref names one lock: a name in a group. The group is the Cluster hash tag.
type Ref struct{ Group, Name string }

// LockOptions tune Locks.
type LockOptions struct {
	// TTL is how long a lock outlives a holder that vanished; default 30 s,
	// never below 300 ms. It is renewed every third of it.
	TTL time.Duration
	// Topic is the channel suffix on which changes are announced, such as a
	// ward. All users of a lock must use the same.
	Topic string
	// Probe is how often the link that hears take-overs proves itself; default
	// 1 s.
	Probe time.Duration
}

// Locks hands out leases. It is safe for concurrent use.
type Locks struct {
	c     *Client
	o     LockOptions
	clock func() instant

	mu      sync.Mutex
	leases  map[*Lease]struct{}
	waiters map[chan struct{}]Ref
	hearing bool
}

var (
	acquireScript = script("lock_acquire")
	renewScript   = script("lock_renew")
	releaseScript = script("lock_release")
)

// NewLocks makes the locks of a topic.
func NewLocks(c *Client, o LockOptions) *Locks {
	if o.TTL <= 0 {
		o.TTL = 30 * time.Second
	}
	o.TTL = max(o.TTL, 300*time.Millisecond)
	if o.Probe <= 0 {
		o.Probe = defaultProbe
	}
	return &Locks{c: c, o: o, clock: readClock,
		leases: make(map[*Lease]struct{}), waiters: make(map[chan struct{}]Ref)}
}

// Acquire takes the lock or fails at once with a [*HeldError]. The lease is
// kept alive until it is released, lost, or the Client is closed; ctx bounds
// only this call. After an [ErrDown], trying again with the same session is
// safe: a lock taken by the first try is found to be the caller's own.
func (l *Locks) Acquire(ctx context.Context, group, name string, who Holder) (*Lease, error) {
	return l.acquire(ctx, Ref{group, name}, who, false)
}

// TakeOver takes the lock from whoever holds it. The previous holder's lease
// ends with [ErrTakenOver] as soon as the news reaches it; until then the fence
// alone keeps its writes out. Whether who may do this is the caller's question.
func (l *Locks) TakeOver(ctx context.Context, group, name string, who Holder) (*Lease, error) {
	return l.acquire(ctx, Ref{group, name}, who, true)
}

func (l *Locks) acquire(ctx context.Context, ref Ref, who Holder, force bool) (*Lease, error) {
	if who.Session == "" {
		return nil, errors.New("redisx: lock acquire: Holder.Session is required")
	}
	l.hear()
	k, began := l.c.keys, l.clock() // the lease is counted from before the call
	over := "0"
	if force {
		over = "1"
	}
	reply, err := l.c.run(ctx, acquireScript,
		[]string{k.lock(ref.Group, ref.Name), k.lockFence(ref.Group, ref.Name)},
		rand.Text(), who.Session, l.o.TTL.Milliseconds(), over, k.lockChanges(l.o.Topic),
		ref.Group, ref.Name, who.Owner, who.Name, who.Station, who.Reason).Slice()
	if err != nil {
		return nil, wrap("lock acquire", err)
	}
	if granted, _ := reply[0].(int64); granted == 0 {
		h := Holder{Session: text(reply[1]), Owner: text(reply[2]), Name: text(reply[3]),
			Station: text(reply[4]), Reason: text(reply[5])}
		h.Since, h.Fence = micros(text(reply[6])), number(text(reply[7]))
		return nil, &HeldError{Holder: h}
	}
	who.Fence, who.Since = number(text(reply[2])), micros(text(reply[3]))
	lease := &Lease{locks: l, ref: ref, who: who, token: text(reply[1]),
		done: make(chan struct{}), again: make(chan struct{}, 1), confirmed: began}
	l.mu.Lock()
	l.leases[lease] = struct{}{}
	l.mu.Unlock()
	if !l.c.background(lease.keep) {
		lease.finish(fmt.Errorf("%w: %w", ErrLost, ErrClosed))
		return nil, wrap("lock acquire", ErrClosed)
	}
	return lease, nil
}

// Await takes the lock as soon as it is free or ctx ends. It waits for the
// announcement of a release and looks by itself only in case one got lost.
func (l *Locks) Await(ctx context.Context, group, name string, who Holder) (*Lease, error) {
	ref, wake := Ref{group, name}, make(chan struct{}, 1)
	l.hear()
	l.mu.Lock()
	l.waiters[wake] = ref
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.waiters, wake)
		l.mu.Unlock()
	}()
	for {
		lease, err := l.acquire(ctx, ref, who, false)
		if err == nil || !errors.Is(err, ErrHeld) && !errors.Is(err, ErrDown) {
			return lease, err
		}
		timer := time.NewTimer(l.o.TTL / 3)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, errors.Join(err, ctx.Err())
		case <-wake:
		case <-timer.C: // a holder that vanished announces nothing
		}
		timer.Stop()
	}
}

// Holders says who holds which of these locks, in one round trip. Locks that
// are free are not in the map.
func (l *Locks) Holders(ctx context.Context, refs []Ref) (map[Ref]Holder, error) {
	holders := make(map[Ref]Holder)
	if len(refs) == 0 {
		return holders, nil
	}
	ctx, cancel := l.c.call(ctx)
	defer cancel()
	pipe := l.c.coord.Pipeline()
	replies := make([]*redis.SliceCmd, len(refs))
	for i, r := range refs {
		replies[i] = pipe.HMGet(ctx, l.c.keys.lock(r.Group, r.Name),
			"session", "owner", "name", "station", "reason", "since", "fence")
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, wrap("lock holders", err)
	}
	for i, reply := range replies {
		v := reply.Val()
		if v[0] == nil {
			continue
		}
		holders[refs[i]] = Holder{Session: text(v[0]), Owner: text(v[1]), Name: text(v[2]),
			Station: text(v[3]), Reason: text(v[4]), Since: micros(text(v[5])), Fence: number(text(v[6]))}
	}
	return holders, nil
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func number(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64)
	return n
}

func micros(s string) time.Time {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}
