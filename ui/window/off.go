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

// waitFor waits until acts are done, or ctx is over, and reports whether they are. One that came too
// late to run is never done.
func waitFor(ctx context.Context, acts []chan struct{}) bool {
	for _, is := range acts {
		select {
		case <-is: // each has a limit of its own
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// off runs f away from the window's goroutine, with a limit.
func (w *Window) off(f func(ctx context.Context)) { w.offAfter(w.ctx, nil, f) }

// afterOthers is [Window.off] for what ends a session: what was pressed before is recorded first, for
// without the session it would be refused, and nobody there to read so. It is carried out also where
// the window ends meanwhile: the session would live on.
func (w *Window) afterOthers(f func(ctx context.Context)) {
	w.offAfter(context.WithoutCancel(w.ctx), w.acts.now(), f)
}

func (w *Window) offAfter(ctx context.Context, before []chan struct{}, f func(ctx context.Context)) {
	done := w.acts.begin()
	w.mu.Lock()
	w.active = time.Now()
	w.mu.Unlock()
	w.background(func() {
		defer done()
		waitFor(w.ctx, before)
		ctx, cancel := context.WithTimeout(ctx, callLimit)
		defer cancel()
		f(ctx)
	})
}
