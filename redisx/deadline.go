package redisx

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// DeadlineOptions tune Deadlines. All users of one name must use the same.
type DeadlineOptions struct {
	// Lease is how long a claimant may work before the work is due again;
	// default 10 s. [Deadlines.Run] renews it.
	Lease time.Duration
	// Probe is how often the link that hears of new deadlines proves itself;
	// default 500 ms.
	Probe time.Duration
}

// Deadlines are things to do at a time, each by exactly one of many stations,
// whichever of them die: an escalation, a reminder. Time is the server's.
// Deadlines are kept until they are finished or dropped. Safe for concurrent use.
type Deadlines struct {
	c    *Client
	name string
	o    DeadlineOptions
}

var (
	deadlineSetScript    = script("deadline_set")
	deadlineClaimScript  = script("deadline_claim")
	deadlineSettleScript = script("deadline_settle")
)

// NewDeadlines is the list of deadlines of that name, which is the Cluster hash
// tag.
func NewDeadlines(c *Client, name string, o DeadlineOptions) *Deadlines {
	if o.Lease <= 0 {
		o.Lease = 10 * time.Second
	}
	if o.Probe <= 0 {
		o.Probe = defaultProbe
	}
	return &Deadlines{c: c, name: name, o: o}
}

// Claim is a piece of work that is the claimant's alone until its lease ends.
type Claim struct {
	ID      string
	Payload []byte
	Due     time.Time // server time at which it was due
	Attempt int       // 1, or more when earlier claimants did not finish

	token string
}

// Add sets a deadline after some time from now unless it is set already, and
// says whether it did. It may be repeated.
func (d *Deadlines) Add(ctx context.Context, id string, after time.Duration, payload []byte) (bool, error) {
	return d.set(ctx, id, "add", after, payload)
}

// Set sets a deadline or moves it. A claim under way ends: its claimant's Finish
// fails with [ErrLost].
func (d *Deadlines) Set(ctx context.Context, id string, after time.Duration, payload []byte) error {
	_, err := d.set(ctx, id, "move", after, payload)
	return err
}

// Drop calls a deadline off, also one that is claimed. false means that there
// was none.
func (d *Deadlines) Drop(ctx context.Context, id string) (bool, error) {
	return d.set(ctx, id, "drop", 0, nil)
}

func (d *Deadlines) set(ctx context.Context, id, how string, after time.Duration, payload []byte) (bool, error) {
	if id == "" {
		return false, errNoID
	}
	due, work, claims := d.c.keys.deadlines(d.name)
	n, err := d.c.eval(ctx, deadlineSetScript, 3, due, work, claims,
		id, how, after.Milliseconds(), payload, d.c.keys.deadlineSet(d.name)).Int()
	return n == 1, wrap("deadline "+how, err)
}

// Deadline is one to be set: after some time from now, or called off.
type Deadline struct {
	ID      string
	After   time.Duration
	Payload []byte
	Drop    bool
}

// SetAll is [Deadlines.Set] and [Deadlines.Drop] for many in one round trip. An
// error means that some may be set and others not; setting all of them again
// does no harm.
func (d *Deadlines) SetAll(ctx context.Context, list []Deadline) error {
	for _, l := range list {
		if l.ID == "" {
			return errNoID
		}
	}
	if len(list) == 0 {
		return nil
	}
	due, work, claims := d.c.keys.deadlines(d.name)
	keys, channel := []string{due, work, claims}, d.c.keys.deadlineSet(d.name)
	return wrap("deadline set", d.c.batch(ctx, deadlineSetScript, len(list), func(i int) ([]string, []any) {
		l, how := list[i], "move"
		if l.Drop {
			how = "drop"
		}
		return keys, []any{l.ID, how, l.After.Milliseconds(), l.Payload, channel}
	}))
}

var errNoID = errors.New("redisx: deadline: an ID is required")

// Claim takes up to n pieces of work that are due and says when to ask again:
// negative when nothing is set. Each goes to one claimant; unless it finishes
// within the lease, the work is due again. So it is with a claim whose reply was
// lost.
func (d *Deadlines) Claim(ctx context.Context, n int) (claimed []Claim, next time.Duration, err error) {
	due, work, claims := d.c.keys.deadlines(d.name)
	token := rand.Text()
	reply, err := d.c.eval(ctx, deadlineClaimScript, 3, due, work, claims,
		token, d.o.Lease.Milliseconds(), max(1, n)).Slice()
	if err != nil {
		return nil, 0, wrap("deadline claim", err)
	}
	if len(reply)%4 != 1 {
		return nil, 0, fmt.Errorf("redisx: deadline claim: unexpected reply of %d", len(reply))
	}
	us, _ := reply[0].(int64)
	for r := reply[1:]; len(r) > 0; r = r[4:] {
		attempt, _ := r[2].(int64)
		claimed = append(claimed, Claim{ID: text(r[0]), Due: micros(text(r[1])), Attempt: int(attempt),
			Payload: []byte(text(r[3])), token: token})
	}
	return claimed, time.Duration(us) * time.Microsecond, nil
}

// Finish ends a piece of work for good. [ErrLost] means that the lease ran out
// and somebody else has it, or that it was moved or dropped, or finished before.
func (d *Deadlines) Finish(ctx context.Context, c Claim) error { return d.settle(ctx, c, "") }

// FinishAll is [Deadlines.Finish] for many in one round trip, without telling
// which of them were lost.
func (d *Deadlines) FinishAll(ctx context.Context, list []Claim) error {
	if len(list) == 0 {
		return nil
	}
	due, work, claims := d.c.keys.deadlines(d.name)
	keys := []string{due, work, claims}
	return wrap("deadline settle", d.c.batch(ctx, deadlineSettleScript, len(list), func(i int) ([]string, []any) {
		return keys, []any{list[i].ID, list[i].token, ""}
	}))
}

// Extend renews the lease of a claim.
func (d *Deadlines) Extend(ctx context.Context, c Claim) error {
	return d.settle(ctx, c, strconv.FormatInt(d.o.Lease.Milliseconds(), 10))
}

func (d *Deadlines) settle(ctx context.Context, c Claim, more string) error {
	due, work, claims := d.c.keys.deadlines(d.name)
	n, err := d.c.eval(ctx, deadlineSettleScript, 3, due, work, claims, c.ID, c.token, more).Int()
	if err != nil {
		return wrap("deadline settle", err)
	}
	if n == 0 {
		return ErrLost
	}
	return nil
}
