package redisx

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
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
	// Near is how many values are kept in this process, decoded: shown as Stale
	// when both Redis and the record are away, and not decoded again while Redis
	// answers with the same bytes. Default 1,024, negative for none.
	Near int
	// NearFresh serves values kept in this process without asking Redis, as long
	// as a link that tells of every change is proved. It costs one connection, and
	// a value may be as old as the newest proof of that link, which is given as
	// Entry.Confirmed: at most 2.5 times Probe. On a link that is down or silent
	// for that long, Redis is asked again.
	NearFresh bool
	// Probe is how often the links of Watch and NearFresh prove themselves;
	// default 500 ms.
	Probe time.Duration
}

// Source is where a value came from.
type Source string

// The sources.
const (
	Cached Source = "cached" // from Redis
	Loaded Source = "loaded" // from the record, just now
	Near   Source = "near"   // this process's own copy
)

// Entry is a value with its age.
type Entry[T any] struct {
	Value T
	Found bool // false: the record has no such value; Value is zero
	// Loaded is when the value was read from the record, in this computer's
	// clock (Redis' clock decides how long ago that was).
	Loaded time.Time
	// Confirmed is when the value was last known to be the current one, as far as
	// the changes told to Redis go: when Redis or the record was asked, or when
	// the newest proof was sent of the link that would have told of a change.
	Confirmed time.Time
	Source    Source
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

	near    *near[T]
	hearing atomic.Bool // the link of near copies was started
	owes    atomic.Bool // owed is not empty

	mu      sync.Mutex
	flights map[string]*flight[T]
	owed    map[string]int // changes of an ID that Redis was not told of
	paying  bool
	told    map[string]time.Time // changes that Redis was told of lately
	// toldSweep is the size at which told is swept.
	toldSweep int
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
	if o.Near < 0 {
		o.NearFresh = false
	}
	return &Cache[T]{c: c, o: o, near: newNear[T](o.Near, min(o.FreshFor, o.TTL), min(o.FreshFor, o.MissTTL)),
		flights: make(map[string]*flight[T]), owed: make(map[string]int),
		told: make(map[string]time.Time), toldSweep: 1024}
}

// Get returns the value of one ID. See [Cache.GetMany]. A hit in this process
// (NearFresh) does no I/O and no allocation.
func (c *Cache[T]) Get(ctx context.Context, id string) (Entry[T], error) {
	if e, ok := c.near.fresh(id); ok {
		return e, nil
	}
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
	out := make(map[string]Entry[T], len(ids))
	ask := make([]string, 0, len(ids))
	for _, id := range ids {
		if e, ok := c.near.fresh(id); ok {
			out[id] = e
			continue
		}
		ask = append(ask, id)
	}
	slices.Sort(ask)
	ask = slices.Compact(ask)
	if len(ask) == 0 {
		return out, nil
	}
	c.hear()
	var doubted []string // Redis was not told of a change of these
	if c.owes.Load() {
		ask = slices.DeleteFunc(ask, func(id string) bool {
			if !c.owing(id) {
				return false
			}
			doubted = append(doubted, id)
			return true
		})
	}
	old, readErr := c.read(ctx, ask, out)
	var missing []string
	for _, id := range ask {
		if _, ok := out[id]; !ok {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 && len(doubted) == 0 {
		return out, nil
	}
	err := c.load(ctx, missing, readErr == nil, out)
	err = errors.Join(err, c.load(ctx, doubted, false, out))
	var failed error
	for _, id := range append(missing, doubted...) {
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
	if have, kept := c.near.last(id); kept && (!ok || have.Loaded.After(e.Loaded)) {
		e, ok = have, true
	}
	e.Stale = true
	return e, ok
}

// Forget drops this process's copies, as when a person signs out.
func (c *Cache[T]) Forget() { c.near.forget() }

// Put stores a value that the caller has just written to the record, and
// announces it. It never replaces a higher revision; that is no error.
//
// If Redis cannot be told, Put says so and the ID is invalidated as soon as it
// can be; until then this process does not believe Redis about it.
func (c *Cache[T]) Put(ctx context.Context, value T) error {
	id := c.o.ID(value)
	if id == "" {
		return fmt.Errorf("redisx: cache %s: put: %w: empty", c.o.Name, ErrWrongID)
	}
	rest, err := c.envelope(id, value, true)
	if err != nil {
		return err
	}
	c.changed(id)
	k, began := c.c.keys, time.Now()
	stored, err := c.c.run(ctx, cachePut, []string{k.cacheEntry(c.o.Name, id), k.cacheFill(c.o.Name, id)},
		c.revision(value), rest, c.ttl(true), "", k.cacheChanges(c.o.Name), id).Int()
	if err != nil || stored == 1 {
		own := &nearCopy[T]{value: value, found: true, revision: c.o.Revision(value)}
		c.near.keep([]seen[T]{{id, own, began, began}}, moment{})
	}
	err = wrap("cache put", err)
	c.owe(err, id)
	c.changed(id) // whoever reads from here on must not get a value read before
	return err
}

// Invalidate removes the values of these IDs, so that the next Get loads them,
// and announces it. A value that somebody read from the record before is not
// stored afterwards. If Redis cannot be told, it is told later, as by Put.
func (c *Cache[T]) Invalidate(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	c.changed(ids...)
	err := c.tell(ctx, ids)
	c.owe(err, ids...)
	c.changed(ids...)
	return err
}

// tell is Invalidate without the debt.
func (c *Cache[T]) tell(ctx context.Context, ids []string) error {
	k := c.c.keys
	return wrap("cache invalidate", c.c.batch(ctx, cacheInvalidate, len(ids), func(i int) ([]string, []any) {
		return []string{k.cacheEntry(c.o.Name, ids[i]), k.cacheFill(c.o.Name, ids[i])},
			[]any{k.cacheChanges(c.o.Name), ids[i]}
	}))
}
