package redisx

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// read gets what Redis has into out, in one round trip together with its clock.
// Entries past FreshFor come in old. Unreadable ones are removed and count as
// missing.
func (c *Cache[T]) read(ctx context.Context, ids []string, out map[string]Entry[T]) (old map[string]Entry[T], err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if c.c.breaker.open() {
		return nil, wrap("cache read", ErrDown)
	}
	ctx, cancel := c.c.call(ctx)
	defer cancel()
	began := c.near.begin()
	raw, now, err := c.fetch(ctx, ids)
	if err != nil {
		err = wrap("cache read", err)
		if errors.Is(err, ErrDown) {
			c.c.breaker.trip()
		}
		return nil, err
	}
	c.c.breaker.reset()
	keep := make(map[string]*nearCopy[T], len(ids))
	for i, id := range ids {
		if raw[i] == "" {
			continue
		}
		got, err := c.known(id, raw[i])
		switch {
		case errors.Is(err, errPoisoned):
			c.c.log.Error("redis cache entry refused", "cache", c.o.Name, "id", id, "err", err)
			c.drop(ctx, id, raw[i])
			continue
		case err != nil: // another schema: load it, and replace it if that is newer
			continue
		}
		e := &got.entry
		e.Loaded, e.Confirmed, e.Source = began.at.Add(-max(0, now.Sub(got.stored))), began.at, Cached
		if time.Since(e.Loaded) > c.o.FreshFor {
			if old == nil {
				old = make(map[string]Entry[T])
			}
			old[id] = *e
			continue
		}
		keep[id] = got
		out[id] = *e
	}
	c.near.keep(keep, began)
	return old, nil
}

// errOutrun means that this process has seen a newer value than Redis holds.
var errOutrun = errors.New("an older entry than was seen before")

// known reads an entry, by this process's copy if its bytes are the same. An
// entry older than one seen before is not believed: a failover can bring one
// back.
func (c *Cache[T]) known(id, raw string) (*nearCopy[T], error) {
	have := c.near.known(id)
	if have != nil && have.raw == raw {
		again := *have
		again.epoch = 0
		return &again, nil
	}
	got, err := c.open(id, raw)
	if err == nil && have != nil && got.entry.Found && got.revision < have.revision {
		return nil, errOutrun
	}
	return got, err
}

// fetch is one MGET; in a cluster, where the keys live apart, a pipeline.
func (c *Cache[T]) fetch(ctx context.Context, ids []string) ([]string, time.Time, error) {
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = c.c.keys.cacheEntry(c.o.Name, id)
	}
	out := make([]string, len(ids))
	pipe := c.c.reads.Pipeline()
	clock := pipe.Time(ctx)
	if !c.c.cfg.Cluster {
		all := pipe.MGet(ctx, keys...)
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
		each[i] = pipe.Get(ctx, key)
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

// batch runs a script many times in one pipeline, loading it first if the
// server does not know it. The first error is returned.
func (c *Cache[T]) batch(ctx context.Context, s *redis.Script, n int, args func(i int) ([]string, []any)) error {
	ctx, cancel := c.c.call(ctx)
	defer cancel()
	exec := func(eval bool) error {
		pipe := c.c.coord.Pipeline()
		for i := range n {
			keys, values := args(i)
			if eval {
				s.Eval(ctx, pipe, keys, values...)
			} else {
				s.EvalSha(ctx, pipe, keys, values...)
			}
		}
		cmds, err := pipe.Exec(ctx)
		for _, cmd := range cmds {
			if e := cmd.Err(); e != nil && !errors.Is(e, redis.Nil) {
				return e
			}
		}
		if errors.Is(err, redis.Nil) {
			return nil
		}
		return err
	}
	err := exec(false)
	if err != nil && strings.HasPrefix(err.Error(), "NOSCRIPT") {
		err = exec(true) // all of them: each may be repeated without harm
	}
	return err
}
