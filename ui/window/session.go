package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/desktop/idle"
	"github.com/wardlight/wardlight/app/staff"
)

// person is whoever is at this station; guarded by Window.mu.
type person struct {
	session *staff.Session // nil: nobody; set while locked, too
	locked  bool
	active  time.Time // last thing a person did here
}

// touchEvery is how often a session is told that its person works.
const touchEvery = time.Minute

// acted notes that a person did something here.
func (w *Window) acted() {
	w.mu.Lock()
	w.who.active = time.Now()
	w.mu.Unlock()
}

// signed returns the session if somebody is signed in and not locked out.
func (w *Window) signed() (staff.Session, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.who.session == nil || w.who.locked {
		return staff.Session{}, false
	}
	return *w.who.session, true
}

// whose is the session at this station, locked or not; nil where nobody is.
func (w *Window) whose() *staff.Session {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.who.session
}

// isOn reports whether a session is the one that is signed in here: what comes late, of
// another, is not for the person who is.
func (w *Window) isOn(s staff.Session) bool {
	is, _ := act{w: w, by: s}.mine()
	return is
}

// watchSession covers and locks an idle station and notices a session ended elsewhere.
func (w *Window) watchSession() {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	touched := time.Now()
	for {
		select {
		case <-w.ctx.Done():
			return
		case now := <-tick.C:
			touched = w.lookAtSession(now, touched)
		}
	}
}

// lookAtSession is one look. A person who types for long saves nothing meanwhile and
// asks for nothing: their session is told that they work, and does not end under
// their hands. It returns when that was last done.
func (w *Window) lookAtSession(now, touched time.Time) time.Time {
	w.mu.Lock()
	s, active, locked := w.who.session, w.who.active, w.who.locked
	w.mu.Unlock()
	if s == nil {
		return touched
	}
	ctx, cancel := context.WithTimeout(w.ctx, callLimit)
	defer cancel()
	var err error
	if !locked && active.After(touched) && now.Sub(touched) >= touchEvery {
		touched = now
		err = w.opt.Station.Staff.Alive(ctx, *s)
	} else {
		err = w.opt.Station.Staff.StillOn(ctx, *s)
	}
	w.ended(*s, err)
	if err != nil || locked {
		return touched
	}
	if !w.isElsewhere() { // else it is asked once they are back
		w.emergencyOver(*s)
	}
	away := now.Sub(active)
	if away > w.opt.CoverAfter { // asked only then: it may take another program's time
		away = idle.Of(ctx, away, w.opt.Idle)
	}
	switch {
	case away > w.opt.LockAfter:
		w.gate.Do(w.lock)
	case away > w.opt.CoverAfter:
		w.gate.Do(w.coverNow)
	}
	return touched
}
