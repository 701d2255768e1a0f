//go:build !linux && !windows && !darwin

package sound

import "context"

// New returns a sink that says that this system has no sound.
func New() Sink { return none{} }

type none struct{}

func (none) Play(context.Context, Wave) error { return ErrAbsent }
func (none) State(context.Context) State      { return stateOf(ErrAbsent) }
