package keyring

import (
	"context"
	"errors"
)

// State says whether a keyring can be used.
type State string

// The states.
const (
	OK      State = "ok"
	Locked  State = "locked"
	Absent  State = "absent"  // none, or one that fails in an unknown way
	Hanging State = "hanging" // did not answer within [Limit]
)

// probe is the item [Probe] asks for. It is never stored.
const probe = "probe"

// Probe asks the store for an item that does not exist. On a locked keyring the
// desktop may show its unlock prompt: call it at start and when a person asks,
// not on a timer.
func Probe(ctx context.Context, s Store) State {
	_, err := s.Get(ctx, probe)
	switch {
	case err == nil, errors.Is(err, ErrNotFound):
		return OK
	case errors.Is(err, ErrLocked):
		return Locked
	case errors.Is(err, ErrTimeout):
		return Hanging
	default:
		return Absent
	}
}
