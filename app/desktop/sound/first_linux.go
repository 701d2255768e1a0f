package sound

import (
	"context"
	"errors"
)

// first plays on its first sink, and on its second where the first has no
// device. A service that hangs holds the device: the second is not tried then.
type first struct{ one, other Sink }

func (f first) Play(ctx context.Context, w Wave) error {
	err := f.one.Play(ctx, w)
	if !errors.Is(err, ErrAbsent) {
		return err
	}
	if f.other.Play(ctx, w) == nil {
		return nil
	}
	return errors.Join(err, ctx.Err())
}

func (f first) State(ctx context.Context) State {
	s := f.one.State(ctx)
	// A service that answers knows better than a program beside it.
	if s.Kind != Absent || s.Reason != ErrAbsent.Error() {
		return s
	}
	if o := f.other.State(ctx); o.Kind != Absent {
		return o
	}
	return s
}
