package redisx

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// page is how many events one read of the log takes.
const page = 500

// from reads events from a position on, that position included.
func (f *Feed) from(ctx context.Context, pos Position) ([]Event, error) {
	ctx, cancel := f.c.call(ctx)
	defer cancel()
	start := string(pos)
	if pos.zero() {
		start = "-"
	}
	got, err := f.c.coord.XRangeN(ctx, f.c.keys.feed(f.name), start, "+", page).Result()
	return events(got), wrap("feed read", err)
}

// first reads the oldest event kept.
func (f *Feed) first(ctx context.Context) ([]Event, error) {
	ctx, cancel := f.c.call(ctx)
	defer cancel()
	got, err := f.c.coord.XRangeN(ctx, f.c.keys.feed(f.name), "-", "+", 1).Result()
	return events(got), wrap("feed read", err)
}

// last reads the newest event.
func (f *Feed) last(ctx context.Context) ([]Event, error) {
	ctx, cancel := f.c.call(ctx)
	defer cancel()
	got, err := f.c.coord.XRevRangeN(ctx, f.c.keys.feed(f.name), "+", "-", 1).Result()
	return events(got), wrap("feed read", err)
}

// Recent is what was appended last, the newest first: at most 500 events. It is for
// looking once; who must miss nothing follows.
func (f *Feed) Recent(ctx context.Context) ([]Event, error) { return f.before(ctx, "+") }

// before reads one page backwards, newest first, from pos down.
func (f *Feed) before(ctx context.Context, pos Position) ([]Event, error) {
	ctx, cancel := f.c.call(ctx)
	defer cancel()
	got, err := f.c.coord.XRevRangeN(ctx, f.c.keys.feed(f.name), string(pos), "-", page).Result()
	return events(got), wrap("feed read", err)
}

func events(messages []redis.XMessage) []Event {
	list := make([]Event, 0, len(messages))
	for _, m := range messages {
		id, _ := m.Values["id"].(string)
		payload, _ := m.Values["p"].(string)
		list = append(list, Event{
			Position: Position(m.ID), ID: id, Payload: []byte(payload), Replayed: true,
		})
	}
	return list
}
