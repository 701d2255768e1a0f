package keyring

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// backend is the library: calls without context that may block or panic.
type backend interface {
	Get(service, name string) (string, error)
	Set(service, name, secret string) error
	Delete(service, name string) error
}

// guarded is a Store over a backend.
type guarded struct {
	service string
	lib     backend
	ready   func() error // refuses before the library is touched
	line    *line
	limit   time.Duration
}

func (g *guarded) Get(ctx context.Context, name string) (string, error) {
	if err := check(name, ""); err != nil {
		return "", err
	}
	var secret string // read only after the call has ended
	err := g.do(ctx, "get", "", func() (err error) {
		secret, err = g.lib.Get(g.service, name)
		return err
	}, nil)
	if err != nil {
		return "", err
	}
	return secret, nil
}

func (g *guarded) Set(ctx context.Context, name, secret string) error {
	if err := check(name, secret); err != nil {
		return err
	}
	return g.do(ctx, "set", secret, func() error {
		if err := g.lib.Set(g.service, name, secret); err != nil {
			return err
		}
		// A dismissed prompt is no error to the library: look.
		kept, err := g.lib.Get(g.service, name)
		if err == nil && kept != secret {
			return errNotKept
		}
		return err
	}, func() {
		// The caller was told that this failed. A token must not appear in the
		// keyring after its owner signed out. A newer one stays.
		if kept, err := g.lib.Get(g.service, name); err == nil && kept == secret {
			_ = g.lib.Delete(g.service, name)
		}
	})
}

func (g *guarded) Delete(ctx context.Context, name string) error {
	if err := check(name, ""); err != nil {
		return err
	}
	return g.do(ctx, "delete", "", func() error {
		return g.lib.Delete(g.service, name)
	}, nil)
}

// The ends of a call: whichever comes first holds.
const (
	running int32 = iota
	finished
	givenUp
)

// do runs call in its turn and waits for it, at most the limit. A call that ends
// after it was given up is followed by undo, in the same turn. secret is kept
// out of the error.
func (g *guarded) do(ctx context.Context, op, secret string, call func() error, undo func()) error {
	limited, cancel := context.WithTimeout(ctx, g.limit)
	defer cancel()
	turn, ok := g.line.enter(limited)
	if !ok {
		return late(ctx, op)
	}
	var end atomic.Int32
	done := make(chan error, 1)
	go func() {
		defer turn.leave()
		err := protect(func() error {
			if err := g.ready(); err != nil {
				return err
			}
			return call()
		})
		if !end.CompareAndSwap(running, finished) && undo != nil {
			_ = protect(func() error { undo(); return nil })
		}
		done <- err
	}()
	select {
	case err := <-done:
		return explain(op, secret, err)
	case <-limited.Done():
	}
	if !end.CompareAndSwap(running, givenUp) {
		return explain(op, secret, <-done)
	}
	turn.abandon()
	return late(ctx, op)
}

// late is the error for a call that was not waited for.
func late(ctx context.Context, op string) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("keyring %s: %w", op, ctx.Err())
	}
	return fmt.Errorf("keyring %s: %w", op, ErrTimeout)
}

var errNotKept = errors.New("the keyring did not keep the secret")

// protect turns a panic into an error that says nothing of its value: the value
// could hold the secret.
func protect(call func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the keyring library panicked (%T)", v)
		}
	}()
	return call()
}

// explain classifies the library's error and scrubs the secret from its text.
func explain(op, secret string, err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if secret != "" {
		text = strings.ReplaceAll(text, secret, "[secret]")
	}
	kind := classify(err)
	switch {
	case kind == nil:
		return fmt.Errorf("keyring %s: %s", op, text)
	case kind == err, text == kind.Error():
		return fmt.Errorf("keyring %s: %w", op, kind)
	default:
		return fmt.Errorf("keyring %s: %w: %s", op, kind, text)
	}
}
