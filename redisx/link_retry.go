package redisx

import (
	"context"
	mathrand "math/rand/v2"
	"sync"
	"time"
)

// How long a lost link waits before it tries again: longer each time, and with a
// jitter that keeps a ward's stations from arriving together. One link of each
// client looks at least every scoutMost, and when it got through the others
// follow at once: a server that is away is asked twice a second by a station,
// not by each of its links, and one that is back is found as fast.
const (
	pauseFirst = 20 * time.Millisecond
	pauseMost  = time.Second
	scoutMost  = 500 * time.Millisecond
	followMost = 50 * time.Millisecond // jitter of those who follow
)

// retries are the lost links of a client.
type retries struct {
	mu    sync.Mutex
	scout *link
	open  chan struct{} // closed when a link got through
}

// wait returns when a lost link should try again, or ctx ends.
func (r *retries) wait(ctx context.Context, l *link, pause time.Duration) {
	r.mu.Lock()
	if r.scout == nil {
		r.scout = l
	}
	scout := r.scout == l
	if r.open == nil {
		r.open = make(chan struct{})
	}
	open := r.open
	r.mu.Unlock()
	wait := pause/2 + mathrand.N(pause/2)
	if scout {
		wait, open = min(wait, scoutMost/2+mathrand.N(scoutMost/2)), nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-open:
		timer.Reset(mathrand.N(followMost))
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
	}
}

// through says that a link reached the server.
func (r *retries) through(l *link) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.scout == l {
		r.scout = nil
	}
	if r.open != nil {
		close(r.open)
		r.open = nil
	}
}

// leave says that a link tries no more: another one scouts.
func (r *retries) leave(l *link) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.scout == l {
		r.scout = nil
	}
}
