package alert

import (
	"context"
	"sync"
)

// manyRecord is a [Record] that takes many moves in one transaction.
type manyRecord interface {
	AppendMoves(ctx context.Context, moves []Move) ([]Move, []error)
}

// groupMost bounds one transaction: others wait while it runs.
const groupMost = 64

// group lets moves that come while a transaction runs share the next one. In a
// storm a commit's wait for the disk is then paid once for many alerts; alone, a
// move waits for nobody.
type group struct {
	mu      sync.Mutex
	running bool
	waiting []*wanted
}

type wanted struct {
	ctx  context.Context
	move Move
	err  error
	done chan struct{}
}

func (g *group) append(ctx context.Context, to Record, m Move) (Move, error) {
	many, is := to.(manyRecord)
	if !is {
		return to.AppendMove(ctx, m)
	}
	w := &wanted{ctx: ctx, move: m, done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, w)
	if !g.running {
		g.running = true
		go g.lead(many) // not the caller: it would go on working for those who come after
	}
	g.mu.Unlock()
	select {
	case <-w.done:
		return w.move, w.err
	case <-ctx.Done():
		// It may be written yet: the caller asks again with the same ID.
		return m, ctx.Err()
	}
}

// lead writes what waits until nothing does.
func (g *group) lead(to manyRecord) {
	for {
		g.mu.Lock()
		n := min(len(g.waiting), groupMost)
		batch := g.waiting[:n:n]
		g.waiting = g.waiting[n:]
		if n == 0 {
			g.running = false
			g.mu.Unlock()
			return
		}
		g.mu.Unlock()
		moves := make([]Move, n)
		for i, w := range batch {
			moves[i] = w.move
		}
		ctx, cancel := longest(batch)
		got, errs := to.AppendMoves(ctx, moves)
		cancel()
		for i, w := range batch {
			w.move, w.err = got[i], errs[i]
			close(w.done)
		}
	}
}

// longest is a context that lives while one of those who wait does: one caller
// that gave up must not end the others' transaction.
func longest(batch []*wanted) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(batch[0].ctx))
	var stop []func() bool
	left := len(batch)
	var mu sync.Mutex
	for _, w := range batch {
		stop = append(stop, context.AfterFunc(w.ctx, func() {
			mu.Lock()
			defer mu.Unlock()
			if left--; left == 0 {
				cancel()
			}
		}))
	}
	return ctx, func() {
		for _, s := range stop {
			s()
		}
		cancel()
	}
}
