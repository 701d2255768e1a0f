package window

import (
	"context"
	"sync"
	"time"
)

// jobs are what runs beside the window's goroutine. Safe for concurrent use; the zero value is
// ready.
type jobs struct {
	mu   sync.Mutex // guards all.Go against all.Wait
	all  sync.WaitGroup
	over bool // the window has ended: nothing more begins
}

// begin runs f beside, unless all is over.
func (j *jobs) begin(f func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.over {
		j.all.Go(f)
	}
}

// end lets nothing more begin, and waits for what has.
func (j *jobs) end() {
	j.mu.Lock()
	j.over = true
	j.mu.Unlock()
	j.all.Wait()
}

// background runs f beside the window. Once the window has ended it does not:
// Run waits for all that was begun.
func (w *Window) background(f func()) { w.jobs.begin(f) }

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

// callLimit bounds one thing that a nurse asked for. It is a variable for the tests:
// a machine that is shared tells nothing of it.
var callLimit = 5 * time.Second

// off runs f away from the window's goroutine, with a limit.
func (w *Window) off(f func(ctx context.Context)) { w.offAfter(w.ctx, nil, f) }

// afterOthers is [Window.off] for what ends a session: what was pressed before is recorded first, for
// without the session it would be refused, and nobody there to read so. It is carried out also where
// the window ends meanwhile: the session would live on.
func (w *Window) afterOthers(f func(ctx context.Context)) {
	w.offAfter(context.WithoutCancel(w.ctx), w.acts.now(), f)
}

// offAfter runs f away from the window's goroutine, after what was pressed before.
func (w *Window) offAfter(ctx context.Context, before []chan struct{}, f func(ctx context.Context)) {
	done := w.acts.begin()
	w.mu.Lock()
	w.who.active = time.Now()
	w.mu.Unlock()
	w.background(func() {
		defer done()
		waitFor(w.ctx, before)
		ctx, cancel := context.WithTimeout(ctx, callLimit)
		defer cancel()
		f(ctx)
	})
}
