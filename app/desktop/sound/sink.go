package sound

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// Sink plays waves on one device. Its methods may be called from any goroutine.
type Sink interface {
	// Play plays the wave and returns when the device has taken its end, or,
	// with silence at once, when ctx ends. It takes at most the wave's length
	// and [Limit]. A nil error does not mean that anybody could hear it: State
	// knows of mute and volume.
	Play(ctx context.Context, w Wave) error
	// State asks the device whether a wave would be heard now.
	State(ctx context.Context) State
}

// Limit is the longest that a sink waits for its device.
const Limit = 2 * time.Second

// Errors of every Sink; test with errors.Is.
var (
	ErrAbsent  = errors.New(tongue.Key("no sound device"))
	ErrHanging = errors.New(tongue.Key("sound service does not answer"))
)

// Kind sums up a State.
type Kind string

// The kinds.
const (
	OK      Kind = "ok"
	Absent  Kind = "absent"  // no device, no service, or nothing plugged in
	Muted   Kind = "muted"   // the device or this program's part of it
	Silent  Kind = "silent"  // the volume is below [Audible]
	Hanging Kind = "hanging" // the service does not answer
)

// Audible is the least volume, in percent of the device's own scale, at which a
// tone counts as heard. Nobody can promise a loudness from here: the self-test
// asks a person.
const Audible = 15

// State is what the screen tells about sound.
type State struct {
	Kind   Kind
	Device string // as the system calls it
	Volume int    // percent; -1 where the system does not tell
	Reason string
}

// OK reports whether a tone would be heard.
func (s State) OK() bool { return s.Kind == OK }

// stateOf turns an error of a sink into a State.
func stateOf(err error) State {
	switch {
	case err == nil:
		return State{Kind: OK, Volume: -1}
	case errors.Is(err, ErrHanging), errors.Is(err, context.DeadlineExceeded):
		return State{Kind: Hanging, Volume: -1, Reason: ErrHanging.Error()}
	}
	return State{Kind: Absent, Volume: -1, Reason: ErrAbsent.Error()}
}

// heard finishes a State whose device answered.
func heard(device string, volume int, muted bool) State {
	s := State{Kind: OK, Device: device, Volume: volume}
	switch {
	case muted:
		s.Kind, s.Reason = Muted, tongue.Key("the sound is muted")
	case volume >= 0 && volume < Audible:
		s.Kind, s.Reason = Silent, tongue.Key("the volume is too low to be heard")
	}
	return s
}
