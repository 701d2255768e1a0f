package redisx

import (
	"context"
	"errors"
	"sync"
	"time"
)

// longest is how long Run sleeps at most: the news of a nearer deadline may
// have got lost with the server's data.
const longest = 5 * time.Second

// Run claims what is due and hands it to do, one at a time, until ctx ends; then
// it returns ctx's error. It does not poll: it sleeps until the next deadline
// and is woken by nearer ones.
//
// While do runs, its lease is renewed; its context ends when the claim does.
// When do returns nil the work is finished for good. When it returns an error
// the work stays claimed until its lease ends and is then due again, for any
// station; so it is when Redis cannot be told. do must therefore bear being
// called again with the same ID, which Attempt tells.
func (d *Deadlines) Run(ctx context.Context, do func(context.Context, Claim) error) error {
	wake := make(chan struct{}, 1)
	var group sync.WaitGroup
	defer group.Wait()
	group.Go(func() {
		(&link{
			c: d.c, tag: d.name, channels: []string{d.c.keys.deadlineSet(d.name)}, probe: d.o.Probe, maxBytes: 1 << 10,
			resync:  func(context.Context) error { signal(wake); return nil },
			express: func(string) { signal(wake) },
		}).run(ctx)
	})
	for ctx.Err() == nil {
		claimed, next, err := d.Claim(ctx, 1)
		switch {
		case err != nil:
			d.c.log.Debug("redis deadline claim", "list", d.name, "err", err)
			next = d.o.Probe
		case len(claimed) > 0:
			d.work(ctx, claimed[0], do)
			continue
		case next < 0 || next > longest:
			next = longest
		}
		timer := time.NewTimer(next + time.Millisecond)
		select {
		case <-ctx.Done():
		case <-wake:
		case <-timer.C:
		}
		timer.Stop()
	}
	return ctx.Err()
}

// work does one piece under a lease that is renewed.
func (d *Deadlines) work(ctx context.Context, c Claim, do func(context.Context, Claim) error) {
	working, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	defer func() { stop(); <-ended }()
	go func() {
		defer close(ended)
		confirmed := time.Now()
		tick := time.NewTicker(d.o.Lease / 3)
		defer tick.Stop()
		for {
			select {
			case <-working.Done():
				return
			case <-tick.C:
			}
			asked := time.Now()
			err := d.Extend(working, c)
			if err == nil {
				confirmed = asked
			} else if errors.Is(err, ErrLost) || time.Since(confirmed) > d.o.Lease*9/10 {
				stop()
			}
		}
	}()
	if err := do(working, c); err != nil {
		d.c.log.Warn("redis deadline work", "list", d.name, "id", c.ID, "attempt", c.Attempt, "err", err)
		return
	}
	// Done is done, also when the caller just ended.
	if err := d.Finish(context.WithoutCancel(ctx), c); err != nil {
		d.c.log.Warn("redis deadline finish", "list", d.name, "id", c.ID, "err", err)
	}
}
