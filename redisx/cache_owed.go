package redisx

import (
	"context"
	"errors"
	"slices"
	"time"
)

// A change that could not be told to Redis leaves an old value there, which
// others go on to read as current. Such changes are owed: they are told as soon
// as Redis can be reached, and until then this process does not believe what
// Redis holds of these IDs. A process that ends with debts leaves them to
// FreshFor and TTL, the bounds on every entry.

// A server can forget what it was told, too: a failover or a restart loses the
// newest writes. So what was told in the last minute is told again whenever a
// link of this cache is made anew.

// owedMost bounds the memory of the debts; beyond it, only FreshFor helps.
const owedMost = 100_000

// owe remembers, by the outcome of telling Redis of a change of these IDs, that
// it is untold or when it was told.
func (c *Cache[T]) owe(err error, ids ...string) {
	if err == nil {
		c.toldOf(ids...)
		return
	}
	if len(ids) == 0 || errors.Is(err, ErrClosed) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		if len(c.owed) < owedMost {
			c.owed[id]++
		}
	}
	c.owes.Store(len(c.owed) > 0)
	if !c.paying {
		c.paying = c.c.background(c.pay)
	}
}

const retellFor = time.Minute

// toldOf remembers what Redis was told.
func (c *Cache[T]) toldOf(ids ...string) {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		c.told[id] = now
	}
	if len(c.told) < c.toldSweep {
		return
	}
	for id, at := range c.told {
		if now.Sub(at) > retellFor {
			delete(c.told, id)
		}
	}
	c.toldSweep = max(1024, 2*len(c.told))
}

// retell owes again what a server may have forgotten. first is the link that was
// just made for the first time: nothing was forgotten then.
func (c *Cache[T]) retell(first bool) {
	if first {
		return
	}
	c.mu.Lock()
	var ids []string
	for id, at := range c.told {
		if time.Since(at) <= retellFor {
			ids = append(ids, id)
		}
	}
	clear(c.told)
	c.mu.Unlock()
	c.owe(errForgotten, ids...)
}

var errForgotten = errors.New("the server may have forgotten")

// owing says whether Redis may hold an old value of this ID.
func (c *Cache[T]) owing(id string) bool {
	if !c.owes.Load() {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.owed[id] > 0
}

// pay invalidates what is owed until nothing is.
func (c *Cache[T]) pay(ctx context.Context) {
	pause := 50 * time.Millisecond
	for {
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			c.mu.Lock()
			n := len(c.owed)
			c.mu.Unlock()
			c.c.log.Warn("redis cache closed with changes untold", "cache", c.o.Name, "count", n)
			return
		case <-timer.C:
		}
		c.mu.Lock()
		debts := make(map[string]int, min(len(c.owed), 500))
		for id, n := range c.owed {
			if debts[id] = n; len(debts) == 500 {
				break
			}
		}
		c.mu.Unlock()
		ids := make([]string, 0, len(debts))
		for id := range debts {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		if err := c.tell(ctx, ids); err != nil {
			c.c.log.Debug("redis cache change untold", "cache", c.o.Name, "count", len(ids), "err", err)
			pause = min(2*pause, time.Second)
			continue
		}
		pause = 50 * time.Millisecond
		c.mu.Lock()
		for id, n := range debts {
			if c.owed[id] == n { // else another came in the meantime
				delete(c.owed, id)
			}
		}
		c.owes.Store(len(c.owed) > 0)
		if len(c.owed) == 0 {
			c.paying = false
			c.mu.Unlock()
			return
		}
		c.mu.Unlock()
	}
}
