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

// owedMost bounds the memory of the debts; beyond it, only FreshFor helps.
const owedMost = 100_000

// owe remembers that a change of these IDs is untold.
func (c *Cache[T]) owe(err error, ids ...string) {
	if err == nil || errors.Is(err, ErrClosed) {
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
