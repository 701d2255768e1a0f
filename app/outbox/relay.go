package outbox

import (
	"context"
	"log/slog"
	"time"
)

// Lease is the right to relay: only one station does at a time.
type Lease interface {
	// Done closes the moment the lease is, or could be, lost.
	Done() <-chan struct{}
	Release(ctx context.Context) error
}

// Relay sends committed changes on, in commit order. Any station can run one;
// the lease sees to it that one does. What is sent may be sent again after a
// crash between sending and marking: the receiving side is idempotent by Seq.
type Relay struct {
	Log RelayLog
	// Lead takes the relay lease, or fails at once if another holds it.
	Lead func(ctx context.Context) (Lease, error)
	// Send carries changes to the stations; an error means none after the
	// failed one was sent, and the batch is tried again.
	Send func(ctx context.Context, batch []Change) error
	// Caught, if set, is told each time that all is sent, and up to which Seq.
	Caught func(ctx context.Context, seq int64)
	// Every is how often the log is looked at without a kick (default 500 ms).
	Every  time.Duration
	Logger *slog.Logger

	kick chan struct{}
}

const relayBatch = 256

// logLimit is after what time the relay gives its lease up because the log does
// not answer it: another station's way to the record may be fine.
const logLimit = 3 * time.Second

func within[T any](ctx context.Context, ask func(ctx context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, logLimit)
	defer cancel()
	return ask(ctx)
}

// NewRelay completes r with its defaults.
func NewRelay(r Relay) *Relay {
	if r.Every == 0 {
		r.Every = 500 * time.Millisecond
	}
	if r.Logger == nil {
		r.Logger = slog.New(slog.DiscardHandler)
	}
	r.kick = make(chan struct{}, 1)
	return &r
}

// Kick says that there may be something new. It never blocks.
func (r *Relay) Kick() {
	select {
	case r.kick <- struct{}{}:
	default:
	}
}

// Run relays until ctx ends.
func (r *Relay) Run(ctx context.Context) {
	tick := time.NewTicker(r.Every)
	defer tick.Stop()
	for ctx.Err() == nil {
		if lease, err := r.Lead(ctx); err == nil {
			err := r.lead(ctx, lease, tick.C)
			// The context may be over; the lease must go all the same, so that
			// another station takes over at once and not after the TTL.
			release, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			_ = lease.Release(release)
			cancel()
			if err != nil {
				// Another station asks before this one does again; and where all fail,
				// none of them asks Redis without a pause.
				pause(ctx, r.Every+r.Every/2)
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// markEvery is how often the mark is moved while there is work: each time is a
// transaction, and what is sent again after a crash is known by its Seq.
const markEvery = 250 * time.Millisecond

// lead relays for as long as the lease holds. On an error the lease should go to a
// station that may fare better.
func (r *Relay) lead(ctx context.Context, lease Lease, tick <-chan time.Time) error {
	seq, err := within(ctx, r.Log.Relayed)
	at := mark{relay: r, seq: seq, told: seq, when: time.Now()}
	for {
		if err == nil {
			err = r.drain(ctx, lease, &at)
		}
		if err != nil && ctx.Err() == nil {
			r.Logger.Warn("relay", "err", err)
			return err
		}
		select {
		case <-ctx.Done():
			// What was sent was sent, whoever relays next.
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			_ = at.move(last, 0)
			cancel()
			return nil
		case <-lease.Done():
			return nil
		case <-r.kick:
		case <-tick:
		}
	}
}

// mark is how far the relay has sent, and how far the record knows of it.
type mark struct {
	relay     *Relay
	seq, told int64
	when      time.Time
}

// move tells the record, unless it was told less than a time ago.
func (m *mark) move(ctx context.Context, atMost time.Duration) error {
	if m.told == m.seq || time.Since(m.when) < atMost {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, logLimit)
	defer cancel()
	if err := m.relay.Log.MarkRelayed(ctx, m.seq); err != nil {
		return err
	}
	m.told, m.when = m.seq, time.Now()
	return nil
}

// drain sends all that is committed and not yet sent.
func (r *Relay) drain(ctx context.Context, lease Lease, at *mark) error {
	for {
		batch, err := within(ctx,
			func(ctx context.Context) ([]Change, error) { return r.Log.ChangesAfter(ctx, at.seq, relayBatch) })
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			if r.Caught != nil {
				r.Caught(ctx, at.seq)
			}
			return at.move(ctx, markEvery)
		}
		select {
		case <-lease.Done():
			return nil
		default:
		}
		if err := r.Send(ctx, batch); err != nil {
			return err
		}
		at.seq = batch[len(batch)-1].Seq
		if err := at.move(ctx, markEvery); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
