// Package idle asks the desktop for how long nobody has used this computer, in any
// program: a nurse who works in the window beside the station's is not away from it.
// It holds nothing of what was typed or where.
package idle

import (
	"context"
	"errors"
	"time"
)

// ErrUnknown means that this desktop does not say. The station then goes by its own
// keys and pointer alone.
var ErrUnknown = errors.New("idle: the desktop does not say how long nobody used it")

// Probe answers for how long there was no key and no pointer, or [ErrUnknown]. It
// may be asked from one goroutine at a time, and answers within ctx.
type Probe func(ctx context.Context) (time.Duration, error)

// Of is the shorter of the station's own idle time and the desktop's: the station's
// own keys are the desktop's, too, so an answer above own is not believed.
func Of(ctx context.Context, own time.Duration, probe Probe) time.Duration {
	if probe == nil {
		return own
	}
	desktop, err := probe(ctx)
	if err != nil || desktop < 0 || desktop > own {
		return own
	}
	return desktop
}
