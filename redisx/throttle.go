package redisx

import (
	"context"
	"time"
)

// ThrottleOptions tune a Throttle.
type ThrottleOptions struct {
	Free   int           // failures that cost nothing; default 3, negative for none
	First  time.Duration // the first wait, doubled by each further failure; default 1 s
	Max    time.Duration // the longest wait; default 5 min
	Forget time.Duration // failures are forgotten this long after the last; default 15 min
}

// Throttle slows repeated failures, such as wrong passwords, by a key of the
// caller's choice. It treats every key alike, known or not, so it tells nobody
// who exists. It is safe for concurrent use.
type Throttle struct {
	c    *Client
	name string
	o    ThrottleOptions
}

var (
	throttleFail = script("throttle_fail")
	throttleWait = script("throttle_wait")
)

// NewThrottle makes a throttle; name keeps its keys apart from others.
func NewThrottle(c *Client, name string, o ThrottleOptions) *Throttle {
	if o.Free == 0 {
		o.Free = 3
	}
	o.Free = max(o.Free, 0)
	if o.First <= 0 {
		o.First = time.Second
	}
	if o.Max <= 0 {
		o.Max = 5 * time.Minute
	}
	if o.Forget <= 0 {
		o.Forget = 15 * time.Minute
	}
	return &Throttle{c: c, name: name, o: o}
}

// Fail notes a failure of key and returns how long the next try must wait.
func (t *Throttle) Fail(ctx context.Context, key string) (time.Duration, error) {
	ms, err := t.c.run(ctx, throttleFail, []string{t.c.keys.throttle(t.name, key)},
		t.o.Free, t.o.First.Milliseconds(), t.o.Max.Milliseconds(), t.o.Forget.Milliseconds()).Int64()
	return time.Duration(ms) * time.Millisecond, wrap("throttle", err)
}

// Wait returns how long the next try of key must wait; 0 means none.
func (t *Throttle) Wait(ctx context.Context, key string) (time.Duration, error) {
	ms, err := t.c.run(ctx, throttleWait, []string{t.c.keys.throttle(t.name, key)}).Int64()
	return time.Duration(ms) * time.Millisecond, wrap("throttle", err)
}

// Clear forgets the failures of key, as after a success.
func (t *Throttle) Clear(ctx context.Context, key string) error {
	ctx, cancel := t.c.call(ctx)
	defer cancel()
	return wrap("throttle", t.c.coord.Del(ctx, t.c.keys.throttle(t.name, key)).Err())
}
