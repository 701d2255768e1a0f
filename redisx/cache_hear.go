package redisx

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Watch hears which IDs were put or invalidated, by anyone, until ctx ends, and
// returns ctx's error. onResync is called after every (re)connection: changes
// may have been missed, so read again what is on the screen.
func (c *Cache[T]) Watch(ctx context.Context, onChange func(id string), onResync func()) error {
	l, first := c.link(), true
	l.resync = func(context.Context) error {
		c.detachAll()
		c.retell(first)
		first = false
		if onResync != nil {
			onResync()
		}
		return nil
	}
	l.message = func(_, id string) error {
		c.changed(id)
		if onChange != nil {
			onChange(id)
		}
		return nil
	}
	l.run(ctx)
	return ctx.Err()
}

func (c *Cache[T]) link() *link {
	return &link{c: c.c, tag: c.o.Name, channels: []string{c.c.keys.cacheChanges(c.o.Name)},
		probe: c.o.Probe, limit: c.proofHolds(), maxBytes: 4 << 10}
}

// proofHolds is how long after it was sent a proof of the link is believed.
func (c *Cache[T]) proofHolds() time.Duration {
	return max(2*c.o.Probe+c.o.Probe/2, 250*time.Millisecond)
}

// changed lets whoever asks from now on read anew: neither this process's copy
// nor a load that began before the change is for them.
func (c *Cache[T]) changed(ids ...string) {
	c.detach(ids...)
	c.near.change(ids...)
}

// hear starts the link that keeps near copies right. It lives as long as the
// Client.
func (c *Cache[T]) hear() {
	if !c.o.NearFresh || c.hearing.Load() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hearing.Load() {
		return
	}
	c.hearing.Store(c.c.background(c.keepNear))
}

func (c *Cache[T]) keepNear(ctx context.Context) {
	l, first := c.link(), true
	l.resync = func(context.Context) error {
		c.detachAll()
		c.near.subscribed()
		c.retell(first)
		first = false
		return nil
	}
	// What stands on the wire before a probe has been taken in when the probe is:
	// state and message are called in the order of the connection.
	l.message = func(_, id string) error { c.changed(id); return nil }
	l.state = func(up bool, sent time.Time) {
		if up {
			c.near.proved(sent, c.proofHolds())
		} else {
			c.near.lost()
		}
	}
	if cluster, ok := c.c.coord.(*redis.ClusterClient); ok {
		c.proveCluster(l, cluster)
	}
	l.run(ctx)
	c.near.lost()
}

// proveCluster demands a probe back from every primary. In a Cluster a change
// is published by the node that holds the entry and reaches this subscription
// over the nodes' own connections, any of which may be broken while the rest
// look well.
func (c *Cache[T]) proveCluster(l *link, cluster *redis.ClusterClient) {
	all := c.c.keys.probe(c.o.Name, rand.Text())
	l.channels = append(l.channels, all)
	type round struct {
		sent time.Time
		back int
	}
	var mu sync.Mutex // announce runs beside message
	rounds := make(map[string]*round)
	heard := l.message
	l.message = func(channel, payload string) error {
		if channel != all {
			return heard(channel, payload)
		}
		nonce, count, _ := strings.Cut(payload, " ")
		want, err := strconv.Atoi(count)
		mu.Lock()
		defer mu.Unlock()
		r := rounds[nonce]
		if err != nil || r == nil {
			return nil
		}
		if r.back++; r.back == want {
			delete(rounds, nonce)
			c.near.proved(r.sent, c.proofHolds())
		}
		return nil
	}
	l.state = func(up bool, _ time.Time) {
		if !up {
			c.near.lost()
		}
	}
	ask := func(ctx context.Context, nonce string) {
		ctx, cancel := c.c.call(ctx)
		defer cancel()
		sent := time.Now()
		var nodes []*redis.Client
		_ = cluster.ForEachMaster(ctx, func(_ context.Context, node *redis.Client) error {
			mu.Lock()
			defer mu.Unlock()
			nodes = append(nodes, node)
			return nil
		})
		mu.Lock()
		for n, r := range rounds {
			if sent.Sub(r.sent) > 2*c.proofHolds() {
				delete(rounds, n)
			}
		}
		rounds[nonce] = &round{sent: sent}
		mu.Unlock()
		var wg sync.WaitGroup
		for _, node := range nodes {
			// A node that fails owes its probe, and the round stays open.
			wg.Go(func() { _ = node.Publish(ctx, all, fmt.Sprint(nonce, " ", len(nodes))).Err() })
		}
		wg.Wait()
	}
	l.announce = func(ctx context.Context, channel, nonce string) error {
		// Beside the link's own probe: a silent primary must not make the link look
		// dead.
		c.c.background(func(ctx context.Context) { ask(ctx, nonce) })
		return c.c.Publish(ctx, channel, []byte(nonce))
	}
}
