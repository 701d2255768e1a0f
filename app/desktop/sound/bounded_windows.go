package sound

import (
	"context"
	"time"
)

// bounded runs what may hang in the system. When its time is up the caller
// leaves; the call is left to end by itself.
func bounded(ctx context.Context, limit time.Duration, call func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- call(limited) }()
	select {
	case err := <-done:
		if limited.Err() != nil && ctx.Err() == nil {
			return ErrHanging
		}
		return err
	case <-limited.Done():
	}
	// What plays is broken off within a poll; what hangs is not waited for.
	select {
	case <-done:
	case <-time.After(500 * ms):
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return ErrHanging
}
