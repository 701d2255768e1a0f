package redisx

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// flight is one value on its way from the record, awaited by all who miss it.
type flight[T any] struct {
	done  chan struct{}
	entry Entry[T] // read after done
	err   error
}

// load gets values from the record into out, each once in this process.
func (c *Cache[T]) load(ctx context.Context, ids []string, redisUp bool, out map[string]Entry[T]) error {
	if len(ids) == 0 {
		return nil
	}
	mine, all := make(map[string]*flight[T]), make(map[string]*flight[T], len(ids))
	var own []string
	c.mu.Lock()
	for _, id := range ids {
		f := c.flights[id]
		if f == nil {
			f = &flight[T]{done: make(chan struct{})}
			c.flights[id] = f
			mine[id] = f
			own = append(own, id)
		}
		all[id] = f
	}
	c.mu.Unlock()
	if len(own) > 0 {
		// On its own, so that a caller who gives up does not fail the others.
		load := func(life context.Context) {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.o.LoadTimeout)
			defer cancel()
			defer context.AfterFunc(life, cancel)()
			c.fill(ctx, own, mine, redisUp)
		}
		if !c.c.background(load) {
			c.land(mine, nil, wrap("cache load", ErrClosed))
		}
	}
	var failed error
	for id, f := range all {
		select {
		case <-f.done:
			if f.err != nil {
				failed = f.err
				continue
			}
			out[id] = f.entry
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return failed
}

// fill takes the fill leases, waits a moment for values that other processes
// are loading, loads the rest and stores what it loaded under its leases.
func (c *Cache[T]) fill(ctx context.Context, ids []string, flights map[string]*flight[T], redisUp bool) {
	var leases map[string]string
	load := ids
	if redisUp {
		var others []string
		leases, others = c.takeFills(ctx, ids)
		if len(others) > 0 {
			// First what nobody else loads, then what did not come.
			load = make([]string, 0, len(leases))
			for id := range leases {
				load = append(load, id)
			}
			c.loadAndStore(ctx, load, leases, flights)
			load = c.awaitFills(ctx, others, flights)
			leases = nil
		}
	}
	c.loadAndStore(ctx, load, leases, flights)
}

func (c *Cache[T]) loadAndStore(ctx context.Context, ids []string, leases map[string]string,
	flights map[string]*flight[T]) {
	if len(ids) == 0 {
		return
	}
	part := make(map[string]*flight[T], len(ids))
	for _, id := range ids {
		part[id] = flights[id]
	}
	began := time.Now()
	values, err := c.ask(ctx, ids)
	if err != nil {
		c.giveBack(ctx, ids, leases)
		c.land(part, nil, fmt.Errorf("redisx: cache %s: load: %w", c.o.Name, err))
		return
	}
	entries, keep := make(map[string]Entry[T], len(ids)), make([]seen[T], 0, len(ids))
	for _, id := range ids {
		v, found := values[id]
		if found && c.o.ID(v) != id {
			c.c.log.Error("redis cache load refused", "cache", c.o.Name, "id", id)
			c.land(map[string]*flight[T]{id: part[id]}, nil,
				fmt.Errorf("redisx: cache %s: load: %w", c.o.Name, ErrWrongID))
			delete(part, id)
			continue
		}
		entries[id] = Entry[T]{Value: v, Found: found, Loaded: began, Confirmed: began, Source: Loaded}
		own := &nearCopy[T]{value: v, found: found}
		if found {
			own.revision = c.o.Revision(v)
		}
		keep = append(keep, seen[T]{id, own, began, began})
	}
	c.near.keep(keep, moment{}) // not fresh: what Redis makes of it is not known
	c.store(ctx, entries, leases)
	c.land(part, entries, nil)
}

// giveBack ends fill leases after a failed load, so that the next one does not
// wait for this one.
func (c *Cache[T]) giveBack(ctx context.Context, ids []string, leases map[string]string) {
	var held []string
	for _, id := range ids {
		if leases[id] != "" {
			held = append(held, id)
		}
	}
	if len(held) == 0 {
		return
	}
	err := c.c.batch(ctx, cacheDrop, len(held), func(i int) ([]string, []any) {
		sum := sha1.Sum([]byte(leases[held[i]])) // names the token to the script; guards nothing
		return []string{c.c.keys.cacheFill(c.o.Name, held[i])}, []any{hex.EncodeToString(sum[:])}
	})
	if err != nil {
		c.c.log.Debug("redis cache fill", "cache", c.o.Name, "err", err)
	}
}

// ask calls Load and turns a panic in it into an error for all who wait.
func (c *Cache[T]) ask(ctx context.Context, ids []string) (values map[string]T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return c.o.Load(ctx, ids)
}

// store writes loaded values under their fill leases. A failure costs speed
// only, so it is logged.
func (c *Cache[T]) store(ctx context.Context, entries map[string]Entry[T], leases map[string]string) {
	type put struct {
		keys []string
		args []any
	}
	var puts []put
	k := c.c.keys
	for id, token := range leases {
		e, ok := entries[id]
		if !ok {
			continue
		}
		rest, err := c.envelope(id, e.Value, e.Found)
		if err != nil {
			c.c.log.Error("redis cache store", "cache", c.o.Name, "err", err)
			continue
		}
		revision := "0"
		if e.Found {
			revision = c.revision(e.Value)
		}
		puts = append(puts, put{
			keys: []string{k.cacheEntry(c.o.Name, id), k.cacheFill(c.o.Name, id)},
			args: []any{revision, rest, c.ttl(e.Found), token, "", ""},
		})
	}
	if len(puts) == 0 {
		return
	}
	err := c.c.batch(ctx, cachePut, len(puts), func(i int) ([]string, []any) { return puts[i].keys, puts[i].args })
	if err != nil {
		c.c.log.Debug("redis cache store", "cache", c.o.Name, "err", err)
	}
}

// takeFills takes the fill lease of each ID; others holds those that another
// process has. Without an answer nothing is leased and all is loaded here.
func (c *Cache[T]) takeFills(ctx context.Context, ids []string) (leases map[string]string, others []string) {
	ctx, cancel := c.c.call(ctx)
	defer cancel()
	token := rand.Text()
	pipe := c.c.coord.Pipeline()
	replies := make([]*redis.BoolCmd, len(ids))
	for i, id := range ids {
		replies[i] = pipe.SetNX(ctx, c.c.keys.cacheFill(c.o.Name, id), token, c.o.LoadTimeout)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		c.c.log.Debug("redis cache fill", "cache", c.o.Name, "err", err)
		return nil, nil
	}
	leases = make(map[string]string, len(ids))
	for i, id := range ids {
		if replies[i].Val() {
			leases[id] = token
		} else {
			others = append(others, id)
		}
	}
	return leases, others
}

// awaitFills looks for values that other processes are loading and returns
// those that did not come in time.
func (c *Cache[T]) awaitFills(ctx context.Context, ids []string, flights map[string]*flight[T]) []string {
	until := time.Now().Add(c.o.FillWait)
	pause := 5 * time.Millisecond
	for len(ids) > 0 && time.Now().Before(until) {
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ids
		case <-timer.C:
		}
		pause = min(2*pause, 50*time.Millisecond)
		found := make(map[string]Entry[T], len(ids))
		if _, err := c.read(ctx, ids, found); err != nil {
			return ids
		}
		var missing []string
		for _, id := range ids {
			if e, ok := found[id]; ok {
				c.land(map[string]*flight[T]{id: flights[id]}, map[string]Entry[T]{id: e}, nil)
				continue
			}
			missing = append(missing, id)
		}
		ids = missing
	}
	return ids
}

// land gives the result to all who wait and makes room for the next flight.
func (c *Cache[T]) land(flights map[string]*flight[T], entries map[string]Entry[T], err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, f := range flights {
		if c.flights[id] == f {
			delete(c.flights, id)
		}
		f.entry, f.err = entries[id], err
		close(f.done)
	}
}

// detach lets whoever asks from now on load anew, instead of waiting for a load
// that began before a change.
func (c *Cache[T]) detach(ids ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		delete(c.flights, id)
	}
}

func (c *Cache[T]) detachAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.flights)
}
