package redisx

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// FeedOptions tune a Feed. Every program that appends to a feed should use the
// same MaxLen and Remember.
type FeedOptions struct {
	MaxLen   int           // about how many events are kept; default 10,000
	MaxBytes int           // largest payload Append takes; default 256 KiB
	Remember time.Duration // how long an event ID is known as appended; default 24 h
	// Probe is how often a follower proves its link; default 500 ms. A silent
	// link is left after 3.5 times that, on a slow wire after up to 5 times.
	Probe time.Duration
}

// Feed is a log of events with a live channel: what is appended reaches every
// follower at once, and what a follower missed it reads from the log. A Feed is
// safe for concurrent use.
type Feed struct {
	c    *Client
	name string
	o    FeedOptions

	log, live        string // key and channel
	maxLen, remember string // as the scripts take them
	accepted         *accepted
}

// Event is one entry of a feed.
type Event struct {
	Position Position
	ID       string // as given to Append
	Payload  []byte // the receiver's own copy
	Replayed bool   // read from the log, not heard live
}

// Time is the server's time when the event was appended.
func (e Event) Time() time.Time { return e.Position.Time() }

// ErrTooBig means that a payload is above the feed's limit.
var ErrTooBig = errors.New("payload too big")

var (
	appendScript = script("feed_append")
	probeScript  = script("feed_probe")
)

// NewFeed is the feed of that name. The name is the Cluster hash tag.
func NewFeed(c *Client, name string, o FeedOptions) *Feed {
	if o.MaxLen <= 0 {
		o.MaxLen = 10_000
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 256 << 10
	}
	if o.Remember <= 0 {
		o.Remember = 24 * time.Hour
	}
	if o.Probe <= 0 {
		o.Probe = defaultProbe
	}
	return &Feed{c: c, name: name, o: o, log: c.keys.feed(name), live: c.keys.feedLive(name),
		maxLen: strconv.Itoa(o.MaxLen), remember: strconv.FormatInt(o.Remember.Milliseconds(), 10),
		accepted: c.acceptedBy(c.keys.feed(name))}
}

// Append writes an event to the log and sends it to all followers, in one
// atomic step. id names the event: appending the same id again (after an
// [ErrDown], when nobody knows whether the first try arrived) returns the
// first position and sends nothing. id must have no spaces.
//
// What this process appended in the last minute and the server has forgotten
// since, by a restart or a failover, is appended again first.
func (f *Feed) Append(ctx context.Context, id string, payload []byte) (Position, error) {
	got, err := f.AppendAll(ctx, []Event{{ID: id, Payload: payload}})
	if err != nil {
		return "", err
	}
	return got[0].Position, nil
}

// appendMost bounds what one step appends: other callers wait while it runs.
const appendMost = 64

// AppendAll is [Feed.Append] for many events in their order, each by its ID and
// Payload. An error means that
// none behind the failed one was appended, and that nobody knows of those before
// it: appending all of them again does no harm.
func (f *Feed) AppendAll(ctx context.Context, events []Event) ([]Appended, error) {
	for _, e := range events {
		if err := f.check(e.ID, e.Payload); err != nil {
			return nil, err
		}
	}
	all := make([]Appended, 0, len(events))
	for len(events) > 0 {
		n, bytes := 0, 0
		for n < min(len(events), appendMost) && (n == 0 || bytes+len(events[n].Payload) <= f.o.MaxBytes) {
			bytes += len(events[n].Payload)
			n++
		}
		got, err := f.append(ctx, events[:n])
		if err != nil {
			return nil, wrap("feed append", err)
		}
		all, events = append(all, got...), events[n:]
	}
	return all, nil
}

func (f *Feed) append(ctx context.Context, events []Event) ([]Appended, error) {
	for {
		after := f.accepted.last()
		got, err := f.appendAfter(ctx, events, after)
		if errors.Is(err, errForgotten) {
			if err := f.retell(ctx, after); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		for n, e := range events {
			f.accepted.note(e.ID, e.Payload, got[n].Position)
		}
		return got, nil
	}
}

func (f *Feed) appendAfter(ctx context.Context, events []Event, after Position) ([]Appended, error) {
	reply, err := f.c.eval(ctx, appendScript, 1+len(events), f.appendArgs(events, after)...).Slice()
	if err != nil {
		return nil, err
	}
	return appended(reply, len(events))
}

func (f *Feed) check(id string, payload []byte) error {
	if !validID(id) {
		return fmt.Errorf("redisx: feed append: event ID %q: must be 1 to 200 bytes without spaces", id)
	}
	if len(payload) > f.o.MaxBytes {
		return fmt.Errorf("redisx: feed append: %w: %d bytes, limit %d", ErrTooBig, len(payload), f.o.MaxBytes)
	}
	return nil
}

func validID(id string) bool {
	return id != "" && len(id) <= 200 && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

func (f *Feed) appendArgs(events []Event, after Position) []any {
	args := make([]any, 0, 5+3*len(events))
	args = append(args, f.log)
	for _, e := range events {
		args = append(args, f.c.keys.feedEvent(f.name, e.ID))
	}
	args = append(args, f.maxLen, f.remember, f.live, string(after))
	for _, e := range events {
		args = append(args, e.ID, e.Payload)
	}
	return args
}

// appended reads what the script says of n events.
func appended(reply []any, n int) ([]Appended, error) {
	switch len(reply) {
	case 0:
		return nil, errForgotten
	case n:
	default:
		return nil, fmt.Errorf("unexpected reply of %d for %d events", len(reply), n)
	}
	all := make([]Appended, n)
	for i, r := range reply {
		pos, known := strings.CutPrefix(text(r), "=")
		all[i] = Appended{Position: Position(pos), First: !known}
	}
	return all, nil
}

// Last is the position of the newest event, or [FromStart] of an empty feed.
func (f *Feed) Last(ctx context.Context) (Position, error) {
	page, err := f.last(ctx)
	if err != nil || len(page) == 0 {
		return FromStart, err
	}
	return page[0].Position, nil
}
