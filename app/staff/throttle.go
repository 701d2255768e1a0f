package staff

import (
	"context"
	"sync"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

// Throttle slows guessing.
type Throttle interface {
	// Try asks, before a password is looked at, whether that may happen now. 0:
	// it may, and counts as a failure until Clear, so that guesses sent at the
	// same time count, too. Anything else is how long to wait; nothing was
	// counted.
	Try(ctx context.Context, staffID string) (time.Duration, error)
	// Clear is called after the right password.
	Clear(ctx context.Context, staffID string) error
}

// guess is how patient sign-in is with one account: two tries are free and one
// more goes through, then the wait is five seconds, doubled each time up to five
// minutes. That makes ten looks at a password in a quarter of an hour.
var guess = redisx.ThrottleOptions{Free: 2, First: firstWait, Max: longestWait}

// SharedThrottle counts for all stations: by person, so that nobody's password
// is guessed, and by station with more patience, so that nobody tries one
// password on everybody.
//
// A person who has signed in at this station within [KnownFor] is counted apart
// here: whoever guesses at other stations, or at this one with other people's
// IDs, does not lock them out of it. An account can so be guessed at ten times in
// a quarter of an hour from everywhere, and as often again at each station that
// knows it. What a station knows ends with its program.
type SharedThrottle struct {
	people, stations, here *redisx.Throttle
	station                string

	mu    sync.Mutex
	known map[string]time.Time // when they last signed in here
}

// KnownFor is how long a station remembers who signed in.
const KnownFor = 7 * 24 * time.Hour

// NewSharedThrottle makes a station's throttle.
func NewSharedThrottle(c *redisx.Client, station string) *SharedThrottle {
	return &SharedThrottle{station: station, known: map[string]time.Time{},
		people:   redisx.NewThrottle(c, "sign-in", guess),
		stations: redisx.NewThrottle(c, "sign-in-station", redisx.ThrottleOptions{Free: 20}),
		here:     redisx.NewThrottle(c, "sign-in-here", guess)}
}

func (t *SharedThrottle) sides(staffID string) redisx.Attempts {
	t.mu.Lock()
	at, known := t.known[staffID]
	t.mu.Unlock()
	if known && time.Since(at) < KnownFor {
		return redisx.Attempts{{Throttle: t.here, Key: staffID + "\x00" + t.station}}
	}
	return redisx.Attempts{{Throttle: t.people, Key: staffID}, {Throttle: t.stations, Key: t.station}}
}

// Try implements [Throttle].
func (t *SharedThrottle) Try(ctx context.Context, staffID string) (time.Duration, error) {
	return t.sides(staffID).Try(ctx)
}

// Clear implements [Throttle]: it forgets the failures of the side that counted,
// never the station's, and knows the person here from now on.
func (t *SharedThrottle) Clear(ctx context.Context, staffID string) error {
	err := t.sides(staffID).Clear(ctx)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.known) >= mostPeople {
		for id, at := range t.known {
			if time.Since(at) > KnownFor {
				delete(t.known, id)
			}
		}
	}
	if len(t.known) < mostPeople {
		t.known[staffID] = time.Now()
	}
	return err
}

// LocalThrottle counts in this process: three tries go through, then the wait is
// five seconds, doubled each time up to five minutes. It serves a station without
// Redis, and one whose Redis is away. Safe for concurrent use; its zero value is
// ready.
type LocalThrottle struct {
	mu    sync.Mutex
	tries map[string]failures
}

type failures struct {
	n     int
	until time.Time
}

const (
	freeTries   = 3
	firstWait   = 5 * time.Second
	longestWait = 5 * time.Minute
	mostPeople  = 1000 // remembered; who waits is never forgotten for another
)

// Try implements [Throttle].
func (l *LocalThrottle) Try(_ context.Context, staffID string) (time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	f := l.tries[staffID]
	if wait := f.until.Sub(now); wait > 0 {
		return wait, nil
	}
	if l.tries == nil {
		l.tries = map[string]failures{}
	}
	if len(l.tries) >= mostPeople {
		for id, other := range l.tries {
			if now.After(other.until) {
				delete(l.tries, id)
			}
		}
	}
	f.n++
	f.until = now
	if f.n >= freeTries {
		f.until = now.Add(min(firstWait<<min(f.n-freeTries, 9), longestWait))
	}
	l.tries[staffID] = f
	return 0, nil
}

// Clear implements [Throttle].
func (l *LocalThrottle) Clear(_ context.Context, staffID string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.tries, staffID)
	return nil
}
