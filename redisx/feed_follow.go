package redisx

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// FeedHandler receives a feed. Its functions are called one at a time, in
// order; nil ones are skipped. They should return soon: while one runs, the
// next event waits.
type FeedHandler struct {
	// Event gets each event once, in order.
	Event func(Event)
	// Gap says that events after from and before to may be missing and cannot
	// be had from the log: they were trimmed away, or the server lost its newest
	// writes in a failover or a restart. Fill them from the record.
	Gap func(from, to Position)
	// Link says whether the link is proved and when the newest proof was sent
	// (zero: never). It is called at every proof, about twice a second, and when
	// the link is lost. A proof also means that nothing was missed up to then.
	Link func(up bool, heard time.Time)
}

// Follow hands over the feed from a position on until ctx ends, then returns
// ctx's error. [FromNow] begins with what is appended after the first
// connection, [FromStart] with the oldest event kept; any other position
// begins with the event after it.
//
// Follow reconnects by itself. After every connection, and wherever the live
// events do not join, it reads the log from the last event handed over. Events
// are told apart by position and by ID, so none is handed over twice (an ID is
// remembered over the last 8,192 events).
func (f *Feed) Follow(ctx context.Context, from Position, h FeedHandler) error {
	if from != FromNow && !from.valid() {
		return fmt.Errorf("redisx: feed follow: position %q", from)
	}
	fl := &follower{feed: f, h: h, at: from, fresh: from == FromNow, done: newDelivered(8192)}
	k := f.c.keys
	l := &link{
		c: f.c, tag: f.name, channels: []string{k.feedLive(f.name)}, probe: f.o.Probe,
		// A larger frame is no event of this feed; if it is, the probe misses it.
		maxBytes: f.o.MaxBytes + 1<<10,
		announce: func(ctx context.Context, channel, nonce string) error {
			return f.c.run(ctx, probeScript, []string{k.feed(f.name)}, channel, nonce).Err()
		},
		resync:  func(ctx context.Context) error { return fl.catchUp(ctx) },
		message: func(_, payload string) error { return fl.live(ctx, payload) },
		proved:  func(payload string) error { return fl.proved(ctx, payload) },
		state:   h.Link,
	}
	l.run(ctx)
	return ctx.Err()
}

// follower is one Follow: the cursor and what was handed over.
type follower struct {
	feed  *Feed
	h     FeedHandler
	at    Position // the last event handed over, or where to begin
	fresh bool     // begin at the end of the log
	done  *delivered
}

var errFrame = errors.New("unreadable live event")

// live takes an event from the channel: "prev position id payload".
func (fl *follower) live(ctx context.Context, frame string) error {
	fields := strings.SplitN(frame, " ", 4)
	if len(fields) != 4 || !Position(fields[0]).valid() || !Position(fields[1]).valid() {
		// Not ours, or forged. The log decides.
		fl.feed.c.log.Warn("redis feed", "feed", fl.feed.name, "err", errFrame)
		return fl.catchUp(ctx)
	}
	prev, pos := Position(fields[0]), Position(fields[1])
	switch {
	case fl.done.has(pos, fields[2]):
		return nil // came with a replay already
	case prev.Compare(fl.at) == 0 && pos.Compare(fl.at) > 0:
		fl.hand(Event{Position: pos, ID: fields[2], Payload: []byte(fields[3])})
		return nil
	}
	return fl.catchUp(ctx)
}

// proved compares the log's end, as a probe brought it, with the cursor: the
// probe travelled behind every event, so a difference means a loss.
func (fl *follower) proved(ctx context.Context, payload string) error {
	fields := strings.SplitN(payload, " ", 3)
	if len(fields) != 3 || !Position(fields[1]).valid() {
		return nil
	}
	end := Position(fields[1])
	if fl.done.has(end, fields[2]) || end.Compare(fl.at) == 0 && !fl.done.at(end) {
		return nil
	}
	return fl.catchUp(ctx)
}

// catchUp reads the log until it has nothing new.
func (fl *follower) catchUp(ctx context.Context) error {
	if fl.fresh {
		last, err := fl.feed.Last(ctx)
		if err != nil {
			return err
		}
		fl.at, fl.fresh = last, false
		return nil
	}
	for {
		got, err := fl.feed.from(ctx, fl.at)
		if err != nil {
			return err
		}
		full := len(got) == page
		if !fl.at.zero() {
			if len(got) == 0 || got[0].Position.Compare(fl.at) != 0 || !fl.done.agrees(got[0]) {
				// The event this follower stands on is not in the log.
				if err := fl.rejoin(ctx); err != nil {
					return err
				}
				continue
			}
			got = got[1:]
		}
		for _, e := range got {
			fl.hand(e)
		}
		if !full || len(got) == 0 {
			return nil
		}
	}
}

// rejoin finds where this follower and the log agree when the log does not
// hold the event it stands on, and moves the cursor there. Three causes: the
// event was trimmed away; the server lost its newest events; the log was
// emptied. All three may have cost events, so the gap is reported.
func (fl *follower) rejoin(ctx context.Context) error {
	first, err := fl.feed.first(ctx)
	if err != nil {
		return err
	}
	was := fl.at
	if len(first) == 0 {
		fl.at = FromStart
		fl.gap(was, FromStart)
		return nil
	}
	if first[0].Position.Compare(was) > 0 {
		// Trimmed past the cursor, or emptied and filled again.
		fl.at = FromStart
		fl.gap(was, first[0].Position)
		return nil
	}
	// The log is older than the cursor and lacks it: go back to the newest event
	// that both know. Without one, everything kept is offered again; what was
	// handed over before is known by its ID.
	for pos := Position(fmt.Sprintf("%d-%d", uint64(1)<<63-1, 0)); ; {
		got, err := fl.feed.before(ctx, pos)
		if err != nil {
			return err
		}
		for _, e := range got {
			if fl.done.at(e.Position) && fl.done.agrees(e) {
				fl.at = e.Position
				fl.gap(e.Position, was)
				return nil
			}
		}
		if len(got) < page || got[len(got)-1].Position.Compare(fl.done.oldest()) < 0 {
			fl.at = FromStart
			fl.gap(first[0].Position, was)
			return nil
		}
		pos = got[len(got)-1].Position
	}
}

// hand moves the cursor and hands the event over, unless its ID was.
func (fl *follower) hand(e Event) {
	fl.at = e.Position
	if fl.done.add(e) && fl.h.Event != nil {
		fl.h.Event(e)
	}
}

func (fl *follower) gap(from, to Position) {
	fl.feed.c.log.Warn("redis feed gap", "feed", fl.feed.name, "from", from, "to", to)
	if fl.h.Gap != nil {
		fl.h.Gap(from, to)
	}
}
