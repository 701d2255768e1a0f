package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

func alerts() section {
	return section{
		title: "Alert: published until received elsewhere", unit: time.Microsecond,
		target: "290 bytes. Target: redisx, which keeps the alert and replays what was missed, at most 2.5 x raw pub/sub.",
		rows: []row{
			{name: "raw socket PUBLISH, raw SUBSCRIBE", note: "lost when nobody listens", n: 500, make: rawPubSub},
			{name: "go-redis PUBLISH, PubSub.Channel", note: "lost when nobody listens", n: 500, make: goredisPubSub},
			{name: "**redisx Feed.Append, Follow**", note: "durable, once, in order", n: 500, make: redisxFeed},
		},
	}
}

var alert = strings.Repeat("a", 290)

func rawPubSub(_ context.Context, e *env) (func() (time.Duration, error), func(), error) {
	out, err := e.raw()
	if err != nil {
		return nil, nil, err
	}
	in, err := e.raw()
	if err != nil {
		return nil, nil, err
	}
	if err := in.do("SUBSCRIBE", "raw:alerts"); err != nil {
		return nil, nil, err
	}
	got := make(chan time.Time)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(got)
		for in.skip() == nil {
			got <- time.Now()
		}
	})
	return func() (time.Duration, error) {
		began := time.Now()
		if err := out.do("PUBLISH", "raw:alerts", alert); err != nil {
			return 0, err
		}
		return (<-got).Sub(began), nil
	}, func() { in.close(); wg.Wait(); out.close() }, nil
}

func goredisPubSub(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	out, in := e.goredis(), e.goredis()
	sub := in.Subscribe(ctx, "gr:alerts")
	if _, err := sub.Receive(ctx); err != nil {
		return nil, nil, err
	}
	messages := sub.Channel()
	got := make(chan time.Time)
	var wg sync.WaitGroup
	wg.Go(func() {
		for range messages {
			got <- time.Now()
		}
	})
	return func() (time.Duration, error) {
			began := time.Now()
			if err := out.Publish(ctx, "gr:alerts", alert).Err(); err != nil {
				return 0, err
			}
			return (<-got).Sub(began), nil
		}, func() {
			_ = sub.Close()
			wg.Wait()
			_, _ = in.Close(), out.Close()
		}, nil
}

func redisxFeed(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	out, err := e.redisx()
	if err != nil {
		return nil, nil, err
	}
	in, err := e.redisx()
	if err != nil {
		return nil, nil, err
	}
	life, end := context.WithCancel(ctx)
	got, up := make(chan time.Time, 1), make(chan struct{})
	var ready sync.Once
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = redisx.NewFeed(in, "alerts", redisx.FeedOptions{}).Follow(life, redisx.FromNow, redisx.FeedHandler{
			Event: func(redisx.Event) { got <- time.Now() },
			Link: func(alive bool, _ time.Time) {
				if alive {
					ready.Do(func() { close(up) })
				}
			},
		})
	})
	<-up
	feed := redisx.NewFeed(out, "alerts", redisx.FeedOptions{})
	payload := []byte(alert)
	var n atomic.Int64
	return func() (time.Duration, error) {
			id := fmt.Sprint("e", n.Add(1))
			began := time.Now()
			if _, err := feed.Append(ctx, id, payload); err != nil {
				return 0, err
			}
			return (<-got).Sub(began), nil
		}, func() {
			end()
			wg.Wait()
			_, _ = in.Close(), out.Close()
		}, nil
}
