package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-redis/cache/v9"
	"github.com/redis/go-redis/v9"
	"github.com/redis/rueidis"

	"github.com/wardlight/wardlight/redisx"
)

func caches() []section {
	return []section{{
		title: "Cache hit: one summary of 2 KB, decoded", unit: time.Microsecond,
		target: "Target: a warm near-cache hit of redisx in 1 us.",
		rows: []row{
			{name: "raw socket GET", note: "bytes", n: 2000, make: rawGet},
			{name: "go-redis GET + json", n: 1000, make: goredisGet},
			{name: "go-redis/cache, json codec", n: 1000, make: goredisCache(false)},
			{name: "**redisx Cache.Get**, first decode", note: "age, ID and schema checked", n: 1000,
				make: redisxGet(false)},
			{name: "**redisx Cache.Get**, unchanged bytes", note: "asked Redis; decoded value reused", n: 1000,
				make: redisxGet(true)},
			{name: "rueidis DoCache + json", note: "local", n: 1000, make: rueidisGet},
			{name: "go-redis/cache + TinyLFU, json codec", note: "local; no invalidation", n: 1000,
				make: goredisCache(true)},
			{name: "**redisx Cache.Get**, near", note: "local; confirmed by the link", n: 200, each: 500,
				make: redisxNear},
		},
	}, {
		title: "Board: 40 summaries of 2 KB", unit: time.Millisecond,
		target: "Target: redisx at most 2.2 x raw MGET, in one round trip.",
		rows: []row{
			{name: "raw socket MGET", note: "bytes", n: 200, make: rawMGet},
			{name: "go-redis MGET", note: "bytes", n: 200, make: goredisMGet(false)},
			{name: "rueidis DoMulti GET", note: "bytes", n: 200, make: rueidisMulti},
			{name: "**redisx GetMany**, unchanged bytes", note: "decoded, with age; one round trip", n: 200,
				make: redisxBoard(false, false)},
			{name: "go-redis MGET + json", note: "decoded", n: 50, make: goredisMGet(true)},
			{name: "**redisx GetMany**, first decode", note: "decoded, with age; one round trip", n: 50,
				make: redisxBoard(true, false)},
			{name: "go-redis/cache, json codec", note: "decoded; 40 round trips", n: 30, make: goredisCacheBoard},
			{name: "rueidis DoMultiCache + json", note: "decoded; local", n: 50, make: rueidisCacheBoard},
			{name: "**redisx GetMany**, near", note: "decoded; local", n: 200, make: redisxBoard(false, true)},
		},
	}}
}

func key(id string) string { return "sum:" + id }

func fillPlain(e *env) (*raw, error) {
	r, err := e.raw()
	if err != nil {
		return nil, err
	}
	for _, id := range ids() {
		if err := r.do("SET", key(id), string(encode(newSummary(id)))); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func rawGet(_ context.Context, e *env) (func() (time.Duration, error), func(), error) {
	r, err := fillPlain(e)
	if err != nil {
		return nil, nil, err
	}
	return call(func() error { return r.do("GET", key("p00")) }), r.close, nil
}

func rawMGet(_ context.Context, e *env) (func() (time.Duration, error), func(), error) {
	r, err := fillPlain(e)
	if err != nil {
		return nil, nil, err
	}
	args := []string{"MGET"}
	for _, id := range ids() {
		args = append(args, key(id))
	}
	return call(func() error { return r.do(args...) }), r.close, nil
}

func goredisGet(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c := e.goredis()
	return call(func() error {
		raw, err := c.Get(ctx, key("p00")).Bytes()
		if err != nil {
			return err
		}
		var s summary
		return json.Unmarshal(raw, &s)
	}), func() { _ = c.Close() }, nil
}

func goredisMGet(decode bool) func(context.Context, *env) (func() (time.Duration, error), func(), error) {
	return func(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
		c := e.goredis()
		var keys []string
		for _, id := range ids() {
			keys = append(keys, key(id))
		}
		return call(func() error {
			all, err := c.MGet(ctx, keys...).Result()
			if err != nil || len(all) != board {
				return errors.Join(err, errWrong)
			}
			for _, v := range all {
				raw, ok := v.(string)
				if !ok {
					return errWrong
				}
				if decode {
					var s summary
					if err := json.Unmarshal([]byte(raw), &s); err != nil {
						return err
					}
				}
			}
			return nil
		}), func() { _ = c.Close() }, nil
	}
}

func newGoredisCache(c *redis.Client, local bool) *cache.Cache {
	o := &cache.Options{Redis: c, Marshal: json.Marshal, Unmarshal: json.Unmarshal}
	if local {
		o.LocalCache = cache.NewTinyLFU(1000, time.Hour)
	}
	return cache.New(o)
}

func goredisCache(local bool) func(context.Context, *env) (func() (time.Duration, error), func(), error) {
	return func(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
		c := e.goredis()
		k := newGoredisCache(c, local)
		return call(func() error {
			var s summary
			err := k.Get(ctx, key("p00"), &s)
			if err == nil && s.ID != "p00" {
				err = errWrong
			}
			return err
		}), func() { _ = c.Close() }, nil
	}
}

func goredisCacheBoard(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c := e.goredis()
	k := newGoredisCache(c, false)
	return call(func() error {
		for _, id := range ids() { // it has no call for several
			var s summary
			if err := k.Get(ctx, key(id), &s); err != nil {
				return err
			}
		}
		return nil
	}), func() { _ = c.Close() }, nil
}

func rueidisGet(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c, err := rueidis.NewClient(e.rueidisOptions())
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		var s summary
		return c.DoCache(ctx, c.B().Get().Key(key("p00")).Cache(), time.Hour).DecodeJSON(&s)
	}), c.Close, nil
}

func rueidisMulti(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c, err := rueidis.NewClient(e.rueidisOptions())
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		cmds := make(rueidis.Commands, 0, board)
		for _, id := range ids() {
			cmds = append(cmds, c.B().Get().Key(key(id)).Build())
		}
		for _, r := range c.DoMulti(ctx, cmds...) {
			if _, err := r.ToString(); err != nil {
				return err
			}
		}
		return nil
	}), c.Close, nil
}

func rueidisCacheBoard(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c, err := rueidis.NewClient(e.rueidisOptions())
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		cmds := make([]rueidis.CacheableTTL, 0, board)
		for _, id := range ids() {
			cmds = append(cmds, rueidis.CT(c.B().Get().Key(key(id)).Cache(), time.Hour))
		}
		for _, r := range c.DoMultiCache(ctx, cmds...) {
			var s summary
			if err := r.DecodeJSON(&s); err != nil {
				return err
			}
		}
		return nil
	}), c.Close, nil
}

// redisxGet measures a hit in Redis; without reuse the process knows nothing.
func redisxGet(reuse bool) func(context.Context, *env) (func() (time.Duration, error), func(), error) {
	return func(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
		c, err := e.redisx()
		if err != nil {
			return nil, nil, err
		}
		k := cacheOf(c, func(o *redisx.CacheOptions[summary]) {
			if !reuse {
				o.Near = -1
			}
		})
		if _, err := k.Get(ctx, "p00"); err != nil {
			return nil, nil, err
		}
		return call(func() error { return is(ctx, k, redisx.Cached) }), func() { _ = c.Close() }, nil
	}
}

func redisxNear(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c, k, err := nearCache(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		got, err := k.Get(ctx, "p00")
		if err == nil && (got.Source != redisx.Near || got.Stale || got.Value.ID != "p00") {
			// The link's proof was late: the value came from Redis, as it should.
			if got.Source != redisx.Cached {
				err = fmt.Errorf("%w: %s", errWrong, got.Source)
			}
		}
		return err
	}), func() { _ = c.Close() }, nil
}

func is(ctx context.Context, k *redisx.Cache[summary], want redisx.Source) error {
	got, err := k.Get(ctx, "p00")
	if err == nil && (got.Source != want || got.Stale || got.Value.ID != "p00") {
		err = fmt.Errorf("%w: %s", errWrong, got.Source)
	}
	return err
}

// nearCache is a cache whose near copies are confirmed.
func nearCache(ctx context.Context, e *env) (*redisx.Client, *redisx.Cache[summary], error) {
	c, err := e.redisx()
	if err != nil {
		return nil, nil, err
	}
	k := cacheOf(c, func(o *redisx.CacheOptions[summary]) { o.NearFresh = true })
	for until := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, err := k.GetMany(ctx, ids()); err != nil {
			return nil, nil, err
		}
		got, err := k.Get(ctx, "p00")
		if err != nil || got.Source == redisx.Near {
			return c, k, err
		}
		if time.Now().After(until) {
			return nil, nil, errWrong
		}
	}
}

func redisxBoard(first, near bool) func(context.Context, *env) (func() (time.Duration, error), func(), error) {
	return func(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
		var c *redisx.Client
		var k *redisx.Cache[summary]
		var err error
		if near {
			c, k, err = nearCache(ctx, e)
		} else if c, err = e.redisx(); err == nil {
			k = cacheOf(c, func(o *redisx.CacheOptions[summary]) {
				if first {
					o.Near = -1
				}
			})
		}
		if err != nil {
			return nil, nil, err
		}
		list := ids()
		if _, err := k.GetMany(ctx, list); err != nil {
			return nil, nil, err
		}
		return call(func() error {
			got, err := k.GetMany(ctx, list)
			if err == nil && (len(got) != board || got["p07"].Value.ID != "p07" || got["p07"].Stale) {
				err = errWrong
			}
			return err
		}), func() { _ = c.Close() }, nil
	}
}
