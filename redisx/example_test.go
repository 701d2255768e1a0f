package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

// Work under a lease ends when the lease does, and its fence goes to whatever
// stores the result.
func ExampleLocks_Acquire() {
	edit := func(ctx context.Context, locks *redisx.Locks, save func(fence uint64) error) error {
		lease, err := locks.Acquire(ctx, "patient-12", "notes", redisx.Holder{
			Owner: "N7", Name: "R. Meyer", Session: "3f9a1c", Station: "icu-2",
		})
		var held *redisx.HeldError
		if errors.As(err, &held) {
			return fmt.Errorf("%s is writing since %s", held.Holder.Name, held.Holder.Since.Format(time.Kitchen))
		}
		if err != nil {
			return err
		}
		defer lease.Release(context.WithoutCancel(ctx))
		select {
		case <-lease.Done():
			return lease.Err()
		default:
			return save(lease.Fence())
		}
	}
	_ = edit
}

// A follower keeps the position of the last event it has dealt with, and after
// a restart goes on from there.
func ExampleFeed_Follow() {
	follow := func(ctx context.Context, c *redisx.Client, last redisx.Position) error {
		feed := redisx.NewFeed(c, "icu", redisx.FeedOptions{})
		return feed.Follow(ctx, last, redisx.FeedHandler{
			Event: func(e redisx.Event) { last = e.Position },
			Gap:   func(from, to redisx.Position) { /* read the record */ },
			Link:  func(up bool, heard time.Time) { /* show it */ },
		})
	}
	_ = follow
}
