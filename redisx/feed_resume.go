package redisx

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Cursor keeps a follower's position between its runs. Load of a cursor that
// was never saved returns [FromNow].
type Cursor interface {
	Load(ctx context.Context) (Position, error)
	Save(ctx context.Context, at Position) error
}

// Cursor keeps a position in Redis, beside the feed, under the follower's name.
// It is lost together with the feed.
func (f *Feed) Cursor(follower string) Cursor {
	return redisCursor{f.c, f.c.keys.feedCursor(f.name, follower)}
}

type redisCursor struct {
	c   *Client
	key string
}

func (r redisCursor) Load(ctx context.Context) (Position, error) {
	s, err := r.c.coord.Get(r.c.bound(ctx), r.key).Result()
	if errors.Is(err, redis.Nil) {
		return FromNow, nil
	}
	return Position(s), wrap("feed cursor", err)
}

func (r redisCursor) Save(ctx context.Context, at Position) error {
	return wrap("feed cursor", r.c.coord.Set(r.c.bound(ctx), r.key, string(at), 365*24*time.Hour).Err())
}

// FileCursor keeps a position in a file of this computer, replaced atomically.
// The file holds two numbers and nothing of what the events say.
type FileCursor string

// Load reads the file.
func (p FileCursor) Load(context.Context) (Position, error) {
	text, err := os.ReadFile(string(p))
	if errors.Is(err, os.ErrNotExist) {
		return FromNow, nil
	}
	return Position(strings.TrimSpace(string(text))), err
}

// Save replaces the file.
func (p FileCursor) Save(_ context.Context, at Position) error {
	file, err := os.CreateTemp(filepath.Dir(string(p)), ".cursor-*")
	if err != nil {
		return err
	}
	_, err = file.WriteString(string(at) + "\n")
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), string(p))
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// Resume is [Feed.Follow] from where the last run ended, or from first when
// there was none. The position is saved at every proof of the link that
// followed an event, about twice a second, and at the end. After an orderly end
// no event is handed over again; after a crash those since the last save are,
// known by their ID. A handler that must not see them twice stores
// Event.Position together with its own work and uses Follow.
func (f *Feed) Resume(ctx context.Context, cursor Cursor, first Position, h FeedHandler) error {
	from, err := f.begin(ctx, cursor, first)
	if err != nil {
		return err
	}
	at, saved := from, Position("")
	save := func(ctx context.Context) {
		if at == saved {
			return
		}
		if err := cursor.Save(ctx, at); err != nil {
			f.c.log.Warn("redis feed cursor", "feed", f.name, "err", err)
			return
		}
		saved = at
	}
	event, link := h.Event, h.Link
	h.Event = func(e Event) {
		if event != nil {
			event(e)
		}
		at = e.Position
	}
	h.Link = func(up bool, heard time.Time) {
		if up {
			save(ctx)
		}
		if link != nil {
			link(up, heard)
		}
	}
	err = f.Follow(ctx, from, h)
	save(context.WithoutCancel(ctx)) // the end must be kept, though ctx has ended
	return err
}

// begin is where to follow from. "Now" becomes a position, so that it is kept
// even when nothing is appended before the next run. While Redis is away it goes
// on asking.
func (f *Feed) begin(ctx context.Context, cursor Cursor, first Position) (Position, error) {
	for {
		from, err := cursor.Load(ctx)
		if err == nil && from == FromNow {
			if from = first; first == FromNow {
				from, err = f.Last(ctx)
			}
		}
		if err == nil || !passing(err) {
			return from, err
		}
		timer := time.NewTimer(f.o.Probe)
		select {
		case <-ctx.Done():
			timer.Stop()
			return "", ctx.Err()
		case <-timer.C:
		}
	}
}
