package redisx_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

// One message of each kind by turns, from the call until the receiver has it:
// bare sockets, go-redis' own pub/sub, and the feed, whose event is also in the
// log, checked for doubles and handed over in order. Medians, and their ratio to
// the bare sockets.
func BenchmarkFeedRatio(b *testing.B) {
	s, c := fixture(b)
	payload := make([]byte, 290)
	for i := range payload {
		payload[i] = 'x'
	}
	got := make(chan time.Time, 1)

	in, out := dialRaw(b, s.Addr()), dialRaw(b, s.Addr())
	in.send(b, "SUBSCRIBE", "raw")
	for range 6 {
		in.line(b)
	}
	go func() {
		for {
			for range 7 {
				if _, err := in.ReadSlice('\n'); err != nil {
					return
				}
			}
			got <- time.Now()
		}
	}()

	driver := admin(b, s.Addr())
	sub := driver.Subscribe(b.Context(), "driver")
	defer sub.Close()
	if _, err := sub.Receive(b.Context()); err != nil {
		b.Fatal(err)
	}
	go func() {
		for {
			if _, err := sub.ReceiveMessage(context.Background()); err != nil {
				return
			}
			got <- time.Now()
		}
	}()

	f := redisx.NewFeed(c, "icu", redisx.FeedOptions{})
	up := make(chan struct{}, 1)
	background(b, func(ctx context.Context) {
		_ = redisx.NewFeed(open(b, s.Addr()), "icu", redisx.FeedOptions{}).Follow(ctx, redisx.FromNow,
			redisx.FeedHandler{
				Event: func(redisx.Event) { got <- time.Now() },
				Link:  func(bool, time.Time) { signal(up) },
			})
	})
	receive(b, up, 5*time.Second, "link")

	text, n := string(payload), 0
	kinds := []func(){
		func() { out.send(b, "PUBLISH", "raw", text); out.line(b) },
		func() {
			if err := driver.Publish(b.Context(), "driver", payload).Err(); err != nil {
				b.Fatal(err)
			}
		},
		func() {
			n++
			if _, err := f.Append(b.Context(), fmt.Sprint("e", n), payload); err != nil {
				b.Fatal(err)
			}
		},
	}
	took := make([][]time.Duration, len(kinds))
	for b.Loop() {
		for i, send := range kinds {
			send()
			<-got
			began := time.Now()
			send()
			took[i] = append(took[i], (<-got).Sub(began))
		}
	}
	var p50 []float64
	for _, t := range took {
		slices.Sort(t)
		p50 = append(p50, float64(t[len(t)/2].Nanoseconds())/1000)
	}
	b.ReportMetric(p50[0], "raw-us")
	b.ReportMetric(p50[1]/p50[0], "driver-x")
	b.ReportMetric(p50[2]/p50[0], "feed-x")
	b.ReportMetric(0, "ns/op")
}
