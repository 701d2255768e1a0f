package redisx_test

import (
	"context"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

// Who waits stands in a line that the holder can see.
func ExampleLocks_Await() {
	edit := func(ctx context.Context, locks *redisx.Locks, me redisx.Holder) error {
		lease, err := locks.Await(ctx, "patient-12", "notes", me)
		if err != nil {
			return err
		}
		defer lease.Release(context.WithoutCancel(ctx))
		for {
			select {
			case <-lease.Done():
				return lease.Err()
			case <-lease.Asked():
				line, err := locks.Line(ctx, "patient-12", "notes")
				if err == nil && len(line) > 0 {
					fmt.Printf("%s waits since %s\n", line[0].Name, line[0].Since.Format(time.Kitchen))
				}
			}
		}
	}
	_ = edit
}

// Of all who accept an alert at once exactly one does, and every station hears
// of it in the same step.
func ExampleFeed_Move() {
	accept := func(ctx context.Context, feed *redisx.Feed, alert, nurse, request string) error {
		_, err := feed.Move(ctx, redisx.Move{
			Item: alert, From: []string{"open"}, To: "accepted", By: nurse,
			Request: request, Event: []byte(alert + " accepted by " + nurse),
		})
		return err // a *StateError names who was faster
	}
	_ = accept
}

// Escalations are done once, on time, whichever station dies.
func ExampleDeadlines_Run() {
	escalate := func(ctx context.Context, c *redisx.Client, do func(context.Context, string) error) error {
		due := redisx.NewDeadlines(c, "icu", redisx.DeadlineOptions{})
		if _, err := due.Add(ctx, "alert-7", 20*time.Second, nil); err != nil {
			return err
		}
		return due.Run(ctx, func(ctx context.Context, work redisx.Claim) error { return do(ctx, work.ID) })
	}
	_ = escalate
}
