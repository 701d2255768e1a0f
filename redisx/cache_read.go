package redisx

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// read gets what Redis has into out, in one round trip together with its clock.
// Entries past FreshFor come in old. Unreadable ones are removed and count as
// missing.
func (c *Cache[T]) read(ctx context.Context, ids []string,
	out map[string]Entry[T]) (old map[string]Entry[T], err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if c.c.breaker.open() {
		return nil, wrap("cache read", ErrDown)
	}
	ctx, cancel := c.c.call(ctx)
	defer cancel()
	began := c.near.begin()
	known := c.near.known(ids)
	keys := make([]any, len(ids)+1)
	keys[0] = "mget"
	for i, id := range ids {
		if known[i] != nil && known[i].key != nil {
			keys[i+1] = known[i].key
		} else {
			keys[i+1] = c.c.keys.cacheEntry(c.o.Name, id)
		}
	}
	raw, now, err := c.fetch(ctx, keys)
	if err != nil {
		err = wrap("cache read", err)
		if errors.Is(err, ErrDown) {
			c.c.breaker.trip()
		}
		return nil, err
	}
	c.c.breaker.reset()
	keep := make([]seen[T], 0, len(ids))
	for i, id := range ids {
		if raw[i] == "" {
			continue
		}
		got, err := known[i], error(nil)
		if got == nil || got.raw != raw[i] {
			if got, err = c.open(id, raw[i]); err == nil {
				got.key = keys[i+1]
			}
		}
		switch {
		case errors.Is(err, errPoisoned):
			c.c.log.Error("redis cache entry refused", "cache", c.o.Name, "id", id, "err", err)
			c.drop(ctx, id, raw[i])
			continue
		case err != nil: // another schema: load it, and replace it if that is newer
			continue
		case known[i] != nil && got.found && got.revision < known[i].revision:
			// This process has seen a newer one; a failover can bring an old one back.
			continue
		}
		e := Entry[T]{Value: got.value, Found: got.found, Source: Cached, Confirmed: began.at,
			Loaded: began.at.Add(-max(0, now.Sub(got.stored)))}
		if time.Since(e.Loaded) > c.o.FreshFor {
			if old == nil {
				old = make(map[string]Entry[T])
			}
			old[id] = e
			continue
		}
		keep = append(keep, seen[T]{id, got, e.Loaded, e.Confirmed})
		out[id] = e
	}
	c.near.keep(keep, began)
	return old, nil
}

// fetch runs an MGET; in a cluster, where the keys live apart, a pipeline of GET.
// It empties what has no entry and adds the server's time.
func (c *Cache[T]) fetch(ctx context.Context, mget []any) ([]string, time.Time, error) {
	keys := mget[1:]
	out := make([]string, len(keys))
	pipe := c.c.reads.Pipeline()
	clock := pipe.Time(ctx)
	if !c.c.cfg.Cluster {
		all := redis.NewSliceCmd(ctx, mget...)
		_ = pipe.Process(ctx, all)
		if _, err := pipe.Exec(ctx); err != nil {
			return nil, time.Time{}, err
		}
		for i, v := range all.Val() {
			out[i] = text(v)
		}
		return out, clock.Val(), nil
	}
	each := make([]*redis.StringCmd, len(keys))
	for i, key := range keys {
		each[i] = redis.NewStringCmd(ctx, "get", key)
		_ = pipe.Process(ctx, each[i])
	}
	_, _ = pipe.Exec(ctx) // each command has its own error
	for i, cmd := range each {
		err := cmd.Err()
		if err != nil && !errors.Is(err, redis.Nil) && !redis.HasErrorPrefix(err, "WRONGTYPE") {
			return nil, time.Time{}, err
		}
		out[i] = cmd.Val()
	}
	return out, clock.Val(), clock.Err()
}

// drop removes exactly the entry that was read.
func (c *Cache[T]) drop(ctx context.Context, id, raw string) {
	sum := sha1.Sum([]byte(raw)) // names the bytes to the script; guards nothing
	err := c.c.run(ctx, cacheDrop, []string{c.c.keys.cacheEntry(c.o.Name, id)}, hex.EncodeToString(sum[:])).Err()
	if err != nil {
		c.c.log.Debug("redis cache drop", "cache", c.o.Name, "err", err)
	}
}
