// Package dispatch is the one seam between other goroutines and the window.
// Nothing else in this module calls the toolkit's Do.
package dispatch

import (
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// Do runs f on the UI goroutine, soon. The function passed does no I/O, no
// decoding and no sorting: it swaps an immutable snapshot in and refreshes once.
type Do func(f func())

// Main hands functions to the window's goroutine.
func Main(f func()) { fyne.Do(f) }

// HeldMost is how long one function may hold the UI goroutine: meanwhile nothing is
// drawn, and no key heard.
const HeldMost = 250 * time.Millisecond

// Watched returns do with a clock: slow is told, on the UI goroutine, of each
// function that held it for longer than HeldMost. What the toolkit itself does there,
// such as painting, is not in it.
func Watched(do Do, slow func(held time.Duration)) Do {
	return func(f func()) {
		do(func() {
			began := time.Now()
			f()
			if held := time.Since(began); held > HeldMost {
				slow(held)
			}
		})
	}
}

// Coalesce returns a func that schedules f at most once until f has run. Bursts
// of changes so become one refresh, and the toolkit's unbounded queue stays
// short. It may be called from any goroutine.
func Coalesce(do Do, f func()) func() {
	var pending atomic.Bool
	return func() {
		if pending.CompareAndSwap(false, true) {
			do(func() {
				// Cleared first: what changes while f runs is shown by the next run.
				pending.Store(false)
				f()
			})
		}
	}
}

// Latest returns a func that shows the newest value it was given: values that
// come faster than the window draws replace each other. It may be called from
// any goroutine; show runs on the UI goroutine.
func Latest[T any](do Do, show func(T)) func(T) {
	return Newest(do, func(T, T) bool { return false }, show)
}

// Newest is [Latest] of values that may be handed in in another order than they were begun: one that is
// older than the newest so far is dropped.
func Newest[T any](do Do, older func(v, than T) bool, show func(T)) func(T) {
	var mu sync.Mutex
	var next T
	var any bool
	flush := Coalesce(do, func() {
		mu.Lock()
		v := next
		mu.Unlock()
		show(v)
	})
	return func(v T) {
		mu.Lock()
		late := any && older(v, next)
		if !late {
			next, any = v, true
		}
		mu.Unlock()
		if !late {
			flush()
		}
	}
}

// Gate wraps do so that nothing is handed over once Close was called: after the
// toolkit has stopped, its Do runs functions on the caller.
type Gate struct {
	do     Do
	closed atomic.Bool
}

// NewGate returns an open gate in front of do.
func NewGate(do Do) *Gate { return &Gate{do: do} }

// Do hands f over, or drops it if the gate is closed.
func (g *Gate) Do(f func()) {
	if g.closed.Load() {
		return
	}
	g.do(func() {
		if !g.closed.Load() {
			f()
		}
	})
}

// Close drops everything from now on, also what is queued.
func (g *Gate) Close() { g.closed.Store(true) }

// Queue is a Do for tests: functions wait until Drain runs them on the test's
// own goroutine.
type Queue struct {
	mu sync.Mutex
	fs []func()
}

// Do queues f. It may be called from any goroutine.
func (q *Queue) Do(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.fs = append(q.fs, f)
}

// Drain runs what is queued, also what that queues in turn, and says how many
// functions ran.
func (q *Queue) Drain() int {
	n := 0
	for {
		q.mu.Lock()
		fs := q.fs
		q.fs = nil
		q.mu.Unlock()
		if len(fs) == 0 {
			return n
		}
		for _, f := range fs {
			f()
			n++
		}
	}
}
