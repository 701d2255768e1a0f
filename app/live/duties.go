package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/redisx"
)

// Duties are what some station must do for all: relay what the record committed
// and take in what others publish. Every station offers; leases choose one.
type Duties struct {
	Station  string
	Wards    []string
	Client   *redisx.Client
	Log      outbox.RelayLog
	Reader   *patient.Reader
	Receiver *alert.Receiver // nil: no intake
	Clock    *Clock          // nil: no escalations
	Logger   *slog.Logger

	relay *outbox.Relay
	locks *redisx.Locks
	who   redisx.Holder
	ready sync.Once
	beats beats
	leads atomic.Bool // this station has the intake role
	// telling counts the commits since the word to other stations began.
	telling atomic.Int64
}

// dutyTTL is how long a duty stays undone when the station that had it dies.
const dutyTTL = 3 * time.Second

func (d *Duties) init() {
	d.ready.Do(func() {
		d.locks = redisx.NewLocks(d.Client, redisx.LockOptions{TTL: dutyTTL, Topic: "duties"})
		d.who = redisx.Holder{Owner: d.Station, Name: d.Station, Station: d.Station, Session: uuid.NewString()}
		d.relay = outbox.NewRelay(outbox.Relay{Log: d.Log, Lead: d.leadRelay, Send: d.send, Logger: d.Logger,
			Caught: func(ctx context.Context, seq int64) { d.beats.send(ctx, d.Client, d.Station, d.Wards, seq) }})
	})
}

// KickChannel wakes whoever relays.
func KickChannel(c *redisx.Client) string { return c.Keys().Channel("duties", "kick") }

// Committed is to be called after a commit: it wakes the relay, here or on
// another station. It does not block. What is committed while one word is on its
// way shares the next.
func (d *Duties) Committed() {
	d.init()
	d.relay.Kick()
	if d.telling.Add(1) > 1 {
		return
	}
	go func() {
		for told := int64(0); ; {
			now := d.telling.Load()
			if now == told && d.telling.CompareAndSwap(now, 0) {
				return
			}
			told = now
			// The work was committed whatever becomes of the caller.
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			_ = d.Client.Publish(ctx, KickChannel(d.Client), nil)
			cancel()
		}
	}()
}

// Run does what falls to this station until ctx ends.
func (d *Duties) Run(ctx context.Context) {
	d.init()
	var group sync.WaitGroup
	group.Go(func() { d.relay.Run(ctx) })
	group.Go(func() {
		_ = d.Client.Listen(ctx, redisx.ListenOptions{Channels: []string{KickChannel(d.Client)}},
			func(string, []byte) { d.relay.Kick() }, nil)
	})
	if d.Receiver != nil {
		group.Go(func() { d.leadIntake(ctx) })
		group.Go(func() { d.hearIntake(ctx) })
		group.Go(func() { d.Receiver.Run(ctx) })
		defer d.Receiver.Wait()
	}
	group.Wait()
}

func (d *Duties) leadRelay(ctx context.Context) (outbox.Lease, error) {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	lease, err := d.locks.Acquire(call, "duties", "relay", d.who)
	if err != nil {
		return nil, err
	}
	return lease, nil
}

// send carries a batch to the stations: alerts through their ward's stream, in
// order; changed patients by a fresh cache entry and a hint.
func (d *Duties) send(ctx context.Context, batch []outbox.Change) error {
	var patients, alerts, wards []string
	events := map[string][]redisx.Event{}
	hints := map[string]bool{}
	for _, c := range batch {
		if c.Kind != outbox.Alert {
			hints[c.Ward] = true
			if c.Patient != "" {
				patients = append(patients, c.Patient)
			}
			continue
		}
		payload, err := json.Marshal(c)
		if err != nil {
			return err
		}
		if events[c.Ward] == nil {
			wards = append(wards, c.Ward)
		}
		events[c.Ward] = append(events[c.Ward], redisx.Event{ID: strconv.FormatInt(c.Seq, 10), Payload: payload})
		var m struct {
			Kind  alert.MoveKind `json:"move"`
			Alert struct{ ID string }
		}
		if json.Unmarshal(c.Payload, &m) == nil && m.Kind != alert.Escalated {
			alerts = append(alerts, m.Alert.ID) // who fired an escalation sees to the next
		}
	}
	for _, w := range wards {
		if _, err := Feed(d.Client, w).AppendAll(ctx, events[w]); err != nil {
			return err
		}
	}
	if d.Clock != nil {
		d.Clock.Sync(ctx, alerts)
	}
	// A record that hangs must not hold up the alerts behind this batch.
	call, cancel := context.WithTimeout(ctx, callTimeout)
	err := d.Reader.Refresh(call, patients...)
	cancel()
	if err != nil && errors.Is(err, redisx.ErrDown) {
		return err
	}
	for w := range hints {
		if w == "" {
			continue
		}
		if err := d.Client.Publish(ctx, Changes(d.Client, w), nil); err != nil {
			return err
		}
	}
	return nil
}

// Unrecorded streams a raised alert while the record is away. It is then the only
// way that is left, so a link that fails is tried again while the caller waits: it
// is the same event however often it is sent, and without an answer nobody knows
// whether the stations have it.
func (d *Duties) Unrecorded(ctx context.Context, m alert.Move) error {
	payload, err := unrecorded(m)
	if err != nil {
		return err
	}
	for end := time.Now().Add(unrecordedFor); ; sleep(ctx, unrecordedGap) {
		_, err = Feed(d.Client, m.Alert.Ward).Append(ctx, eventID("unrecorded:"+m.ID), payload)
		if err == nil || !errors.Is(err, redisx.ErrDown) || ctx.Err() != nil || time.Now().After(end) {
			break
		}
	}
	if err == nil && d.Clock != nil {
		d.Clock.Unrecorded(ctx, m.Alert)
	}
	return err
}

const (
	unrecordedFor = 3 * time.Second
	unrecordedGap = 50 * time.Millisecond
)

// leadIntake keeps asking for the intake role and acts while it has it.
func (d *Duties) leadIntake(ctx context.Context) {
	for ctx.Err() == nil {
		lease, err := d.locks.Await(ctx, "duties", "intake", d.who)
		if err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(time.Second): // Redis is away: ask again
			}
			continue
		}
		d.leads.Store(true)
		d.Receiver.Act(ctx, true)
		select {
		case <-ctx.Done():
		case <-lease.Done():
		}
		d.leads.Store(false)
		d.Receiver.Act(ctx, false)
		release, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		_ = lease.Release(release)
		cancel()
	}
}

// Leads reports whether what one station does for all falls to this one now.
func (d *Duties) Leads() bool { return d.leads.Load() }

func (d *Duties) hearIntake(ctx context.Context) {
	wards := map[string]string{}
	var channels []string
	for _, w := range d.Wards {
		ch := Intake(d.Client.Keys(), w)
		wards[ch] = w
		channels = append(channels, ch)
	}
	_ = d.Client.Listen(ctx, redisx.ListenOptions{
		Channels: channels, MaxBytes: alert.MaxRequest,
		TooBig: func(ch string, size int) {
			// Its sender meant to tell the ward something: the size says so.
			notice := fmt.Appendf(nil,
				`{"priority":"technical","text":"A message of %d bytes on the alert intake was too large to read. Tell IT."}`, size)
			d.Receiver.Hear(ctx, wards[ch], notice)
		},
	}, func(ch string, payload []byte) { d.Receiver.Hear(ctx, wards[ch], payload) }, nil)
}
