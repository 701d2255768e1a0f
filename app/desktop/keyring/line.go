package keyring

import (
	"context"
	"sync"
	"time"
)

// patience is how long a call that was given up may hold its turn: its user may
// still be typing the keyring's password. Then it is written off and the next
// call may try.
const patience = 2 * time.Minute

// maxLost bounds the calls written off and still hanging in the library, each a
// goroutine. With one more the line stands still: every call answers
// [ErrTimeout] until one of them returns.
const maxLost = 3

// line lets one call at a time into the library. Order matters beyond safety:
// a late Set must not overtake the Delete of a sign-out.
type line struct {
	busy     chan struct{} // holds one value while a call has its turn
	patience time.Duration

	mu   sync.Mutex
	lost int
}

func newLine(patience time.Duration) *line {
	return &line{busy: make(chan struct{}, 1), patience: patience}
}

// turn is one call's place at the front.
type turn struct {
	line *line
	// state is guarded by line.mu.
	state turnState
}

type turnState int

const (
	holding turnState = iota
	writtenOff
	left
)

// enter waits for a turn until ctx ends.
func (l *line) enter(ctx context.Context) (*turn, bool) {
	if ctx.Err() != nil {
		return nil, false
	}
	select {
	case l.busy <- struct{}{}:
		return &turn{line: l}, true
	case <-ctx.Done():
		return nil, false
	}
}

// leave ends the turn.
func (t *turn) leave() {
	t.line.mu.Lock()
	defer t.line.mu.Unlock()
	switch t.state {
	case holding:
		<-t.line.busy
	case writtenOff:
		t.line.lost--
	}
	t.state = left
}

// abandon starts the patience after which the turn is taken away.
func (t *turn) abandon() {
	time.AfterFunc(t.line.patience, func() {
		t.line.mu.Lock()
		defer t.line.mu.Unlock()
		if t.state == holding && t.line.lost < maxLost {
			t.state = writtenOff
			t.line.lost++
			<-t.line.busy
		}
	})
}
