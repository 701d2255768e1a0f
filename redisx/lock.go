package redisx

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// Errors of locks and leases.
var (
	// ErrHeld means that another session holds the lock, or is first in line
	// for it; the error is a [*HeldError].
	ErrHeld = errors.New("lock is held")
	// ErrLost means that a lease ended without being released, or may have:
	// nothing may be written under it any more.
	ErrLost = errors.New("lease lost")
	// ErrTakenOver means that somebody took the lock over. It is an ErrLost.
	ErrTakenOver = fmt.Errorf("%w: taken over", ErrLost)
	// ErrReleased means that the lease was released.
	ErrReleased = errors.New("lease released")
)

// Holder is who holds a lock or waits for it, as it is shown to others. Session
// identifies the holder to Redis: the same session acquiring again gets its own
// lock, so it must be unique to one sign-in. The rest is free text.
type Holder struct {
	Owner   string    // the person's ID
	Name    string    // how others know the person
	Session string    // required; printable
	Station string    // where
	Reason  string    // why, such as the grounds of a take-over
	Since   time.Time // set by the server: holds, or waits, since
	Fence   uint64    // set by the server; 0 of who waits
}

// HeldError tells who holds a lock. Of a lock that is free, but for which others
// wait, it tells who is first in line, with Fence 0. It unwraps to [ErrHeld].
type HeldError struct{ Holder Holder }

func (e *HeldError) Error() string {
	return fmt.Sprintf("%v by %s at %s", ErrHeld, e.Holder.Owner, e.Holder.Station)
}

// TakenOverError tells who took a lock over, when (Since) and why (Reason). It
// unwraps to [ErrTakenOver]. It is as true as the announcement that brought it: who
// acts on it reads [Locks.Holders].
type TakenOverError struct{ By Holder }

func (e *TakenOverError) Error() string {
	return fmt.Sprintf("%v by %s at %s", ErrTakenOver, e.By.Owner, e.By.Station)
}

// Unwrap makes errors.Is(err, ErrTakenOver) true.
func (e *TakenOverError) Unwrap() error { return ErrTakenOver }

// Unwrap makes errors.Is(err, ErrHeld) true.
func (e *HeldError) Unwrap() error { return ErrHeld }

// Ref names one lock: a name in a group. The group is the Cluster hash tag.
type Ref struct{ Group, Name string }

// LockOptions tune Locks. All users of a lock must use the same.
type LockOptions struct {
	// TTL is how long a lock outlives a holder that vanished; default 30 s,
	// never below 300 ms. It is renewed every third of it.
	TTL time.Duration
	// Topic is the channel suffix on which changes are announced, such as a
	// ward.
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

	id      string        // of this station's inbox and of its tokens
	inbox   string        // channel
	changes string        // channel
	granted atomic.Uint64 // makes tokens different
	ttl     string        // in ms, as the scripts take it
	patient string        // how long a waiter counts, in ms

	nudge chan struct{} // wakes the keeper

	mu      sync.Mutex
	leases  map[*Lease]struct{}
	waiters map[chan struct{}]Ref
	hearing bool
	keeping bool              // the keeper runs
	asleep  bool              // and waits for a lease to keep
	asking  int               // acquisitions under way
	overs   map[string]Holder // take-overs heard meanwhile, by announced name
}

var (
	acquireScript = script("lock_acquire")
	renewScript   = script("lock_renew")
	releaseScript = script("lock_release")
	lineScript    = script("lock_line")
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
	id := rand.Text()
	l := &Locks{c: c, o: o, clock: readClock, id: id,
		inbox: c.keys.lockInbox(id), changes: c.keys.lockChanges(o.Topic),
		ttl:   strconv.FormatInt(o.TTL.Milliseconds(), 10),
		nudge: make(chan struct{}, 1), overs: make(map[string]Holder),
		leases: make(map[*Lease]struct{}), waiters: make(map[chan struct{}]Ref)}
	l.patient = strconv.FormatInt((3*l.beat() + l.beat()/2).Milliseconds(), 10)
	return l
}

// The ways to ask for a lock.
const (
	try      = "t"
	takeOver = "o"
	wait     = "w"
)

// Acquire takes the lock or fails at once with a [*HeldError]. The lease is
// kept alive until it is released, lost, or the Client is closed; ctx bounds
// only this call. After an [ErrDown], trying again with the same session is
// safe: a lock taken by the first try is found to be the caller's own.
func (l *Locks) Acquire(ctx context.Context, group, name string, who Holder) (*Lease, error) {
	lease, _, err := l.ask(ctx, Ref{group, name}, who, try, l.token())
	return lease, err
}

// TakeOver takes the lock from whoever holds it, past those who wait. The
// previous holder's lease ends with [ErrTakenOver] as soon as the news reaches
// it; until then the fence alone keeps its writes out. Whether who may do this
// is the caller's question.
func (l *Locks) TakeOver(ctx context.Context, group, name string, who Holder) (*Lease, error) {
	lease, _, err := l.ask(ctx, Ref{group, name}, who, takeOver, l.token())
	return lease, err
}

// TakeOverFrom is [Locks.TakeOver] from the holder with a fence alone, or of a lock that nobody holds: what a
// person decided about one holder is not done to the next. It fails with a [*HeldError] if another holds it.
func (l *Locks) TakeOverFrom(ctx context.Context, group, name string, fence uint64, who Holder) (*Lease, error) {
	lease, _, err := l.ask(ctx, Ref{group, name}, who, takeOver+strconv.FormatUint(fence, 10), l.token())
	return lease, err
}

// token is a new one: nobody can guess the station's part of it.
func (l *Locks) token() string { return l.id + "-" + strconv.FormatUint(l.granted.Add(1), 36) }

// names are what one lock is called: its keys, and its Ref as it is announced.
type names struct{ lock, fence, line, ref string }

func (l *Locks) names(ref Ref) names {
	k := l.c.keys
	return names{
		lock: k.lock(ref.Group, ref.Name), fence: k.lockFence(ref.Group, ref.Name),
		line: k.lockLine(ref.Group, ref.Name), ref: clean(ref.Group) + sep + clean(ref.Name),
	}
}

// ask is one acquisition. Of a held lock it also says after what time it is
// worth asking again without news.
func (l *Locks) ask(ctx context.Context, ref Ref, who Holder, how, token string) (*Lease, time.Duration, error) {
	if who.Session == "" || strings.ContainsFunc(who.Session, func(r rune) bool { return r < ' ' }) {
		return nil, 0, errors.New("redisx: lock acquire: Holder.Session is required and must be printable")
	}
	if err := l.begin(); err != nil {
		return nil, 0, wrap("lock acquire", err)
	}
	names := l.names(ref)
	began := l.clock() // the lease is counted from before the call
	reply, err := l.c.eval(ctx, acquireScript, 3, names.lock, names.fence, names.line,
		token, who.rest(l.inbox), who.Session, l.ttl, how, l.changes, names.ref, l.patient).Result()
	if err != nil {
		l.end(nil)
		return nil, 0, wrap("lock acquire", err)
	}
	if held, ok := reply.([]any); ok && len(held) == 2 {
		l.end(nil)
		h, _ := readEntry(text(held[0]))
		ms, _ := held[1].(int64)
		return nil, time.Duration(ms) * time.Millisecond, &HeldError{Holder: h}
	}
	h, token := readEntry(text(reply))
	who.Fence, who.Since = h.Fence, h.Since
	lease := &Lease{locks: l, ref: ref, names: names, who: who, token: token, done: make(chan struct{}),
		line: make(chan struct{}, 1), confirmed: began, seen: began, due: began.mono + l.o.TTL/3}
	l.end(lease)
	return lease, 0, nil
}

// begin notes an acquisition under way, so that a take-over whose news comes
// before the reply is not missed.
func (l *Locks) begin() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.hearing {
		l.hearing = l.c.background(func(ctx context.Context) { l.link().run(ctx) })
	}
	if !l.keeping {
		l.keeping = l.c.background(l.keep)
	}
	if !l.hearing || !l.keeping || l.c.life.Err() != nil {
		return ErrClosed
	}
	l.asking++
	return nil
}

// end registers what an acquisition got, if anything.
func (l *Locks) end(lease *Lease) {
	var over Holder
	l.mu.Lock()
	if lease != nil {
		l.leases[lease] = struct{}{}
		over = l.overs[lease.names.ref]
	}
	if l.asking--; l.asking == 0 && len(l.overs) > 0 {
		clear(l.overs)
	}
	wake := lease != nil && l.asleep
	if wake {
		l.asleep = false
	}
	l.mu.Unlock()
	if lease != nil && over.Fence > lease.who.Fence {
		lease.finish(&TakenOverError{By: over})
	}
	if wake {
		signal(l.nudge)
	}
}

// Holders says who holds which of these locks, in one round trip. Locks that
// are free are not in the map.
func (l *Locks) Holders(ctx context.Context, refs []Ref) (map[Ref]Holder, error) {
	holders := make(map[Ref]Holder)
	if len(refs) == 0 {
		return holders, nil
	}
	ctx = l.c.bound(ctx)
	pipe := l.c.coord.Pipeline()
	replies := make([]*redis.StringCmd, len(refs))
	for i, r := range refs {
		replies[i] = pipe.Get(ctx, l.c.keys.lock(r.Group, r.Name))
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, wrap("lock holders", err)
	}
	for i, reply := range replies {
		entry, err := reply.Result()
		switch {
		case errors.Is(err, redis.Nil):
		case err != nil:
			return nil, wrap("lock holders", err)
		default:
			holders[refs[i]], _ = readEntry(entry)
		}
	}
	return holders, nil
}
