package records

import (
	"context"
	"database/sql"
	"errors"
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
		for _, g := range list {
			if g.Alert == "" || g.Station == "" {
				continue
			}
			if _, err := t.exec(ctx, `INSERT INTO sightings (alert, station, delivered, shown, sounded) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (alert, station) DO UPDATE SET delivered = COALESCE(sightings.delivered, excluded.delivered),
					shown = COALESCE(sightings.shown, excluded.shown), sounded = COALESCE(sightings.sounded, excluded.sounded)`,
				g.Alert, g.Station, micros(g.Delivered), micros(g.Shown), micros(g.Sounded)); err != nil {
				return err
			}
			if !g.Shown.IsZero() {
				if err := t.shownAt(ctx, g.Alert); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (t *tx) shownAt(ctx context.Context, alertID string) error {
	var ward string
	var priority alert.Priority
	err := t.QueryRowContext(ctx, `SELECT ward, priority FROM alerts WHERE id = ? AND due IS NOT NULL AND due_reason = ?`,
		alertID, alert.NotShown).Scan(&ward, &priority)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	p, err := t.alertPolicy(ctx, ward)
	if err != nil {
		return err
	}
	after := p.For(priority).After.D()
	if after == 0 {
		_, err = t.exec(ctx, `UPDATE alerts SET due = NULL WHERE id = ?`, alertID)
		return err
	}
	_, err = t.exec(ctx, `UPDATE alerts SET due = due + ?, due_reason = ? WHERE id = ?`,
		(after - p.Unshown.D()).Microseconds(), alert.NotAnswered, alertID)
	return err
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
		n, err = t.exec(ctx, `DELETE FROM sightings WHERE alert IN (SELECT m.alert FROM moves m WHERE m.kind = 'resolved' AND m.at < ?)`,
			before.UnixMicro())
		return err
	})
	return n, err
}
