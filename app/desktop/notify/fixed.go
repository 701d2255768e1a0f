package notify

import (
	"context"
	"errors"
	"sync"
)

// The only text that a [Fixed] sink ever shows.
const (
	FixedTitle = "Wardlight"
	FixedBody  = "New high-priority alert. Open the station."
)

// Fixed returns a sink for systems whose only way to notify cannot be trusted
// with a text, such as a toolkit that builds a script of it: whatever the note
// says, show gets [FixedTitle] and [FixedBody]. Notes below [Critical] are not
// shown. show runs on a goroutine of its own, one call at a time; while one has
// not returned, Show answers [ErrHanging].
func Fixed(show func(title, body string)) Sink {
	return &fixed{show: show, busy: make(chan struct{}, 1), actions: make(chan Invoked)}
}

type fixed struct {
	show    func(title, body string)
	busy    chan struct{}
	actions chan Invoked

	mu      sync.Mutex
	stopped bool
}

func (f *fixed) Show(ctx context.Context, n Note) error {
	if _, err := n.plain(); err != nil {
		return err
	}
	if n.Urgency != Critical {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	if err := f.start(ctx); err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		defer func() { <-f.busy }()
		defer close(done)
		f.show(FixedTitle, FixedBody)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return errors.Join(ErrHanging, ctx.Err())
	}
}

// start takes the one place for a call.
func (f *fixed) start(ctx context.Context) error {
	f.mu.Lock()
	stopped := f.stopped
	f.mu.Unlock()
	if stopped {
		return ErrStopped
	}
	select {
	case f.busy <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errors.Join(ErrHanging, ctx.Err())
	}
}

func (f *fixed) Close(context.Context, string) error { return errors.ErrUnsupported }

func (f *fixed) State(context.Context) State {
	s := State{Kind: OK, Server: "constant text"}
	if len(f.busy) > 0 {
		s = State{Kind: Hanging, Reason: ErrHanging.Error()}
	}
	return s
}

func (f *fixed) Actions() <-chan Invoked { return f.actions }

func (f *fixed) Stop() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.stopped {
		f.stopped = true
		close(f.actions)
	}
	return nil
}
