package simulate

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// Record is what the simulator needs of the record.
type Record interface {
	WardPatients(ctx context.Context, wardID string) ([]string, error)
	Summaries(ctx context.Context, patientIDs []string) (map[string]patient.Summary, error)
	AddObservation(ctx context.Context, o vitals.Observation) (revision int64, err error)
	OpenMoves(ctx context.Context, wardID string) ([]alert.Move, error)
}

// Alerts takes the simulator's alerts. Both are idempotent by their IDs.
type Alerts interface {
	Raise(ctx context.Context, a alert.Alert) error
	// Resolve ends an alert because its cause has ended.
	Resolve(ctx context.Context, alertID, reason string) error
}

// Monitors takes what the simulated bedside monitors show.
type Monitors interface {
	Show(ctx context.Context, readings ...vitals.Reading) error
}

// Options say what is simulated.
type Options struct {
	Ward   string
	Every  time.Duration // between two steps (default 5 s)
	Seed   uint64
	Now    func() time.Time // default time.Now
	Logger *slog.Logger     // default slog.Default
	// Monitors gets each step's values; nil: the ward has no monitors. What it
	// does not take is gone: the next step's are newer.
	Monitors Monitors
}

// refresh is how often it is read anew who lies where.
const refresh = 30 * time.Second

// deadline bounds each call to the record.
const deadline = 10 * time.Second

// Run simulates a ward until ctx ends, and returns nil then. Alerts that an
// earlier run left open are ended first. What cannot be written is tried again
// with the next step, in order: also a simulated alert is not lost.
func Run(ctx context.Context, o Options, record Record, alerts Alerts) error {
	if o.Every <= 0 {
		o.Every = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	s := &runner{Options: o, record: record, alerts: alerts, ward: New(o.Seed, o.Now())}
	s.queue = append(s.queue, s.endLeftOvers)
	tick := time.NewTicker(o.Every)
	defer tick.Stop()
	for {
		if err := s.step(ctx); err != nil && ctx.Err() == nil {
			o.Logger.WarnContext(ctx, "simulator waits", "ward", o.Ward, "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

type runner struct {
	Options
	record Record
	alerts Alerts
	ward   *Ward
	read   time.Time
	queue  []func(context.Context) error // not yet written, oldest first
}

func (s *runner) step(ctx context.Context) error {
	if err := s.flush(ctx); err != nil {
		return err // time stands still on the ward meanwhile
	}
	now := s.Now().UTC()
	if s.read.IsZero() || now.Sub(s.read) >= refresh {
		if err := s.admit(ctx, now); err != nil {
			return err
		}
		s.read = now
	}
	step := s.ward.Step(now)
	for _, o := range step.Observations {
		s.queue = append(s.queue, func(ctx context.Context) error {
			_, err := s.record.AddObservation(ctx, o)
			return err
		})
	}
	for _, a := range step.Raised {
		s.queue = append(s.queue, func(ctx context.Context) error { return s.alerts.Raise(ctx, a) })
	}
	for _, e := range step.Ended {
		s.queue = append(s.queue, func(ctx context.Context) error { return s.resolve(ctx, e) })
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	return s.show(ctx, now)
}

// show tells what the monitors show, after the alerts.
func (s *runner) show(ctx context.Context, now time.Time) error {
	readings := s.ward.Readings(now)
	if s.Monitors == nil || len(readings) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return s.Monitors.Show(ctx, readings...)
}

// flush writes the queue as far as it goes.
func (s *runner) flush(ctx context.Context) error {
	for len(s.queue) > 0 {
		one, cancel := context.WithTimeout(ctx, deadline)
		err := s.queue[0](one)
		cancel()
		if err != nil {
			return err
		}
		s.queue = s.queue[1:]
	}
	return nil
}

// resolve ends an alert; that somebody else has ended it is as good.
func (s *runner) resolve(ctx context.Context, e Ended) error {
	err := s.alerts.Resolve(ctx, e.Alert, e.Reason)
	if errors.Is(err, alert.ErrResolved) || errors.Is(err, alert.ErrUnknown) {
		return nil
	}
	return err
}

func (s *runner) admit(ctx context.Context, now time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	ids, err := s.record.WardPatients(ctx, s.Ward)
	if err != nil {
		return err
	}
	byID, err := s.record.Summaries(ctx, ids)
	if err != nil {
		return err
	}
	all := make([]patient.Summary, 0, len(byID))
	for _, p := range byID {
		all = append(all, p)
	}
	s.ward.Admit(all, now)
	return nil
}

// endLeftOvers ends what an earlier run raised and could not end.
func (s *runner) endLeftOvers(ctx context.Context) error {
	moves, err := s.record.OpenMoves(ctx, s.Ward)
	if err != nil {
		return err
	}
	for _, m := range moves {
		if m.Kind == alert.Raised && m.Alert.Source == Source {
			if err := s.resolve(ctx, Ended{Alert: m.Alert.ID, Reason: "Simulator started anew"}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Appender takes alert moves, as the record does.
type Appender interface {
	AppendMove(ctx context.Context, m alert.Move) (alert.Move, error)
}

// ToRecord brings alerts straight to the record, whose outbox tells them on.
func ToRecord(a Appender) Alerts { return recorded{a} }

type recorded struct{ to Appender }

// Raise implements [Alerts].
func (r recorded) Raise(ctx context.Context, a alert.Alert) error {
	_, err := r.to.AppendMove(ctx,
		alert.Move{ID: moveID(alert.Raised, a.ID), Kind: alert.Raised, Alert: a, At: a.Raised})
	return err
}

// Resolve implements [Alerts].
func (r recorded) Resolve(ctx context.Context, alertID, reason string) error {
	_, err := r.to.AppendMove(ctx, alert.Move{ID: moveID(alert.Resolved, alertID), Kind: alert.Resolved,
		Alert: alert.Alert{ID: alertID}, Reason: reason})
	return err
}

// moveID is the same for the same step of the same alert.
func moveID(kind alert.MoveKind, alertID string) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte("simulator|"+string(kind)+"|"+alertID)).String()
}
