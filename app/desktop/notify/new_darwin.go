package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"
)

// New returns this desktop's sink: notifications by way of osascript, which needs
// no signed bundle. They have no buttons, cannot be taken away, and whether their
// user turned them off is not known here.
func New(_, _ string) Sink {
	return &scripted{busy: make(chan struct{}, 1), actions: make(chan Invoked)}
}

type scripted struct {
	busy    chan struct{} // holds one value while a script runs
	actions chan Invoked

	mu      sync.Mutex
	stopped bool
	last    error
}

func (s *scripted) Show(ctx context.Context, n Note) error {
	input, err := macInput(n)
	if err != nil {
		return err
	}
	s.mu.Lock()
	stopped := s.stopped
	s.mu.Unlock()
	if stopped {
		return ErrStopped
	}
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	select {
	case s.busy <- struct{}{}:
		defer func() { <-s.busy }()
	case <-ctx.Done():
		return errors.Join(ErrHanging, ctx.Err())
	}
	cmd := exec.CommandContext(ctx, "/usr/bin/osascript", macArguments...)
	cmd.Stdin, cmd.WaitDelay = bytes.NewReader(input), 200*time.Millisecond
	switch err = cmd.Run(); {
	case err == nil:
	case ctx.Err() != nil:
		err = errors.Join(ErrHanging, ctx.Err())
	default:
		err = fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	s.mu.Lock()
	s.last = err
	s.mu.Unlock()
	return err
}

func (s *scripted) Close(context.Context, string) error { return errors.ErrUnsupported }

func (s *scripted) State(context.Context) State {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return stateOf(ErrStopped)
	}
	state := stateOf(s.last)
	state.Server = "macOS"
	return state
}

func (s *scripted) Actions() <-chan Invoked { return s.actions }

func (s *scripted) Stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopped {
		s.stopped = true
		close(s.actions)
	}
	return nil
}
