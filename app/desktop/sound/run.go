package sound

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Run sounds what is open until ctx ends; it returns nil then. It is called
// once.
func (p *Player) Run(ctx context.Context) error {
	defer close(p.ended)
	p.look(ctx)
	looked := time.Now()
	var broken time.Time // nothing is tried before: the device failed
	for ctx.Err() == nil {
		p.mu.Lock()
		s, due, ok := p.bell.next(time.Now())
		pause := p.bell.paused()
		p.mu.Unlock()
		if ok && due.Before(broken) {
			due = broken
		}
		if ok && !time.Now().Before(due) {
			broken = p.sound(ctx, s)
			looked = time.Now()
			continue
		}
		// The next thing to happen: a burst, the end of a pause, a look.
		wait := time.Until(looked.Add(p.opts.Look))
		if ok {
			wait = min(wait, time.Until(due))
		}
		if !pause.IsZero() {
			wait = min(wait, time.Until(p.pauseEnd()))
		}
		timer := time.NewTimer(max(wait, 0))
		select {
		case <-ctx.Done():
		case <-p.wake:
		case <-timer.C:
			if !time.Now().Before(looked.Add(p.opts.Look)) {
				p.look(ctx)
				looked = time.Now()
			}
		case reply := <-p.tests:
			reply <- p.test(ctx)
			looked = time.Now()
		}
		timer.Stop()
	}
	return nil
}

// pauseEnd is when the next part of the pause ends.
func (p *Player) pauseEnd() (first time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for s := range signals {
		if u := p.bell.until[s]; !u.IsZero() && (first.IsZero() || u.Before(first)) {
			first = u
		}
	}
	return first
}

// sound plays one burst. It returns when the next may be tried if the device
// failed.
func (p *Player) sound(ctx context.Context, s Signal) (retry time.Time) {
	p.mu.Lock()
	tells := p.bell.began(s)
	p.mu.Unlock()
	began := time.Now()
	// Broken off when it is silenced or something more urgent rings.
	err := p.play(ctx, Burst(s), func() bool {
		now, ok := p.bell.sounding()
		return ok && now == s
	})
	state := stateOf(err)
	if err == nil {
		state = p.sink.State(ctx)
	}
	cut := errors.Is(err, errCut)
	if ctx.Err() != nil {
		return time.Time{}
	}
	if !cut {
		p.report(state)
	}
	p.mu.Lock()
	told := tells
	if cut || !state.OK() {
		told = nil
	}
	now := time.Now()
	if cut {
		// What follows need not wait; this signal itself must not stutter.
		p.bell.fresh[s] = true
	}
	ids := p.bell.ended(s, told, now)
	if err != nil && !cut {
		p.bell.last[s] = time.Time{} // it did not sound: due at once, or when the device may be back
		retry = now.Add(retryAfter)
	}
	p.mu.Unlock()
	if state.OK() && !cut {
		p.opts.Played(Played{Alerts: ids, Signal: s, At: began, State: state})
	}
	return retry
}

// retryAfter is the wait before a device that failed is tried again.
const retryAfter = time.Second

// errCut means that a wave was broken off for something else.
var errCut = errors.New("broken off")

// play plays a wave until its end or until wanted, asked with the lock held after
// each change, says no.
func (p *Player) play(ctx context.Context, w Wave, wanted func() bool) error {
	playing, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- p.sink.Play(playing, w) }()
	for {
		select {
		case err := <-done:
			return err
		case <-p.wake:
			p.mu.Lock()
			goOn := wanted()
			p.mu.Unlock()
			if !goOn {
				cancel()
				<-done
				return errCut
			}
		}
	}
}

// test is [Player.Test] on the goroutine of Run.
func (p *Player) test(ctx context.Context) error {
	quiet := func() bool { _, ok := p.bell.sounding(); return !ok }
	p.mu.Lock()
	ok := quiet()
	p.mu.Unlock()
	if !ok {
		return ErrSounding
	}
	err := p.play(ctx, Test(), quiet)
	if errors.Is(err, errCut) {
		return ErrSounding
	}
	state := stateOf(err)
	if err == nil {
		state = p.sink.State(ctx)
	}
	p.report(state)
	if err == nil && !state.OK() {
		err = fmt.Errorf("%w: %s", ErrNotHeard, state.Reason)
	}
	return err
}

// look asks the device how it is.
func (p *Player) look(ctx context.Context) {
	s := p.sink.State(ctx)
	if ctx.Err() == nil {
		p.report(s)
	}
}

// report hands the state to whoever shows it.
func (p *Player) report(s State) {
	p.mu.Lock()
	same := s == p.state
	p.state = s
	p.mu.Unlock()
	if same {
		return
	}
	for {
		select {
		case p.states <- s:
			return
		default:
		}
		select {
		case <-p.states:
		default:
		}
	}
}
