package notify

import (
	"context"
	"fmt"
	"sync"
)

// Disabled returns a sink that shows nothing and says why: the setting is off, or
// this system has no safe way yet.
func Disabled(reason string) Sink {
	return &disabled{reason: reason, actions: make(chan Invoked)}
}

type disabled struct {
	reason  string
	actions chan Invoked
	once    sync.Once
}

func (d *disabled) Show(context.Context, Note) error    { return fmt.Errorf("%w: %s", ErrOff, d.reason) }
func (d *disabled) Close(context.Context, string) error { return nil }
func (d *disabled) State(context.Context) State         { return State{Kind: Off, Reason: d.reason} }
func (d *disabled) Actions() <-chan Invoked             { return d.actions }
func (d *disabled) Stop() error                         { d.once.Do(func() { close(d.actions) }); return nil }
