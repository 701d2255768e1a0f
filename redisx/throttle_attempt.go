package redisx

import (
	"context"
	"errors"
	"sync"
	"time"
)

var throttleTry = script("throttle_try")

// Try asks whether a try of key may go on. 0 means that it may, and that it
// counts as a failure until [Throttle.Clear]: unlike Wait before and Fail after,
// this counts guesses that are sent at the same time. Anything above 0 is how
// long the next try must wait; nothing was counted.
func (t *Throttle) Try(ctx context.Context, key string) (time.Duration, error) {
	ms, err := t.c.run(ctx, throttleTry, []string{t.c.keys.throttle(t.name, key)},
		t.o.Free, t.o.First.Milliseconds(), t.o.Max.Milliseconds(), t.o.Forget.Milliseconds()).Int64()
	return time.Duration(ms) * time.Millisecond, wrap("throttle", err)
}

// Attempt is one key of one throttle.
type Attempt struct {
	Throttle *Throttle
	Key      string
}

// Attempts are the sides from which one sign-in is throttled, such as the person
// (few free failures, so that nobody's password is guessed) and the station (more
// of them, so that nobody tries one password on everybody). The strictest
// decides. All sides are asked at the same time; they live apart in a Cluster.
type Attempts []Attempt

// Try asks all sides, as [Throttle.Try]; the longest wait counts. While one side
// makes wait, the others do not count: a station that is made to wait cannot lock
// people out.
func (a Attempts) Try(ctx context.Context) (time.Duration, error) {
	if wait, err := a.Wait(ctx); wait > 0 || err != nil {
		return wait, err
	}
	return a.each(func(t *Throttle, key string) (time.Duration, error) { return t.Try(ctx, key) })
}

// Fail notes a failure on all sides and returns the longest wait.
func (a Attempts) Fail(ctx context.Context) (time.Duration, error) {
	return a.each(func(t *Throttle, key string) (time.Duration, error) { return t.Fail(ctx, key) })
}

// Wait is the longest wait of any side.
func (a Attempts) Wait(ctx context.Context) (time.Duration, error) {
	return a.each(func(t *Throttle, key string) (time.Duration, error) { return t.Wait(ctx, key) })
}

// Clear forgets the failures of the first side only, the person who has just
// signed in: one who knows one password must not wash the station clean for
// guessing others'.
func (a Attempts) Clear(ctx context.Context) error {
	if len(a) == 0 {
		return nil
	}
	return a[0].Throttle.Clear(ctx, a[0].Key)
}

func (a Attempts) each(ask func(*Throttle, string) (time.Duration, error)) (time.Duration, error) {
	waits, errs := make([]time.Duration, len(a)), make([]error, len(a))
	var wg sync.WaitGroup
	for i, at := range a {
		wg.Go(func() { waits[i], errs[i] = ask(at.Throttle, at.Key) })
	}
	wg.Wait()
	var longest time.Duration
	for _, w := range waits {
		longest = max(longest, w)
	}
	return longest, errors.Join(errs...)
}
