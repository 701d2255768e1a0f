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

// readsAnswer is what a proof found, and when it was asked: what comes later than
// ReadsWithin says nothing of now, nor that the record is quick enough to be read.
type readsAnswer struct {
	asked time.Time
	err   error
}

// proveReads reads a little of the record now and then, and says whether it could, until
// ctx ends. That the record tells its changes proves neither: they are one table, asked
// so often that it stays in every cache.
func (w *Ward) proveReads(ctx context.Context) {
	tick := time.NewTicker(ReadsEvery)
	defer tick.Stop()
	answers := make(chan readsAnswer, 1)
	asked := false // a call that hangs is not joined by another
	for ctx.Err() == nil {
		asked = w.proveOnce(ctx, answers, asked)
		select {
		case <-tick.C:
		case <-w.prove:
		case <-ctx.Done():
		}
	}
	if !asked {
		return
	}
	// The record may be closed after this. One that does not heed that its caller went is
	// not waited for: a station must end.
	last := time.NewTimer(ReadsWithin)
	defer last.Stop()
	select {
	case <-answers:
	case <-last.C:
		w.Logger.Warn("the record does not answer while the station ends", "ward", w.ID)
	}
}

// proveOnce waits for one proof, which it begins unless one is on its way, and reports
// whether one still is when it returns.
func (w *Ward) proveOnce(ctx context.Context, answers chan readsAnswer, asked bool) bool {
	ask := func() {
		began := time.Now()
		go func() {
			call, cancel := context.WithTimeout(ctx, ReadsWithin)
			defer cancel()
			answers <- readsAnswer{asked: began, err: w.Record.Readable(call)}
		}()
	}
	if !asked {
		ask()
	}
	late := time.NewTimer(ReadsWithin)
	defer late.Stop()
	for {
		select {
		case a := <-answers:
			if time.Since(a.asked) > ReadsWithin {
				late.Reset(ReadsWithin)
				ask()
				continue
			}
			w.readsSaid(ctx, a.err)
			return false
		case <-late.C: // whatever it waits for, it does not heed its deadline
			w.readsSaid(ctx, context.DeadlineExceeded)
			return true
		case <-ctx.Done():
			return true
		}
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
