package records

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/tongue"
)

const overdueParked = `FROM parked p WHERE p.state = 'waiting' AND p.alerted IS NULL AND p.since <= ?`

// AlertParked raises a technical alert for what has waited for longer than after:
// on the ward that it names, else on every one. It returns how many alerts are new.
// Whoever asks how often, an entry's wait is one alert a ward. Without anything
// overdue it only reads.
func (s *Store) AlertParked(ctx context.Context, after time.Duration, station string) (raised int, err error) {
	var some bool
	before := s.now().Add(-after).UnixMicro()
	if err := s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 `+overdueParked+`)`, before).Scan(&some); err != nil || !some {
		return 0, away(err)
	}
	err = s.write(ctx, func(t *tx) error {
		raised = 0
		var due []parked.Entry
		rows, err := t.QueryContext(ctx, `SELECT `+parkedColumns+` `+overdueParked+` ORDER BY p.id`, t.at.Add(-after).UnixMicro())
		if err = each(rows, err, func(r *sql.Rows) error {
			e, err := scanParked(r.Scan)
			due = append(due, e)
			return err
		}); err != nil {
			return err
		}
		for _, e := range due {
			wards, err := t.parkedWards(ctx, e)
			if err != nil {
				return err
			}
			for _, w := range wards {
				a := alert.Alert{ID: e.AlertID(w), Ward: w, Priority: alert.Technical, Source: alert.FromParked, Raised: e.Since,
					Text: alert.Clean(e.AlertText(tongue.Zone()), alert.MaxText)}
				if _, err := t.appendMove(ctx, alert.Move{ID: "raised:" + a.ID, Kind: alert.Raised, Alert: a, Station: station, At: t.at}); err != nil {
					return err
				}
				raised++
			}
			if len(wards) == 0 {
				continue // once there is a ward, it is told
			}
			if _, err := t.exec(ctx, `UPDATE parked SET alerted = ? WHERE id = ?`, t.at.UnixMicro(), e.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return raised, err
}

// parkedWards are the wards that an entry concerns.
func (t *tx) parkedWards(ctx context.Context, e parked.Entry) ([]string, error) {
	if e.Ward != "" {
		return []string{e.Ward}, nil
	}
	var out []string
	rows, err := t.QueryContext(ctx, `SELECT id FROM wards ORDER BY id`)
	err = each(rows, err, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// endParkedAlerts ends the alerts that e waits, on every ward that has one.
func (t *tx) endParkedAlerts(ctx context.Context, e parked.Entry, by Hand) error {
	if e.Alerted.IsZero() {
		return nil
	}
	wards, err := t.parkedWards(ctx, parked.Entry{}) // also one that was alerted under another name
	if err != nil {
		return err
	}
	for _, w := range wards {
		id := e.AlertID(w)
		_, err := t.appendMove(ctx, alert.Move{ID: "decided:" + id, Kind: alert.Resolved, Alert: alert.Alert{ID: id},
			By: by.By, ByName: by.By, Station: by.Station, Reason: "decided", At: t.at})
		if err != nil && !errors.Is(err, alert.ErrUnknown) && !errors.Is(err, alert.ErrResolved) {
			return err
		}
	}
	return nil
}

const erasable = `FROM parked p WHERE p.state <> 'waiting' AND p.erased IS NULL AND p.at <= ?`

// EraseParked erases the texts of what was decided longer than keep ago, with the
// name and date of birth in them; what waits is never erased. It returns how many.
// Without any it only reads.
func (s *Store) EraseParked(ctx context.Context, keep time.Duration) (erased int64, err error) {
	var some bool
	before := s.now().Add(-keep).UnixMicro()
	if err := s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 `+erasable+`)`, before).Scan(&some); err != nil || !some {
		return 0, away(err)
	}
	err = s.write(ctx, func(t *tx) error {
		const old = `state <> 'waiting' AND erased IS NULL AND at <= ?`
		erased, err = t.exec(ctx, `UPDATE parked SET raw = '', name = '', born = '', erased = ? WHERE `+old, t.at.UnixMicro(), before)
		return err
	})
	return erased, err
}
