package sound

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// Played reports a burst that was played to its end on a device that is neither
// muted nor too soft.
type Played struct {
	// Alerts were told by this burst for the first time: those that ring with
	// Signal, and less urgent ones that it kept silent.
	Alerts []string
	Signal Signal
	At     time.Time // when the burst began
	State  State
}

// Options tune a Player; zero values mean the defaults.
type Options struct {
	// Repeat is the silence between two bursts of a signal: see [Signal] for
	// the defaults and [Signal.Bounds] for what may be set.
	Repeat map[Signal]time.Duration
	// Look is how often the device is looked at while nothing sounds (10 s).
	Look time.Duration
	// Most bounds the alerts kept (100,000).
	Most int
	// Played is told of every burst that could be heard. It must not block.
	Played func(Played)
}

// The longest that sound can be paused: what is high, and all else.
const (
	MostPauseHigh = 2 * time.Minute
	MostPause     = 10 * time.Minute
)

// Errors of a Player.
var (
	ErrFull     = errors.New("too many alerts to sound each")
	ErrInterval = errors.New("interval outside of what the standard allows")
	ErrSounding = errors.New("an alert is sounding")
	ErrStopped  = errors.New("sound has stopped")
	// ErrNotHeard means that a wave was played on a device that nobody hears;
	// the text says why.
	ErrNotHeard = errors.New("the sound cannot be heard")
)

// Player sounds what is open, most urgent first, again and again until it is
// silenced. All methods are safe for concurrent use, and but for Test none
// waits.
type Player struct {
	sink   Sink
	opts   Options
	wake   chan struct{} // holds at most one value
	states chan State    // holds the newest state until it is read
	tests  chan chan error
	ended  chan struct{}

	mu    sync.Mutex
	bell  *bell
	state State
}

// NewPlayer returns a player for sink. Nothing sounds before Run. It returns
// [ErrInterval] for a repetition out of bounds.
func NewPlayer(sink Sink, o Options) (*Player, error) {
	repeat := defaultRepeat
	for s, d := range o.Repeat {
		if s >= signals {
			return nil, fmt.Errorf("%w: signal %d", ErrInterval, s)
		}
		if least, most := s.Bounds(); d < least || d > most {
			return nil, fmt.Errorf("%w: %v repeats after %v, which must be %v to %v", ErrInterval, s, d, least, most)
		}
		repeat[s] = d
	}
	if o.Look == 0 {
		o.Look = 10 * time.Second
	}
	if o.Most == 0 {
		o.Most = 100_000
	}
	if o.Played == nil {
		o.Played = func(Played) {}
	}
	return &Player{sink: sink, opts: o, wake: make(chan struct{}, 1), states: make(chan State, 1),
		tests: make(chan chan error), ended: make(chan struct{}), bell: newBell(repeat)}, nil
}

// Ring begins an alert's sound; one that rings already is no new one. With
// [ErrFull] the alert is not kept: so many others ring that it would not be told
// apart.
func (p *Player) Ring(alert string, s Signal) error {
	if s >= signals {
		s = High // what is not understood must not hide
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.bell.open) >= p.opts.Most {
		return ErrFull
	}
	p.bell.ring(alert, s, time.Now())
	p.poke()
	return nil
}

// Silence ends an alert's sound, in the middle of a burst if need be.
func (p *Player) Silence(alert string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bell.silence(alert)
	p.poke()
}

// Clear ends the sound of every alert.
func (p *Player) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range slices.Collect(maps.Keys(p.bell.open)) {
		p.bell.silence(id)
	}
	p.poke()
}

// Pause silences all that is open now, for d but at most [MostPauseHigh] where it
// is high and [MostPause] where not. A new high alert sounds in spite of it; new
// ones of lower signals wait for its end. It returns when the pause ends, by
// itself: there is no way to turn sound off.
func (p *Player) Pause(d time.Duration) (until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	d = max(d, 0)
	p.bell.end(now)
	p.bell.pause(now.Add(min(d, MostPauseHigh)), now.Add(min(d, MostPause)))
	p.poke()
	return p.bell.paused()
}

// Resume ends a pause.
func (p *Player) Resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	for s := range signals {
		if !p.bell.until[s].IsZero() {
			p.bell.until[s] = now
		}
	}
	p.bell.end(now)
	p.poke()
}

// Status is what sounds now.
type Status struct {
	// Sounding says that an alert of Signal sounds, again and again.
	Sounding bool
	Signal   Signal
	// Paused is when the pause ends; zero while there is none. Held says that
	// an alert would sound without it.
	Paused time.Time
	Held   bool
	State  State // zero until the device was asked
}

// Status tells what sounds now.
func (p *Player) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bell.end(time.Now())
	st := Status{Paused: p.bell.paused(), State: p.state}
	st.Signal, st.Sounding = p.bell.sounding()
	for s := range signals {
		st.Held = st.Held || len(p.bell.covered[s]) > 0
	}
	return st
}

// States delivers the device's state when it changes, first when Run has asked
// for it. A slow reader finds the newest.
func (p *Player) States() <-chan State { return p.states }

// Test plays low, medium and high once, whatever is paused. It returns when they
// were played; [ErrSounding] if an alert sounds or begins to; the sink's error;
// or [ErrNotHeard].
func (p *Player) Test(ctx context.Context) error {
	reply := make(chan error, 1)
	select {
	case p.tests <- reply:
	case <-p.ended:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Player) poke() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}
