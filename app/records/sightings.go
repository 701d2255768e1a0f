package records

import (
	"context"
	"database/sql"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// PutSightings keeps what stations report of alerts, the first time of each
// kind. What is reported twice is kept once.
//
// The first screen that shows an alert moves its clock: it no longer escalates
// because no screen shows it.
func (s *Store) PutSightings(ctx context.Context, list []alert.Sighting) error {
	return s.write(ctx, func(t *tx) error {
		var shown []string
		for _, g := range list {
			if g.Alert == "" || g.Station == "" {
				continue
			}
			if _, err := t.exec(ctx,
				`INSERT INTO sightings (alert, station, delivered, shown, sounded) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (alert, station) DO UPDATE SET delivered = COALESCE(sightings.delivered,
				excluded.delivered),
					shown = COALESCE(sightings.shown, excluded.shown),
					sounded = COALESCE(sightings.sounded, excluded.sounded)`,
				g.Alert, g.Station, micros(g.Delivered), micros(g.Shown), micros(g.Sounded)); err != nil {
				return err
			}
			if !g.Shown.IsZero() {
				shown = append(shown, g.Alert)
			}
		}
		return t.shown(ctx, shown)
	})
}

// shown moves the clocks of alerts that were due because no screen showed them.
func (t *tx) shown(ctx context.Context, alerts []string) error {
	if len(alerts) == 0 {
		return nil
	}
	type waits struct {
		id, ward string
		priority alert.Priority
	}
	var due []waits
	rows, err := t.QueryContext(ctx,
		`SELECT id, ward, priority FROM alerts WHERE due IS NOT NULL AND due_reason = ? AND id `+t.d.among+
			` ORDER BY id`,
		alert.NotShown, t.d.list(alerts))
	err = each(rows, err, func(r *sql.Rows) error {
		var w waits
		err := r.Scan(&w.id, &w.ward, &w.priority)
		due = append(due, w)
		return err
	})
	if err != nil {
		return err
	}
	for _, w := range due {
		p, err := t.alertPolicy(ctx, w.ward)
		if err != nil {
			return err
		}
		if after := p.For(w.priority).After.D(); after == 0 {
			_, err = t.exec(ctx, `UPDATE alerts SET due = NULL WHERE id = ?`, w.id)
		} else {
			_, err = t.exec(ctx, `UPDATE alerts SET due = due + ?, due_reason = ? WHERE id = ?`,
				(after - p.Unshown.D()).Microseconds(), alert.NotAnswered, w.id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Sightings lists what stations reported of an alert, by station.
func (s *Store) Sightings(ctx context.Context, alertID string) ([]alert.Sighting, error) {
	var out []alert.Sighting
	rows, err := s.reader.QueryContext(ctx, `SELECT alert, station, delivered, shown, sounded FROM sightings
		WHERE alert = ? ORDER BY station`, alertID)
	err = each(rows, err, func(r *sql.Rows) error {
		var g alert.Sighting
		err := r.Scan(&g.Alert, &g.Station, clock{&g.Delivered}, clock{&g.Shown}, clock{&g.Sounded})
		out = append(out, g)
		return err
	})
	return out, away(err)
}

// PruneSightings drops the reports of alerts that ended before a time; it
// returns how many.
func (s *Store) PruneSightings(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.write(ctx, func(t *tx) error {
		n, err = t.exec(ctx,
			`DELETE FROM sightings WHERE alert IN (SELECT m.alert FROM moves m WHERE m.kind = 'resolved' AND m.at < ?)`,
			before.UnixMicro())
		return err
	})
	return n, err
}
