package alert

import (
	"context"
	"slices"
	"time"
)

// owedGap is the pause between two tries of what is owed.
const owedGap = time.Second

// Run tries again, until ctx ends, what neither the record nor the stream took. It
// does so whoever holds the intake role by then: the alert has the same ID on every
// station.
func (r *Receiver) Run(ctx context.Context) {
	tick := time.NewTicker(owedGap)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for r.pay(ctx) {
		}
	}
}

// Wait waits for the messages that are on their way; nothing may be heard any more.
func (r *Receiver) Wait() { r.group.Wait() }

// owe keeps a message that could not be told, unless too many are kept already.
func (r *Receiver) owe(k kept) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.owed) >= keptMost {
		return false
	}
	r.owed = append(r.owed, &k)
	return true
}

// overtake takes the place of what is owed of the same alert: what was said first must
// not come last.
func (r *Receiver) overtake(k kept) kept {
	own := k.own()
	if own == "" {
		return k
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.owed = slices.DeleteFunc(r.owed, func(had *kept) bool {
		same := had.own() == own
		if same {
			k = k.after(had.req)
		}
		return same
	})
	return k
}

// pay tries the oldest message that is owed, and says whether the next is worth a try.
func (r *Receiver) pay(ctx context.Context) bool {
	due, turn := r.due()
	if due == nil {
		return false
	}
	defer r.finished(turn)
	switch err := r.raise(ctx, *due); {
	case err != nil && !Refused(err):
		return false
	case err != nil && r.Logger != nil:
		r.Logger.Error("an alert from the intake channel is refused by the record", "ward", due.ward, "digest",
			Digest(due.ward, due.payload), "err", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	// By now others may be owed, and this one no longer.
	r.owed = slices.DeleteFunc(r.owed, func(k *kept) bool { return k == due })
	return true
}

// due is the oldest message that is owed and of whose alert no later one is on its way,
// which would take its place; turn makes later ones wait until it is [Receiver.finished].
func (r *Receiver) due() (due *kept, turn kept) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, k := range r.owed {
		own := k.own()
		if own == "" {
			return k, kept{}
		}
		if r.last[own] == nil {
			return k, r.follow(*k)
		}
	}
	return nil, kept{}
}
