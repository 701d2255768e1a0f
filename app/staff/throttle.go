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

// SharedThrottle counts for all stations: by person, so that nobody's password
// is guessed, and by station with more patience, so that nobody tries one
// password on everybody.
type SharedThrottle struct {
	people, stations *redisx.Throttle
	station          string
}

// NewSharedThrottle makes a station's throttle.
func NewSharedThrottle(c *redisx.Client, station string) *SharedThrottle {
	return &SharedThrottle{station: station, people: redisx.NewThrottle(c, "sign-in", redisx.ThrottleOptions{}),
		stations: redisx.NewThrottle(c, "sign-in-station", redisx.ThrottleOptions{Free: 20})}
}

func (t *SharedThrottle) sides(staffID string) redisx.Attempts {
	return redisx.Attempts{{Throttle: t.people, Key: staffID}, {Throttle: t.stations, Key: t.station}}
}

// Try implements [Throttle].
func (t *SharedThrottle) Try(ctx context.Context, staffID string) (time.Duration, error) {
	return t.sides(staffID).Try(ctx)
}

// Clear implements [Throttle]: it forgets the person's failures, not the
// station's.
func (t *SharedThrottle) Clear(ctx context.Context, staffID string) error {
	return t.sides(staffID).Clear(ctx)
}

// LocalThrottle counts in this process: three tries are free, then the wait is
// one second, doubled each time up to five minutes. It serves a station without
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
		f.until = now.Add(min(time.Second<<min(f.n-freeTries, 9), longestWait))
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
