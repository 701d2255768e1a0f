package window

import (
	"context"
	"sync"
	"time"
)

// underway are the acts that are not done yet, each a channel that is closed then. Safe for
// concurrent use; the zero value is ready.
type underway struct {
	mu  sync.Mutex
	all map[chan struct{}]bool
}

// begin notes that an act begins; the function that it returns, that it is done.
func (a *underway) begin() (done func()) {
	is := make(chan struct{})
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.all == nil {
		a.all = map[chan struct{}]bool{}
	}
	a.all[is] = true
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.all, is)
		close(is)
	}
}

// now are the acts under way at this moment.
func (a *underway) now() (all []chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for is := range a.all {
		all = append(all, is)
	}
	return all
}

// off runs f away from the window's goroutine, with a limit.
func (w *Window) off(f func(ctx context.Context)) { w.offAfter(nil, f) }

// last is [Window.off] for what ends a session: what was pressed before is recorded first, for
// without the session it would be refused, and nobody there to read so.
func (w *Window) last(f func(ctx context.Context)) { w.offAfter(w.acts.now(), f) }

func (w *Window) offAfter(before []chan struct{}, f func(ctx context.Context)) {
	done := w.acts.begin()
	w.mu.Lock()
	w.active = time.Now()
	w.mu.Unlock()
	w.background(func() {
		defer done()
		for _, is := range before {
			select {
			case <-is: // each has a limit of its own
			case <-w.ctx.Done(): // one that came too late to run is never done
			}
		}
		ctx, cancel := context.WithTimeout(w.ctx, callLimit)
		defer cancel()
		f(ctx)
	})
}
