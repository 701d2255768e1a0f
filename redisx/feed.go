package redisx

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// FeedOptions tune a Feed. Every program that appends to a feed should use the
// same MaxLen and Remember.
type FeedOptions struct {
	MaxLen   int           // about how many events are kept; default 10,000
	MaxBytes int           // largest payload Append takes; default 256 KiB
	Remember time.Duration // how long an event ID is known as appended; default 24 h
	// Probe is how often a follower proves its link; default 1 s. A silent link
	// is left after 2.5 times that.
	Probe time.Duration
}

// Feed is a log of events with a live channel: what is appended reaches every
// follower at once, and what a follower missed it reads from the log. A Feed is
// safe for concurrent use.
type Feed struct {
	c    *Client
	name string
	o    FeedOptions
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
	return &Feed{c: c, name: name, o: o}
}

// Append writes an event to the log and sends it to all followers, in one
// atomic step. id names the event: appending the same id again (after an
// [ErrDown], when nobody knows whether the first try arrived) returns the
// first position and sends nothing. id must have no spaces.
func (f *Feed) Append(ctx context.Context, id string, payload []byte) (Position, error) {
	if id == "" || len(id) > 200 || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return "", fmt.Errorf("redisx: feed append: event ID %q: must be 1 to 200 bytes without spaces", id)
	}
	if len(payload) > f.o.MaxBytes {
		return "", fmt.Errorf("redisx: feed append: %w: %d bytes, limit %d", ErrTooBig, len(payload), f.o.MaxBytes)
	}
	k := f.c.keys
	reply, err := f.c.run(ctx, appendScript,
		[]string{k.feed(f.name), k.feedEvent(f.name, id)},
		id, payload, f.o.MaxLen, f.o.Remember.Milliseconds(), k.feedLive(f.name)).Slice()
	if err != nil {
		return "", wrap("feed append", err)
	}
	pos, ok := reply[0].(string)
	if !ok {
		return "", fmt.Errorf("redisx: feed append: unexpected reply %T", reply[0])
	}
	return Position(pos), nil
}

// Last is the position of the newest event, or [FromStart] of an empty feed.
func (f *Feed) Last(ctx context.Context) (Position, error) {
	page, err := f.last(ctx)
	if err != nil || len(page) == 0 {
		return FromStart, err
	}
	return page[0].Position, nil
}
