package redisx

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrMoved means that an item does not stand where its mover believed; the error
// is a [*StateError].
var ErrMoved = errors.New("the item stands elsewhere")

// State is where an item stands, such as an alert that was accepted. The zero
// State is an item that nobody moved yet, or that was forgotten.
type State struct {
	Value    string
	By       string    // who moved it there
	Note     string    // with what words
	Since    time.Time // by the server's clock
	Revision uint64    // grows with every move, also when data was lost
	Request  string    // the move's own ID
}

// StateError tells where an item stands instead. It unwraps to [ErrMoved].
type StateError struct{ State State }

func (e *StateError) Error() string {
	return fmt.Sprintf("%v: %q by %s", ErrMoved, e.State.Value, e.State.By)
}

// Unwrap makes errors.Is(err, ErrMoved) true.
func (e *StateError) Unwrap() error { return ErrMoved }

// Move is one wish to move an item.
type Move struct {
	Item    string
	From    []string // values it may stand at; "" is an item not moved yet
	To      string
	By      string
	Note    string
	Request string // ID of this move, without spaces; required. A retry uses it again.
	Event   []byte // if not nil, appended to the feed with Request as its ID
}

var moveScript = script("feed_move")

// Move moves an item if it stands where the mover believes, and appends the
// event in the same atomic step: of many who move one item at once exactly one
// succeeds, and the others get a [*StateError] that names the winner. After an
// [ErrDown] the same Move may be tried again: it finds its own success.
//
// Items are kept for FeedOptions.Remember after their last move, and no longer
// than Redis keeps its data: the record decides what lasts.
func (f *Feed) Move(ctx context.Context, m Move) (State, error) {
	if err := f.check(m.Request, m.Event); err != nil {
		return State{}, err
	}
	if m.Item == "" || len(m.From) == 0 || m.To == "" {
		return State{}, errors.New("redisx: feed move: Item, From and To are required")
	}
	with := "0"
	if m.Event != nil {
		with = "1"
	}
	args := []any{f.c.keys.feedItem(f.name, m.Item), f.log,
		m.Request, clean(m.To), clean(m.By), clean(m.Note), f.remember, with, m.Event, f.maxLen, f.live}
	for _, from := range m.From {
		args = append(args, clean(from))
	}
	reply, err := f.c.eval(ctx, moveScript, 2, args...).Result()
	if err != nil {
		return State{}, wrap("feed move", err)
	}
	switch r := reply.(type) {
	case string:
		return readState(r), nil
	case []any:
		if len(r) == 1 {
			return State{}, &StateError{State: readState(text(r[0]))}
		}
	}
	return State{}, fmt.Errorf("redisx: feed move: unexpected reply %T", reply)
}

// States says where items stand, in one round trip. Items that nobody moved are
// not in the map.
func (f *Feed) States(ctx context.Context, items ...string) (map[string]State, error) {
	states := make(map[string]State)
	if len(items) == 0 {
		return states, nil
	}
	keys := make([]string, len(items))
	for i, item := range items {
		keys[i] = f.c.keys.feedItem(f.name, item)
	}
	reply, err := f.c.coord.MGet(f.c.bound(ctx), keys...).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, wrap("feed states", err)
	}
	for i, r := range reply {
		if s := text(r); s != "" {
			states[items[i]] = readState(s)
		}
	}
	return states, nil
}

func readState(s string) State {
	f := strings.SplitN(s, sep, 6)
	if len(f) < 6 {
		return State{}
	}
	rev, _ := strconv.ParseUint(f[0], 10, 64)
	return State{Revision: rev, Value: f[1], Since: micros(f[2]), By: f[3], Request: f[4], Note: f[5]}
}
