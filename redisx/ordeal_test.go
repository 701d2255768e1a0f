package redisx_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/redisx"
)

// ordeal is a feed that goes on while things break: events are appended, each
// until it was accepted, and one follower and one plain go-redis subscriber
// hear them. What the subscriber misses shows that the ordeal bites.
type ordeal struct {
	events int           // at least
	every  time.Duration // one event
	// replicas that must confirm an event before it counts as accepted.
	replicas int

	publisher, follower *redisx.Client
	plain               redis.UniversalClient
	probe               time.Duration
}

// outcome is the account of an ordeal.
type outcome struct {
	accepted                  int
	lost, doubled, misordered int
	unannounced               int // lost, and no gap said so
	gaps, downs, refused      int
	plainLost                 int
	settled                   time.Duration // from the last event until the follower had everything
	positions                 map[int]redisx.Position
}

func (o outcome) String() string {
	lost := fmt.Sprint(o.lost, " lost")
	if o.lost > 0 {
		lost += fmt.Sprintf(" (%d of them without a gap)", o.unannounced)
	}
	return fmt.Sprintf("%d accepted: %s, %d doubled, %d out of order; %d gaps, link lost %d times, %d appends tried again, caught up in %v; plain go-redis lost %d",
		o.accepted, lost, o.doubled, o.misordered, o.gaps, o.downs, o.refused, o.settled.Round(time.Millisecond),
		o.plainLost)
}

const ordealChannel = "t:fe:{icu}"

// run appends until enough events were accepted and the faults are over.
func (o ordeal) run(t *testing.T, faults func(ctx context.Context, l *listener)) outcome {
	t.Helper()
	if o.probe == 0 {
		o.probe = 200 * time.Millisecond
	}
	options := redisx.FeedOptions{Probe: o.probe, MaxLen: 1_000_000}
	feed := redisx.NewFeed(o.publisher, "icu", options)
	l := follow(t, redisx.NewFeed(o.follower, "icu", options), redisx.FromStart)
	within(t, 10*time.Second, "link", l.isUp)
	heard := hearPlain(t, o.plain)

	over := make(chan struct{})
	background(t, func(ctx context.Context) {
		defer close(over)
		faults(ctx, l)
	})
	out := outcome{positions: make(map[int]redisx.Position)}
	pace := time.NewTicker(o.every)
	defer pace.Stop()
	for ended := false; out.accepted < o.events || !ended; out.accepted++ {
		<-pace.C
		out.positions[out.accepted], out.refused = o.accept(t, feed, out.accepted, out.refused)
		select {
		case <-over:
			ended = true
		default:
		}
	}
	last := time.Now()
	have := func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.events) > 0 && ordinal(l.events[len(l.events)-1].ID) == out.accepted-1
	}
	within(t, 30*time.Second, "the last event", func() bool { return have() && l.isUp() })
	out.settled = time.Since(last)
	o.settle(t, l, &out, heard)
	return out
}

// accept appends one event until it was accepted.
func (o ordeal) accept(t *testing.T, f *redisx.Feed, n, refused int) (redisx.Position, int) {
	t.Helper()
	id := fmt.Sprintf("e%07d", n)
	for deadline := time.Now().Add(60 * time.Second); ; refused++ {
		var at redisx.Position
		var err error
		if o.replicas > 0 {
			var got redisx.Appended
			got, err = f.AppendDurable(t.Context(), id, fmt.Appendf(nil, "payload %d", n), o.replicas,
				300*time.Millisecond)
			at = got.Position
		} else {
			at, err = f.Append(t.Context(), id, fmt.Appendf(nil, "payload %d", n))
		}
		if err == nil {
			return at, refused
		}
		if time.Now().After(deadline) {
			t.Fatalf("append %s: %v", id, err)
		}
		pause(t.Context(), 5*time.Millisecond)
	}
}

func ordinal(id string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "e"))
	if err != nil {
		return -1
	}
	return n
}

// settle counts.
func (o ordeal) settle(t *testing.T, l *listener, out *outcome, heard func() []string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	out.gaps, out.downs = len(l.gaps), l.downs
	seen := make(map[int]int)
	before := -1
	for _, e := range l.events {
		n := ordinal(e.ID)
		if seen[n]++; seen[n] > 1 {
			out.doubled++
		} else if n < before {
			out.misordered++
		}
		before = max(before, n)
	}
	for n := range out.accepted {
		if seen[n] == 0 {
			out.lost++
			if !announced(l.gaps, out.positions[n]) {
				out.unannounced++
			}
		}
	}
	plain := make(map[string]bool)
	for _, id := range heard() {
		plain[id] = true
	}
	for n := range out.accepted {
		if !plain[fmt.Sprintf("e%07d", n)] {
			out.plainLost++
		}
	}
}

// announced says whether a gap covers a position. A gap that ends before it
// begins is an emptied log: anything after may be missing.
func announced(gaps [][2]redisx.Position, at redisx.Position) bool {
	for _, g := range gaps {
		if at.Compare(g[0]) > 0 && (g[1].Compare(g[0]) <= 0 || at.Compare(g[1]) < 0) {
			return true
		}
	}
	return false
}

// hearPlain subscribes as programs do, with PubSub.Channel.
func hearPlain(t *testing.T, c redis.UniversalClient) (heard func() []string) {
	t.Helper()
	sub := c.Subscribe(t.Context(), ordealChannel)
	if _, err := sub.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var ids []string
	ended := make(chan struct{})
	messages := sub.Channel(redis.WithChannelSize(100_000))
	go func() {
		defer close(ended)
		for m := range messages {
			if f := strings.SplitN(m.Payload, " ", 4); len(f) == 4 {
				mu.Lock()
				ids = append(ids, f[2])
				mu.Unlock()
			}
		}
	}()
	t.Cleanup(func() { _ = sub.Close(); <-ended })
	return func() []string { mu.Lock(); defer mu.Unlock(); return append([]string(nil), ids...) }
}

// clean fails the test for anything that is not as promised, and prints the
// account either way.
func (o outcome) clean(t *testing.T, bites bool) {
	t.Helper()
	t.Log(o)
	if o.lost+o.doubled+o.misordered != 0 {
		t.Errorf("lost %d, doubled %d, out of order %d", o.lost, o.doubled, o.misordered)
	}
	if bites && o.plainLost == 0 {
		t.Error("the plain subscriber lost nothing either: the ordeal proves nothing")
	}
}
