package redisx

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// CacheOptions describe a cache of T. Name, ID and Load are required.
type CacheOptions[T any] struct {
	Name   string // first part of the keys; one T, one Name
	Schema int    // raise it when the JSON of T changes: other schemas are reloaded

	// TTL is how long Redis keeps an entry (shortened by up to a tenth, so that
	// entries do not end together); default 10 min. MissTTL is the same for "there
	// is none"; default 30 s.
	TTL, MissTTL time.Duration
	// FreshFor is how old an entry may be before it is loaded again; default
	// TTL. If the load fails, the old entry is returned with Stale set.
	FreshFor time.Duration

	// Revision is the value's version in the record, 0 or higher; a higher one
	// is never replaced by a lower. Default: all are equal.
	Revision func(T) int64
	// ID says whose value it is. It is stored beside the value and compared
	// whenever one is read or loaded: a value under another's key is refused.
	ID func(T) string
	// Load reads the values of these IDs from the record. An ID that is not in
	// the map does not exist. The result is shared between all callers that miss
	// at the same time, so it must not depend on who asks; the callers share the
	// values, too, and must not change what they point to.
	Load func(ctx context.Context, ids []string) (map[string]T, error)

	LoadTimeout time.Duration // limit of one Load; default 5 s
	// FillWait is how long to wait for another process that is loading the same
	// value before loading it too; default 250 ms.
	FillWait time.Duration
	// Near is how many last known values are kept in this process for when both
	// Redis and the record are away; default 1,024, negative for none.
	Near  int
	Probe time.Duration // how often Watch proves its link; default 1 s
}

// Source is where a value came from.
type Source string

// The sources.
const (
	Cached Source = "cached" // from Redis
	Loaded Source = "loaded" // from the record, just now
	Near   Source = "near"   // this process's last known copy
)

// Entry is a value with its age.
type Entry[T any] struct {
	Value T
	Found bool // false: the record has no such value; Value is zero
	// Loaded is when the value was read from the record, in this computer's
	// clock (Redis' clock decides how long ago that was).
	Loaded time.Time
	Source Source
	// Stale says that the value is past FreshFor, or its freshness could not be
	// confirmed, and no newer one could be had. Show it as old.
	Stale bool
}

// ErrWrongID means that Load returned a value under the ID of another.
var ErrWrongID = errors.New("value belongs to another ID")

// Cache reads values through Redis. It is safe for concurrent use.
type Cache[T any] struct {
	c *Client
	o CacheOptions[T]

	mu      sync.Mutex
	flights map[string]*flight[T]
	near    map[string]Entry[T]
}

var (
	cachePut        = script("cache_put")
	cacheInvalidate = script("cache_invalidate")
	cacheDrop       = script("cache_drop")
)

// NewCache makes a cache. It panics without Name, ID or Load.
func NewCache[T any](c *Client, o CacheOptions[T]) *Cache[T] {
	if o.Name == "" || o.ID == nil || o.Load == nil {
		panic("redisx: NewCache: Name, ID and Load are required")
	}
	if o.Revision == nil {
		o.Revision = func(T) int64 { return 0 }
	}
	if o.TTL <= 0 {
		o.TTL = 10 * time.Minute
	}
	if o.MissTTL <= 0 {
		o.MissTTL = min(30*time.Second, o.TTL)
	}
	if o.FreshFor <= 0 {
		o.FreshFor = o.TTL
	}
	if o.LoadTimeout <= 0 {
		o.LoadTimeout = 5 * time.Second
	}
	if o.FillWait <= 0 {
		o.FillWait = 250 * time.Millisecond
	}
	if o.Near == 0 {
		o.Near = 1024
	}
	if o.Probe <= 0 {
		o.Probe = defaultProbe
	}
	return &Cache[T]{c: c, o: o, flights: make(map[string]*flight[T]), near: make(map[string]Entry[T])}
}

// Get returns the value of one ID. See [Cache.GetMany].
func (c *Cache[T]) Get(ctx context.Context, id string) (Entry[T], error) {
	got, err := c.GetMany(ctx, []string{id})
	if e, ok := got[id]; ok {
		return e, nil
	}
	return Entry[T]{}, err
}

// GetMany returns the values of many IDs: one round trip for what Redis has,
// one Load for all that it has not. Values that several callers miss at the
// same time, in this process or another, are loaded once.
//
// Without Redis the values are loaded directly. What cannot be loaded comes
// from an older copy, marked Stale. An ID for which there is not even that is
// missing from the map, and the error says why; the others are there all the
// same.
func (c *Cache[T]) GetMany(ctx context.Context, ids []string) (map[string]Entry[T], error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	out := make(map[string]Entry[T], len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	found, old, readErr := c.read(ctx, ids)
	maps.Copy(out, found)
	var missing []string
	for _, id := range ids {
		if _, ok := out[id]; !ok {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	loaded, err := c.miss(ctx, missing, readErr == nil)
	maps.Copy(out, loaded)
	var failed error
	for _, id := range missing {
		if _, ok := out[id]; ok {
			continue
		}
		if e, ok := c.lastKnown(id, old); ok {
			out[id] = e
			continue
		}
		failed = errors.Join(err, readErr)
		if failed == nil {
			failed = fmt.Errorf("redisx: cache %s: no answer", c.o.Name)
		}
	}
	return out, failed
}

// lastKnown is the best old copy: the entry in Redis that was past FreshFor, or
// this process's own.
func (c *Cache[T]) lastKnown(id string, old map[string]Entry[T]) (Entry[T], bool) {
	e, ok := old[id]
	c.mu.Lock()
	near, have := c.near[id]
	c.mu.Unlock()
	if have && (!ok || near.Loaded.After(e.Loaded)) {
		near.Source = Near
		e, ok = near, true
	}
	e.Stale = true
	return e, ok
}

func (c *Cache[T]) remember(entries map[string]Entry[T]) {
	if c.o.Near < 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, e := range entries {
		if have, ok := c.near[id]; ok && have.Loaded.After(e.Loaded) {
			continue
		}
		for other := range c.near { // any: the copies are for an outage, not for speed
			if len(c.near) < c.o.Near {
				break
			}
			delete(c.near, other)
		}
		c.near[id] = e
	}
}

// Forget drops this process's last known copies, as when a person signs out.
func (c *Cache[T]) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.near)
}

// Put stores a value that the caller has just written to the record, and
// announces it. It never replaces a higher revision; that is no error.
func (c *Cache[T]) Put(ctx context.Context, value T) error {
	id := c.o.ID(value)
	if id == "" {
		return fmt.Errorf("redisx: cache %s: put: %w: empty", c.o.Name, ErrWrongID)
	}
	rest, err := c.envelope(id, value, true)
	if err != nil {
		return err
	}
	c.detach(id)
	k := c.c.keys
	stored, err := c.c.run(ctx, cachePut, []string{k.cacheEntry(c.o.Name, id), k.cacheFill(c.o.Name, id)},
		c.revision(value), rest, c.ttl(true), "", k.cacheChanges(c.o.Name), id).Int()
	if err != nil || stored == 1 {
		c.remember(map[string]Entry[T]{id: {Value: value, Found: true, Loaded: time.Now(), Source: Near}})
	}
	return wrap("cache put", err)
}

// Invalidate removes the values of these IDs, so that the next Get loads them,
// and announces it. A value that somebody read from the record before is not
// stored afterwards.
func (c *Cache[T]) Invalidate(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	c.detach(ids...)
	k := c.c.keys
	return wrap("cache invalidate", c.batch(ctx, cacheInvalidate, len(ids), func(i int) ([]string, []any) {
		return []string{k.cacheEntry(c.o.Name, ids[i]), k.cacheFill(c.o.Name, ids[i])},
			[]any{k.cacheChanges(c.o.Name), ids[i]}
	}))
}

// Watch hears which IDs were put or invalidated, by anyone, until ctx ends, and
// returns ctx's error. onResync is called after every (re)connection: changes
// may have been missed, so read again what is on the screen.
func (c *Cache[T]) Watch(ctx context.Context, onChange func(id string), onResync func()) error {
	l := &link{
		c: c.c, tag: c.o.Name, channels: []string{c.c.keys.cacheChanges(c.o.Name)},
		probe: c.o.Probe, maxBytes: 4 << 10,
		resync: func(context.Context) error {
			c.detachAll()
			if onResync != nil {
				onResync()
			}
			return nil
		},
		message: func(_, id string) error {
			c.detach(id) // a load that began before the change is not for who asks after it
			if onChange != nil {
				onChange(id)
			}
			return nil
		},
	}
	l.run(ctx)
	return ctx.Err()
}
