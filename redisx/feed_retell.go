package redisx

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A server can forget what it accepted: it comes back empty, or a failover lost
// its newest writes. Whoever appended an event in the last minute then appends
// it again, before anything newer: each append says where this process's last
// event lies, and a log that lacks it takes nothing until the others were told
// again. Those that the log does know are known by their ID.
//
// What is not healed is a process that appends nothing any more. Its followers
// learn of a gap, and the record fills it.

const (
	retoldEvents = 1024
	retoldBytes  = 4 << 20
)

// accepted are the newest events of this process in one feed, oldest first.
type accepted struct {
	telling sync.Mutex // held while they are told again

	mu     sync.Mutex
	events []toldEvent
	bytes  int
	after  Position // the newest of them in the log; "" to ask nothing
}

type toldEvent struct {
	id      string
	payload []byte
	at      time.Time
}

// acceptedBy is shared by all Feeds of that log, so that it outlives them.
func (c *Client) acceptedBy(log string) *accepted {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := c.feeds[log]
	if a == nil {
		if c.feeds == nil {
			c.feeds = make(map[string]*accepted)
		}
		a = &accepted{}
		c.feeds[log] = a
	}
	return a
}

// last is what the next append tells the log, "" for nothing.
func (a *accepted) last() Position {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.after
}

// note remembers an event that the log took.
func (a *accepted) note(id string, payload []byte, at Position) {
	now := time.Now()
	a.mu.Lock()
	defer a.mu.Unlock()
	if at.Compare(a.after) > 0 {
		a.after = at
	}
	a.events = append(a.events, toldEvent{id, slices.Clone(payload), now})
	a.bytes += len(payload)
	old := 0
	for ; old < len(a.events); old++ {
		if len(a.events)-old <= retoldEvents && a.bytes <= retoldBytes && now.Sub(a.events[old].at) <= retellFor {
			break
		}
		a.bytes -= len(a.events[old].payload)
	}
	a.events = slices.Delete(a.events, 0, old)
}

// retell appends again what the log may have forgotten, in the old order, unless
// another call did so meanwhile. missing is the event that the log lacks.
func (f *Feed) retell(ctx context.Context, missing Position) error {
	a := f.accepted
	a.telling.Lock()
	defer a.telling.Unlock()
	a.mu.Lock()
	if a.after != missing {
		a.mu.Unlock()
		return nil
	}
	var again []Event
	for _, e := range a.events {
		if time.Since(e.at) <= retellFor {
			again = append(again, Event{ID: e.id, Payload: e.payload})
		}
	}
	a.mu.Unlock()
	told, newest := 0, Position("")
	for part := range slices.Chunk(again, appendMost) {
		all, err := f.appendAfter(ctx, part, "")
		if err != nil {
			return err
		}
		for _, got := range all {
			if got.First {
				told++
			}
			newest = got.Position
		}
	}
	// An event that was trimmed away, though it is known, is not asked for again.
	a.mu.Lock()
	if a.after = ""; told > 0 {
		a.after = newest
	}
	a.mu.Unlock()
	if told > 0 {
		f.c.log.Warn("redis feed told again what the server had forgotten", "feed", f.name, "count", strconv.Itoa(told))
	}
	return nil
}
