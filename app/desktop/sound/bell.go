package sound

import "time"

// bell is what should sound, and when: which alerts are open, which of them a
// pause covers, and when each signal sounded last. It is pure: every method is
// given the time. It is not safe for concurrent use.
type bell struct {
	repeat [signals]time.Duration

	open    map[string]Signal
	loud    [signals]map[string]bool // open and not covered by a pause
	covered [signals]map[string]bool // open, silent until the pause ends
	untold  [signals]map[string]bool // open, and never heard
	fresh   [signals]bool            // something loud came since the last burst began
	last    [signals]time.Time       // end of the last burst; zero: none yet
	until   [signals]time.Time       // of the pause; zero: none
}

func newBell(repeat [signals]time.Duration) *bell {
	b := &bell{repeat: repeat, open: map[string]Signal{}}
	for s := range signals {
		b.loud[s], b.covered[s], b.untold[s] = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
	return b
}

// breaks reports whether a new alert of the signal sounds during a pause.
func (s Signal) breaks() bool { return s == High || s == CannotHear }

// ring begins an alert's sound. An alert that rings already, at another signal,
// changes to this one and is new.
func (b *bell) ring(id string, s Signal, now time.Time) {
	if was, is := b.open[id]; is {
		if was == s {
			return
		}
		b.silence(id)
	}
	b.end(now)
	b.open[id], b.untold[s][id] = s, true
	if b.until[s].IsZero() || s.breaks() {
		b.loud[s][id], b.fresh[s] = true, true
		return
	}
	b.covered[s][id] = true
}

func (b *bell) silence(id string) {
	s, is := b.open[id]
	if !is {
		return
	}
	delete(b.open, id)
	delete(b.loud[s], id)
	delete(b.covered[s], id)
	delete(b.untold[s], id)
}

// pause covers all that is open: high signals until high, the others until rest.
func (b *bell) pause(high, rest time.Time) {
	for s := range signals {
		b.until[s] = rest
		if s.breaks() {
			b.until[s] = high
		}
		for id := range b.loud[s] {
			b.covered[s][id] = true
		}
		clear(b.loud[s])
	}
}

// end ends what of the pause is over. It reports whether anything was.
func (b *bell) end(now time.Time) (ended bool) {
	for s := range signals {
		if b.until[s].IsZero() || now.Before(b.until[s]) {
			continue
		}
		ended = true
		b.until[s] = time.Time{}
		for id := range b.covered[s] {
			b.loud[s][id] = true
			b.fresh[s] = true
		}
		clear(b.covered[s])
	}
	return ended
}

// paused is when the last of the pause ends; zero if there is none.
func (b *bell) paused() (until time.Time) {
	for s := range signals {
		if b.until[s].After(until) {
			until = b.until[s]
		}
	}
	return until
}

// sounding is the most urgent loud signal.
func (b *bell) sounding() (Signal, bool) {
	for s := range signals {
		if len(b.loud[s]) > 0 {
			return s, true
		}
	}
	return 0, false
}

// shortest is the least silence between two bursts of one signal; a new alert
// does not wait for the whole repetition.
const shortest = 2500 * ms

// next is the signal to sound and when: not before due. ok is false while
// nothing is to sound.
func (b *bell) next(now time.Time) (s Signal, due time.Time, ok bool) {
	b.end(now)
	s, ok = b.sounding()
	if !ok {
		return 0, time.Time{}, false
	}
	switch {
	case b.last[s].IsZero():
		return s, now, true
	case b.fresh[s]:
		return s, b.last[s].Add(min(shortest, b.repeat[s])), true
	}
	return s, b.last[s].Add(b.repeat[s]), true
}

// began notes that a burst of the signal begins. It returns the alerts that this
// burst is the first to tell: those of the signal, and of the less urgent ones
// that it keeps silent.
func (b *bell) began(s Signal) (tells map[string]Signal) {
	tells = map[string]Signal{}
	for t := s; t < signals; t++ {
		for id := range b.untold[t] {
			if b.loud[t][id] {
				tells[id] = t
			}
		}
		b.fresh[t] = false
	}
	return tells
}

// ended notes that a burst ended, and which alerts it told: none if nobody could
// hear it.
func (b *bell) ended(s Signal, told map[string]Signal, now time.Time) (ids []string) {
	b.last[s] = now
	for id, t := range told {
		if b.untold[t][id] {
			delete(b.untold[t], id)
			ids = append(ids, id)
		}
	}
	return ids
}
