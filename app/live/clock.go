package live

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/redisx"
)

// ClockRecord is what the escalation clock needs of the record.
type ClockRecord interface {
	alert.Record
	// DueWithin lists what is due within a time from now by the record's own
	// clock (negative: overdue by that), the soonest first; DueOf what these
	// alerts wait for.
	DueWithin(ctx context.Context, within time.Duration, limit int) ([]alert.DueStep, error)
	DueOf(ctx context.Context, alertIDs []string) ([]alert.DueStep, error)
	AlertPolicy(ctx context.Context, ward string) (alert.Policy, error)
}

// manyMoves is a record that takes many moves in one transaction.
type manyMoves interface {
	AppendMoves(ctx context.Context, moves []alert.Move) ([]alert.Move, []error)
}

// Clock escalates what nobody answers. Every station runs one, and exactly one
// fires each step: the due times stand in the record and are mirrored in Redis,
// where one station claims each; the record takes a step once, whoever brings it
// how often. A claim whose owner died is due again within [claimLease]. With
// Redis away each station looks into the record by itself; with the record away
// Redis decides, and the step is recorded later.
type Clock struct {
	Record ClockRecord
	Client *redisx.Client // nil: the record alone
	// Committed is called when a step was taken: it wakes the relay.
	Committed func()
	// Life is where an alert stands on this station, for steps that are due while
	// the record is away; nil or false: not known.
	Life    func(ward, alertID string) (alert.Life, bool)
	Station string
	Logger  *slog.Logger

	claimed func([]redisx.Claim) // tests look

	ready     sync.Once
	deadlines *redisx.Deadlines
	alone     atomic.Bool
	taking    chan struct{} // one transaction of this clock at a time
	work      sync.WaitGroup
	mu        sync.Mutex
	policies  map[string]knownPolicy
}

// knownPolicy is a ward's policy as it was at a time.
type knownPolicy struct {
	alert.Policy
	at time.Time
}

const (
	// claimLease is how long a claim stands whose owner died: longer than takeLimit,
	// or a second station would begin what the first is still doing, and a record
	// that is slow would get all of it twice.
	claimLease = 750 * time.Millisecond
	// clockPoll is the longest sleep between two looks at what is due.
	clockPoll = 150 * time.Millisecond
	// recordGrace is how overdue a step is before a station takes it from the
	// record although Redis is there: sooner than the claim of a dead owner ends.
	recordGrace = 500 * time.Millisecond
	// takeLimit is after what time Redis decides in the record's place;
	// recordLimit is how long the record is given all the same.
	takeLimit   = 600 * time.Millisecond
	recordLimit = 5 * time.Second
	clockBatch  = 64
	// policyFor is how long a ward's policy is trusted at a station that shows
	// another ward; that of its own comes with each picture.
	policyFor = 5 * time.Second
)

func (c *Clock) init() {
	c.ready.Do(func() {
		c.policies = map[string]knownPolicy{}
		c.taking = make(chan struct{}, 1)
		if c.Logger == nil {
			c.Logger = slog.New(slog.DiscardHandler)
		}
		if c.Client != nil {
			c.deadlines = redisx.NewDeadlines(c.Client, "escalations", redisx.DeadlineOptions{Lease: claimLease})
		}
		c.alone.Store(c.Client == nil)
	})
}

// Alone reports that Redis is away and this station escalates from the record by
// itself, as every other one does.
func (c *Clock) Alone() bool { return c.alone.Load() }

// Run fires what is due until ctx ends.
func (c *Clock) Run(ctx context.Context) {
	c.init()
	var group sync.WaitGroup
	if c.deadlines != nil {
		group.Go(func() { c.byRedis(ctx) })
	}
	group.Go(func() { c.byRecord(ctx) })
	group.Wait()
	c.work.Wait()
}

// step is the payload of a deadline.
type step struct {
	Alert  alert.Alert `json:"alert"`
	Turn   int         `json:"turn"`
	Level  int         `json:"level"`
	Reason string      `json:"reason"`
}

// byRedis claims what is due there and takes it.
func (c *Clock) byRedis(ctx context.Context) {
	for ctx.Err() == nil {
		claims, next, err := c.deadlines.Claim(ctx, clockBatch)
		if ctx.Err() != nil {
			return
		}
		c.alone.Store(err != nil)
		if len(claims) > 0 {
			if c.claimed != nil {
				c.claimed(claims)
			}
			c.fire(ctx, claims)
			continue
		}
		if err != nil || next < 0 || next > clockPoll {
			next = clockPoll
		}
		sleep(ctx, next+time.Millisecond)
	}
}

// fire takes the steps of claims: in the record, or, while it is away, in Redis.
func (c *Clock) fire(ctx context.Context, claims []redisx.Claim) {
	var moves []alert.Move
	var of []redisx.Claim
	for _, claim := range claims {
		var s step
		if err := json.Unmarshal(claim.Payload, &s); err != nil {
			c.Logger.Error("an escalation's deadline cannot be read", "deadline", claim.ID)
			_ = c.deadlines.Finish(ctx, claim)
			continue
		}
		now := time.Now().UTC() // before the policy is asked for
		moves = append(moves, alert.Escalation(s.Alert, c.policy(ctx, s.Alert.Ward), s.Turn, s.Level, s.Reason, now))
		of = append(of, claim)
	}
	errs := c.take(ctx, moves)
	var ids []string
	var taken []redisx.Claim
	for n, err := range errs {
		switch {
		case err == nil || alert.Refused(err):
			ids, taken = append(ids, moves[n].Alert.ID), append(taken, of[n])
		default:
			c.byRedisAlone(ctx, of[n], moves[n])
		}
	}
	// Their next steps, if they have any, are set after.
	if err := c.deadlines.FinishAll(ctx, taken); err != nil {
		c.Logger.Warn("the deadlines of escalations stay", "first", taken[0].ID, "count", len(taken), "err", err)
	}
	c.Sync(ctx, ids)
}

// errSlow means that the record has not answered yet.
var errSlow = errors.New("live: the record is slow")

// take brings steps to the record and waits for takeLimit. What the record is doing
// then goes on: cutting a slow transaction short and trying again would only make
// it slower.
func (c *Clock) take(ctx context.Context, moves []alert.Move) []error {
	if len(moves) == 0 {
		return nil
	}
	for n := range moves {
		moves[n].Station = c.Station
	}
	slow := make([]error, len(moves))
	for n := range slow {
		slow[n] = errSlow
	}
	timer := time.NewTimer(takeLimit)
	defer timer.Stop()
	select {
	case c.taking <- struct{}{}:
	case <-timer.C:
		return slow
	}
	done := make(chan []error, 1)
	c.work.Go(func() {
		defer func() { <-c.taking }()
		done <- c.commit(ctx, moves)
	})
	select {
	case errs := <-done:
		return errs
	case <-timer.C:
		return slow
	}
}

// commit brings steps to the record in one transaction.
func (c *Clock) commit(ctx context.Context, moves []alert.Move) []error {
	call, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	_, errs := record(call, c.Record, moves)
	for n, err := range errs {
		if err == nil && c.Committed != nil {
			c.Committed()
		} else if err != nil && !errors.Is(err, alert.ErrAlreadyAccepted) && !errors.Is(err, alert.ErrResolved) {
			c.Logger.Info("an escalation was not taken", "alert", moves[n].Alert.ID, "level", moves[n].Level,
				"err", err)
		}
	}
	return errs
}

// record appends moves, in one transaction if it can, and returns them as they are
// kept.
func record(ctx context.Context, to alert.Record, moves []alert.Move) ([]alert.Move, []error) {
	if many, is := to.(manyMoves); is {
		return many.AppendMoves(ctx, moves)
	}
	got, errs := make([]alert.Move, len(moves)), make([]error, len(moves))
	for n, m := range moves {
		got[n], errs[n] = to.AppendMove(ctx, m)
	}
	return got, errs
}

// byRedisAlone decides a step while the record is away: whoever moves its item
// first has it, and the event that tells the stations goes out in the same step.
// They give it to the record when it is back.
func (c *Clock) byRedisAlone(ctx context.Context, claim redisx.Claim, m alert.Move) {
	if c.Life != nil {
		if l, known := c.Life(m.Alert.Ward, m.Alert.ID); known &&
			(!l.Stage.Open() || l.Turn != m.Turn || l.Level >= m.Level) {
			// The record has decided before it went away; this station heard of it.
			_ = c.deadlines.Finish(ctx, claim)
			return
		}
	}
	if p := c.policy(ctx, m.Alert.Ward); m.Reason == alert.NotShown && c.shown(m.Alert) {
		rest := p.For(m.Alert.Priority).After.D() - p.Unshown.D()
		if rest <= 0 {
			_ = c.deadlines.Finish(ctx, claim)
			return
		}
		c.set(ctx, alert.DueStep{Alert: m.Alert, Turn: m.Turn, Level: m.Level, Reason: alert.NotAnswered, In: rest})
		return
	}
	payload, err := unrecorded(m)
	if err != nil {
		return
	}
	_, err = Feed(c.Client, m.Alert.Ward).Move(ctx,
		redisx.Move{Item: eventID(m.ID), From: []string{""}, To: "escalated", By: c.Station,
			Request: eventID("unrecorded:" + m.ID), Event: payload})
	if err != nil && !errors.Is(err, redisx.ErrMoved) {
		c.Logger.Warn("an escalation could be taken neither in the record nor in Redis", "alert", m.Alert.ID,
			"err", err)
		return // due again when the claim ends
	}
	p := c.policy(ctx, m.Alert.Ward)
	rule := p.For(m.Alert.Priority)
	if m.Level >= rule.Rules().Top || rule.After == 0 {
		_ = c.deadlines.Finish(ctx, claim)
		return
	}
	c.set(ctx, alert.DueStep{Alert: m.Alert, Turn: m.Turn, Level: m.Level + 1, Reason: alert.NotAnswered,
		In: rule.After.D()})
}

// shown reports whether this station shows an alert.
func (c *Clock) shown(a alert.Alert) bool {
	if c.Life == nil {
		return false
	}
	l, known := c.Life(a.Ward, a.ID)
	return known && !l.Shown.IsZero()
}

// Sync mirrors in Redis what the record says these alerts wait for.
func (c *Clock) Sync(ctx context.Context, alertIDs []string) {
	c.init()
	if c.deadlines == nil || len(alertIDs) == 0 {
		return
	}
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	steps, err := c.Record.DueOf(call, alertIDs)
	if err != nil {
		return // byRecord finds them
	}
	waits := make(map[string]bool, len(steps))
	for _, s := range steps {
		waits[s.Alert.ID] = true
	}
	for _, id := range alertIDs {
		if !waits[id] {
			steps = append(steps, alert.DueStep{Alert: alert.Alert{ID: id}, Level: -1})
		}
	}
	c.set(ctx, steps...)
}

// set mirrors steps in Redis; one below level 0 is called off. One that should
// have been and was not fires in vain: the record refuses it.
func (c *Clock) set(ctx context.Context, steps ...alert.DueStep) {
	list := make([]redisx.Deadline, 0, len(steps))
	for _, s := range steps {
		d := redisx.Deadline{ID: s.Alert.ID, After: max(s.In, 0), Drop: s.Level < 0}
		if !d.Drop {
			// texts and numbers
			d.Payload, _ = json.Marshal(step{Alert: s.Alert, Turn: s.Turn, Level: s.Level, Reason: s.Reason})
		}
		list = append(list, d)
	}
	for part := range slices.Chunk(list, clockBatch) {
		if err := c.deadlines.SetAll(ctx, part); err != nil {
			c.Logger.Warn("the deadlines of escalations could not be set", "first", part[0].ID, "count", len(part),
				"err", err)
		}
	}
}

// Unrecorded sets the clock of an alert that the record has not taken.
func (c *Clock) Unrecorded(ctx context.Context, a alert.Alert) {
	c.init()
	p := c.policy(ctx, a.Ward)
	s := alert.DueStep{Alert: a, Level: 1, Reason: alert.NotAnswered, In: p.For(a.Priority).After.D()}
	if c.Life != nil {
		// Its source says more of an alert that has come further already.
		if l, known := c.Life(a.Ward, a.ID); known {
			s.Turn, s.Level = l.Turn, l.Level+1
			if !l.Stage.Open() || l.Level >= p.For(a.Priority).Rules().Top {
				return
			}
		}
	}
	if c.deadlines != nil && s.In > 0 {
		c.set(ctx, s)
	}
}

// byRecord takes what is overdue in the record: at once while Redis is away,
// after a grace while it is there.
func (c *Clock) byRecord(ctx context.Context) {
	for sleep(ctx, clockPoll); ctx.Err() == nil; sleep(ctx, clockPoll) {
		within := time.Duration(0)
		if !c.alone.Load() {
			within = -recordGrace
		}
		// Its turn first: what is due then is what the transaction before left.
		select {
		case c.taking <- struct{}{}:
		case <-ctx.Done():
			return
		}
		ids := c.takeOverdue(ctx, within)
		<-c.taking
		if !c.alone.Load() {
			c.Sync(ctx, ids)
		}
	}
}

// takeOverdue takes what is due in the record within a time from now, and returns
// the alerts.
func (c *Clock) takeOverdue(ctx context.Context, within time.Duration) (ids []string) {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	steps, err := c.Record.DueWithin(call, within, clockBatch)
	cancel()
	if err != nil || len(steps) == 0 {
		return nil
	}
	var moves []alert.Move
	for _, s := range steps {
		now := time.Now().UTC()
		m := alert.Escalation(s.Alert, c.policy(ctx, s.Alert.Ward), s.Turn, s.Level, s.Reason, now)
		m.Station = c.Station
		moves = append(moves, m)
		ids = append(ids, s.Alert.ID)
	}
	c.commit(ctx, moves)
	return ids
}

// policy is a ward's, as last known.
func (c *Clock) policy(ctx context.Context, ward string) alert.Policy {
	c.init()
	c.mu.Lock()
	had, known := c.policies[ward]
	c.mu.Unlock()
	if known && time.Since(had.at) < policyFor {
		return had.Policy
	}
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	p, err := c.Record.AlertPolicy(call, ward)
	switch {
	case err == nil:
	case known:
		return had.Policy
	default:
		return alert.DefaultPolicy()
	}
	c.Policy(ward, p)
	return p
}

// Policy tells the clock a ward's policy.
func (c *Clock) Policy(ward string, p alert.Policy) {
	c.init()
	c.mu.Lock()
	c.policies[ward] = knownPolicy{p, time.Now()}
	c.mu.Unlock()
}

// unrecorded is the stream's event of a move that the record has not taken.
func unrecorded(m alert.Move) ([]byte, error) {
	move, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return json.Marshal(outbox.Change{Kind: outbox.Alert, Ward: m.Alert.Ward, Patient: m.Alert.Patient,
		Payload: move, At: m.At})
}

// eventID is an ID as the stream takes it: other systems' IDs may be of any form.
func eventID(id string) string {
	if len(id) <= 150 && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "h:" + hex.EncodeToString(sum[:])
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
