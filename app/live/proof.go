package live

import (
	"context"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// SightingRecord keeps what stations report of alerts.
type SightingRecord interface {
	PutSightings(ctx context.Context, list []alert.Sighting) error
}

// proof collects a station's reports and brings them to the record a few at a
// time: a report is not worth a transaction of its own in a storm.
type proof struct {
	ward *Ward

	mu      sync.Mutex
	waiting map[string]alert.Sighting
}

const (
	proofEvery = 500 * time.Millisecond
	proofBatch = 500
	// proofMost bounds what waits while the record is away: the reports of alerts
	// beyond it are lost, which at worst escalates them.
	proofMost = 100_000
)

// Delivered implements [alert.Proof].
func (p *proof) Delivered(alertID string, at time.Time) { p.saw(alert.Delivered, alertID, at) }

// Shown implements [alert.Proof].
func (p *proof) Shown(alertID string, at time.Time) { p.saw(alert.Shown, alertID, at) }

// Sounded implements [alert.Proof].
func (p *proof) Sounded(alertID string, at time.Time) { p.saw(alert.Sounded, alertID, at) }

func (p *proof) saw(kind alert.MoveKind, alertID string, at time.Time) {
	if !p.ward.inbox.Saw(kind, alertID, at) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	g, had := p.waiting[alertID]
	if !had && len(p.waiting) >= proofMost {
		return
	}
	g.Alert, g.Station = alertID, p.ward.Station
	switch kind {
	case alert.Delivered:
		g.Delivered = at
	case alert.Shown:
		g.Shown = at
	case alert.Sounded:
		g.Sounded = at
	}
	p.waiting[alertID] = g
}

// run brings reports to the record until ctx ends.
func (p *proof) run(ctx context.Context) {
	for ctx.Err() == nil {
		sleep(ctx, proofEvery)
		// Also the last ones, when the station closes.
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
		for p.flush(call) {
		}
		cancel()
	}
}

// flush brings one batch; false when nothing is left or the record did not take
// it.
func (p *proof) flush(ctx context.Context) bool {
	p.mu.Lock()
	var batch []alert.Sighting
	for _, g := range p.waiting {
		if batch = append(batch, g); len(batch) == proofBatch {
			break
		}
	}
	for _, g := range batch {
		delete(p.waiting, g.Alert)
	}
	p.mu.Unlock()
	if len(batch) == 0 {
		return false
	}
	if err := p.ward.Record.PutSightings(ctx, batch); err != nil {
		p.mu.Lock()
		for _, g := range batch {
			p.waiting[g.Alert] = merged(g, p.waiting[g.Alert])
		}
		p.mu.Unlock()
		return false
	}
	return true
}

func merged(a, b alert.Sighting) alert.Sighting {
	if a.Delivered.IsZero() {
		a.Delivered = b.Delivered
	}
	if a.Shown.IsZero() {
		a.Shown = b.Shown
	}
	if a.Sounded.IsZero() {
		a.Sounded = b.Sounded
	}
	return a
}

// Proof is where this station's screen and speaker report what they did. Its
// methods do not block.
func (w *Ward) Proof() alert.Proof {
	w.prepare()
	return w.proof
}
