package redisx

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// link is one live subscription: it holds a pub/sub connection, proves it, and
// replaces it when the proof fails. All callbacks but express run on the goroutine
// of run, one at a time, in the order of the connection.
//
// The proof has two halves, both demanded back within limit. A message that the
// link publishes to a channel of its own, over the coordination connections,
// proves that what others publish arrives: it finds a dead wire, and a live wire
// to a server that nobody publishes to any more, as after a failover. An answer
// to PING proves that the server still hears this connection, so that it does
// not go on to close it unnoticed.
//
// go-redis' own PubSub.Channel writes its PING and never waits for the answer,
// and hides reconnections; Receive is used instead.
type link struct {
	c        *Client
	tag      string // hash tag of the probe channel: the node that must be alive
	channels []string
	patterns []string
	probe    time.Duration // how often to prove
	limit    time.Duration // how old the last proof may be
	maxBytes int           // larger messages are dropped and reported to tooBig

	// announce publishes one probe; nil means a plain PUBLISH. The feed adds the
	// position of its log to it.
	announce func(ctx context.Context, channel, nonce string) error

	resync  func(ctx context.Context) error     // after every subscription, before its messages
	message func(channel, payload string) error // an error leaves the connection
	// instead of message: at once, on the reader's goroutine; must not block
	express func(payload string)
	proved  func(payload string) error     // a probe came back: payload is "nonce…"
	state   func(up bool, heard time.Time) // at every heartbeat and change
	tooBig  func(channel string, size int) // a message above maxBytes was dropped
}

// By default a link that fell silent is left within 2 s, on a slow wire 3 s.
const (
	defaultProbe = 500 * time.Millisecond
	// queued bounds what a slow receiver may leave lying. Beyond it the link is
	// dropped and resynchronised: memory stays bounded and nothing is skipped
	// unnoticed.
	queued      = 8192
	queuedBytes = 64 << 20
)

var (
	errSilent = errors.New("no proof of life in time")
	errSlow   = errors.New("receiver too slow")
)

// run keeps the link until ctx ends.
func (l *link) run(ctx context.Context) {
	if l.probe <= 0 {
		l.probe = defaultProbe
	}
	if l.limit <= 0 {
		l.limit = max(times(l.probe, limitProbes), 250*time.Millisecond)
	}
	var heard time.Time
	// The goroutines of a connection that was left may sit in a call for another
	// second: they are waited for at the end, not before the next connection.
	var helpers sync.WaitGroup
	defer helpers.Wait()
	defer l.c.retries.leave(l)
	pause := pauseFirst
	for ctx.Err() == nil {
		lived, err := l.session(ctx, &helpers, &heard)
		if ctx.Err() != nil {
			break
		}
		l.c.log.Warn("redis link lost", "tag", l.tag, "err", err)
		if lived {
			pause = pauseFirst
		}
		l.c.retries.wait(ctx, l, pause)
		pause = min(2*pause, pauseMost)
	}
}

func (l *link) report(up bool, heard time.Time) {
	if l.state != nil {
		l.state(up, heard)
	}
}

// arrival is one message as the reader took it off the wire.
type arrival struct {
	channel, payload string
	probe            bool
	sent             time.Time // of a probe
}

// session holds one connection until it fails. lived says that it was proved.
func (l *link) session(ctx context.Context, helpers *sync.WaitGroup, heard *time.Time) (lived bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	probeChannel := l.c.keys.probe(l.tag, rand.Text())
	pubsub := l.c.coord.Subscribe(ctx)
	w := &wire{link: l, pubsub: pubsub, probeChannel: probeChannel,
		queue: make(chan arrival, queued), subscribed: make(chan struct{}), failed: make(chan struct{}),
		pulse: newPulse(l.probe, l.limit)}

	defer pubsub.Close() // ends the reader
	defer cancel()       // before Close, so that go-redis does not dial again
	defer func() { l.report(false, *heard) }()

	channels := append([]string{probeChannel}, l.channels...)
	if err := pubsub.Subscribe(ctx, channels...); err != nil {
		return false, wrap("subscribe", err)
	}
	if len(l.patterns) > 0 {
		if err := pubsub.PSubscribe(ctx, l.patterns...); err != nil {
			return false, wrap("subscribe", err)
		}
	}
	helpers.Go(func() { w.read(ctx, len(channels)+len(l.patterns)) })

	timer := time.NewTimer(l.limit)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-timer.C:
		return false, wrap("subscribe", errSilent)
	case <-w.failed:
		return false, wrap("subscribe", w.err)
	case <-w.subscribed:
	}
	l.c.retries.through(l)
	if l.resync != nil {
		if err := l.resync(ctx); err != nil {
			return false, err
		}
	}
	w.pulse.begin()
	helpers.Go(func() { w.prove(ctx) })
	return w.serve(ctx, heard)
}

// serve hands over what arrives and watches the proof.
func (w *wire) serve(ctx context.Context, heard *time.Time) (lived bool, err error) {
	l := w.link
	check := time.NewTicker(w.pulse.every)
	defer check.Stop()
	for {
		select {
		case <-ctx.Done():
			return lived, ctx.Err()
		case <-w.failed:
			return lived, wrap("receive", w.err)
		case <-check.C:
			if w.pulse.silent() {
				return lived, wrap("receive", errSilent)
			}
		case a := <-w.queue:
			w.waiting.Add(-int64(len(a.payload)))
			switch {
			case a.probe:
				if l.proved != nil {
					if err := l.proved(a.payload); err != nil {
						return lived, err
					}
				}
				lived, *heard = true, a.sent
				l.report(true, a.sent)
			case l.message != nil:
				if err := l.message(a.channel, a.payload); err != nil {
					return lived, err
				}
			}
		}
	}
}

// wire is one connection of a link: a reader that never waits for the receiver
// and a prober.
type wire struct {
	link         *link
	pubsub       *redis.PubSub
	probeChannel string
	queue        chan arrival
	subscribed   chan struct{} // closed when the server confirmed everything
	failed       chan struct{} // closed when the reader ended
	err          error         // why; read after failed
	waiting      atomic.Int64  // bytes in queue
	pulse        *pulse
}

// read takes messages off the wire. It notes the proof itself, so that a slow
// receiver does not make a good link look dead.
func (w *wire) read(ctx context.Context, expected int) {
	defer close(w.failed)
	confirmed := 0
	for {
		got, err := w.pubsub.Receive(ctx)
		if err != nil {
			w.err = err
			return
		}
		switch m := got.(type) {
		case *redis.Subscription:
			if confirmed++; confirmed == expected {
				close(w.subscribed)
			}
		case *redis.Pong:
			w.pulse.pong()
		case *redis.Message:
			if !w.take(m) {
				w.err = errSlow
				return
			}
		}
	}
}

// take queues a message; false means that the receiver is too slow.
func (w *wire) take(m *redis.Message) bool {
	a := arrival{channel: m.Channel, payload: m.Payload, probe: m.Channel == w.probeChannel}
	if a.probe {
		var known bool
		if a.sent, known = w.pulse.back(m.Payload[:min(len(m.Payload), nonceLen)]); !known {
			return true // proves nothing
		}
	} else {
		w.pulse.heard()
		if limit := w.link.maxBytes; limit > 0 && len(m.Payload) > limit {
			if w.link.tooBig != nil {
				w.link.tooBig(m.Channel, len(m.Payload))
			}
			return true
		}
		if w.link.express != nil {
			w.link.express(m.Payload)
			return true
		}
	}
	if w.waiting.Add(int64(len(a.payload))) > queuedBytes {
		return false
	}
	select {
	case w.queue <- a:
		return true
	default:
		return false
	}
}

// nonceLen is the length of rand.Text.
const nonceLen = 26

// probesMost bounds the probes that are being sent at a time: one that waits for
// its reply on a slow wire does not hold back the next.
const probesMost = 3

// prove sends PING and a probe now and at every tick.
func (w *wire) prove(ctx context.Context) {
	l := w.link
	announce := l.announce
	if announce == nil {
		announce = func(ctx context.Context, channel, nonce string) error {
			return l.c.Publish(ctx, channel, []byte(nonce))
		}
	}
	tick := time.NewTicker(l.probe)
	defer tick.Stop()
	var sending sync.WaitGroup
	defer sending.Wait()
	for free := make(chan struct{}, probesMost); ; {
		nonce := w.pulse.ask()
		// Failures need no answer here: the proof they owe does not come.
		if err := w.pubsub.Ping(ctx); err != nil {
			l.c.log.Debug("redis ping", "tag", l.tag, "err", err)
		}
		select {
		case free <- struct{}{}:
			sending.Go(func() {
				if err := announce(ctx, w.probeChannel, nonce); err != nil {
					l.c.log.Debug("redis probe", "tag", l.tag, "err", err)
				}
				<-free
			})
		default:
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
