package live

import (
	"context"
	"time"
)

// A record that cannot be read is noticed within 5 s, whatever the caches still answer:
// a proof begins every ReadsEvery and counts as failed after ReadsWithin. It is one tiny
// statement for each station and ward.
const (
	ReadsEvery  = 4 * time.Second
	ReadsWithin = 900 * time.Millisecond
)

// proveReads reads a little of the record now and then, and says whether it could, until
// ctx ends. That the record tells its changes proves neither: they are one table, asked
// so often that it stays in every cache.
func (w *Ward) proveReads(ctx context.Context) {
	tick := time.NewTicker(ReadsEvery)
	defer tick.Stop()
	answers := make(chan error, 1)
	asked := false // a call that hangs is not joined by another
	for ctx.Err() == nil {
		if !asked {
			asked = true
			go func() {
				call, cancel := context.WithTimeout(ctx, ReadsWithin)
				defer cancel()
				answers <- w.Record.Readable(call)
			}()
		}
		late := time.NewTimer(ReadsWithin)
		select {
		case err := <-answers:
			asked = false
			w.readsSaid(ctx, err)
		case <-late.C: // whatever it waits for, it does not heed its deadline
			w.readsSaid(ctx, context.DeadlineExceeded)
		case <-ctx.Done():
		}
		late.Stop()
		select {
		case <-tick.C:
		case <-w.prove:
		case <-ctx.Done():
		}
	}
	if asked {
		<-answers // the record may be closed now
	}
}

func (w *Ward) readsSaid(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return // the station closes
	}
	w.mu.Lock()
	changed := w.links.Unreadable != (err != nil)
	w.links.Unreadable = err != nil
	w.mu.Unlock()
	if !changed {
		return
	}
	if err != nil {
		w.Logger.Warn("the record cannot be read", "ward", w.ID, "err", err)
	}
	nudge(w.read)
	w.linksTurned()
}
