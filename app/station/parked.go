package station

import (
	"context"
	"time"
)

// ParkedRecord is what the watch over parked messages needs of the record. Both
// only read where nothing is to do.
type ParkedRecord interface {
	// AlertParked raises a technical alert for what waits longer than after.
	AlertParked(ctx context.Context, after time.Duration, station string) (raised int, err error)
	// EraseParked erases the texts of what was decided longer than keep ago.
	EraseParked(ctx context.Context, keep time.Duration) (erased int64, err error)
}

// parkedEvery is how often one station looks for parked messages that wait too
// long.
const parkedEvery = time.Minute

// watchParked looks for them until ctx ends, while it falls to this station.
func (s *Station) watchParked(ctx context.Context) {
	again := time.NewTicker(parkedEvery)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
		if s.leads() {
			s.lookAtParked(ctx)
		}
	}
}

// leads reports whether this station acts for all: it has the role, or Redis is
// away and nobody can tell who has. An entry's alert is one, whoever raises it.
func (s *Station) leads() bool {
	return s.duties == nil || s.duties.Receiver == nil || s.duties.Leads() || s.clock.Alone()
}

func (s *Station) lookAtParked(ctx context.Context) {
	call, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	limits := s.opt.Parked.OrDefault()
	raised, err := s.opt.Record.AlertParked(call, limits.Alert, s.Name)
	if err == nil && raised > 0 && s.duties != nil {
		s.duties.Committed()
	}
	if err == nil {
		_, err = s.opt.Record.EraseParked(call, limits.Keep)
	}
	if err != nil && ctx.Err() == nil {
		s.opt.Logger.Warn("parked messages could not be looked at", "err", err)
	}
}
