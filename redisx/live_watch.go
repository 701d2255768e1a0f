package redisx

import (
	"context"
	"strings"
	"sync"
	"time"
)

// LiveWatch says what [Live.Watch] tells.
type LiveWatch struct {
	// Gap is the least time between two calls of Changed; default 500 ms.
	Gap time.Duration
	// Changed gets the newest values of the IDs that changed since it was called
	// before, or of all IDs after the link was lost (all is true: what is missing
	// then is gone). It is called by one goroutine; while it runs, what comes is
	// put together. It must not be nil.
	Changed func(values map[string]LiveValue, all bool)
	// Link says whether the link is proved, at every change; may be nil.
	Link func(up bool)
}

// liveSome is up to how many changed IDs are fetched by name; of more, all are.
const liveSome = 512

// Watch tells of new values until ctx ends, and returns its error. A watcher that
// is slow, frozen or was cut off gets the newest values when it is back, and none
// of those in between: there is nothing to catch up with.
func (l *Live) Watch(ctx context.Context, w LiveWatch) error {
	if w.Gap <= 0 {
		w.Gap = 500 * time.Millisecond
	}
	d := &dirty{ids: map[string]bool{}, all: true, wake: make(chan struct{}, 1)}
	var group sync.WaitGroup
	group.Go(func() {
		_ = l.c.Listen(ctx,
			ListenOptions{Channels: []string{l.c.keys.liveChanged(l.name)}, Probe: l.o.Probe, Tag: l.name},
			func(_ string, ids []byte) { d.mark(string(ids)) },
			func(up bool) {
				if up {
					d.markAll() // what was said meanwhile was not heard
				}
				if w.Link != nil {
					w.Link(up)
				}
			})
	})
	d.markAll()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-d.wake:
			ids, all := d.take()
			values, err := l.fetch(ctx, ids, all)
			if err != nil {
				d.put(ids, all) // and asked for again after the gap
			} else {
				w.Changed(values, all)
			}
			pause(ctx, w.Gap)
		}
	}
	group.Wait()
	return ctx.Err()
}

func (l *Live) fetch(ctx context.Context, ids []string, all bool) (map[string]LiveValue, error) {
	if all {
		return l.All(ctx)
	}
	return l.some(ctx, ids)
}

// dirty are the IDs that changed and were not fetched yet: bounded, and never
// waited for by who reads the link.
type dirty struct {
	mu   sync.Mutex
	ids  map[string]bool
	all  bool
	wake chan struct{}
}

func (d *dirty) mark(ids string) { d.put(strings.Split(ids, "\n"), false) }

func (d *dirty) markAll() { d.put(nil, true) }

func (d *dirty) put(ids []string, all bool) {
	d.mu.Lock()
	for _, id := range ids {
		d.ids[id] = true
	}
	if d.all = d.all || all || len(d.ids) > liveSome; d.all {
		clear(d.ids)
	}
	d.mu.Unlock()
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

func (d *dirty) take() (ids []string, all bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for id := range d.ids {
		ids = append(ids, id)
	}
	all = d.all
	clear(d.ids)
	d.all = false
	return ids, all
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
