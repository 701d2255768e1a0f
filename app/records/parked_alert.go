package records

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/tongue"
)

const overdueParked = `FROM parked p WHERE p.state = 'waiting' AND p.alerted IS NULL AND p.since <= ?`

// onWard is one alert: what one ward hears of what one sender sent.
type onWard struct{ ward, source string }

// AlertParked raises a technical alert for what has waited for longer than after: one
// for each sender, on the ward that it names, else on every one. An alert that is
// there says how many wait now. It returns how many alerts are new or say more.
// Whoever asks how often, that is the same alert. Without anything overdue it only
// reads.
func (s *Store) AlertParked(ctx context.Context, after time.Duration, station string) (told int, err error) {
	var some bool
	before := s.now().Add(-after).UnixMicro()
	row := s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 `+overdueParked+`)`, before)
	if err := row.Scan(&some); err != nil || !some {
		return 0, away(err)
	}
	err = s.write(ctx, func(t *tx) error {
		var due []parked.Entry
		rows, err := t.QueryContext(ctx, `SELECT `+parkedFacts+` `+overdueParked+` ORDER BY p.since, p.id`,
			t.at.Add(-after).UnixMicro())
		if err = each(rows, err, func(r *sql.Rows) error {
			e, err := scanParked(r.Scan)
			due = append(due, e)
			return err
		}); err != nil {
			return err
		}
		all, err := t.wardList(ctx)
		if err != nil {
			return err
		}
		began := map[onWard]parked.Entry{}
		var order []onWard
		for _, e := range due {
			wards := all
			if e.Ward != "" {
				wards = []string{e.Ward}
			}
			for _, w := range wards {
				on := onWard{w, e.Source}
				if _, had := began[on]; !had {
					began[on] = e
					order = append(order, on)
				}
			}
			if len(wards) == 0 {
				continue // once there is a ward, it is told
			}
			if _, err := t.exec(ctx, `UPDATE parked SET alerted = ? WHERE id = ?`, t.at.UnixMicro(), e.ID); err != nil {
				return err
			}
		}
		told = len(order)
		for _, on := range order {
			begins := began[on]
			if err := t.tellOverdue(ctx, on, &begins, Hand{Station: station}); err != nil {
				return err
			}
		}
		return nil
	})
	return told, err
}

// tellOverdue brings an alert to what waits now. begins is an entry that has just
// become overdue: where no alert is open it begins one. With nil it is not raised: what
// a person ended stays ended until more waits.
func (t *tx) tellOverdue(ctx context.Context, on onWard, begins *parked.Entry, by Hand) error {
	open, err := t.openParked(ctx, on)
	if err != nil || open == "" && begins == nil {
		return err
	}
	o, err := t.overdueOn(ctx, on)
	if err != nil {
		return err
	}
	if o.Count == 0 {
		_, err := t.ownMove(ctx,
			alert.Move{ID: "decided:" + open, Kind: alert.Resolved, Alert: alert.Alert{ID: open},
				By: by.By, ByName: by.shown(), Station: by.Station, Reason: "decided", At: t.at})
		if errors.Is(err, alert.ErrResolved) {
			err = nil
		}
		return err
	}
	a := alert.Alert{ID: open, Ward: on.ward, Priority: alert.Technical, Source: alert.FromParked,
		Raised: o.First.Since,
		Text:   alert.Clean(o.Text(tongue.Zone()), alert.MaxText)}
	m := alert.Move{ID: uuid.NewString(), Kind: alert.Raised, Alert: a, Station: by.Station, At: t.at}
	if open == "" {
		m.Alert.ID = begins.AlertID(on.ward)
		m.ID = "raised:" + m.Alert.ID
	}
	_, err = t.appendMove(ctx, m)
	return err
}

// openParked is the ID of the open alert of a ward about one sender; "" if none is.
func (t *tx) openParked(ctx context.Context, on onWard) (id string, err error) {
	begins := parked.AlertsOf(on.ward, on.source)
	err = t.QueryRowContext(ctx, `SELECT id FROM alerts WHERE ward = ? AND resolved = FALSE AND SUBSTR(id, 1, ?) = ?
		ORDER BY received DESC, id LIMIT 1`, on.ward, len(begins), begins).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, err
}

// overdueOn counts what a ward was alerted of and still waits.
func (t *tx) overdueOn(ctx context.Context, on onWard) (parked.Overdue, error) {
	const waits = `FROM parked p WHERE p.state = 'waiting' AND p.alerted IS NOT NULL AND p.source = ?
		AND p.ward IN (?, '')`
	o := parked.Overdue{Source: on.source}
	err := t.QueryRowContext(ctx, `SELECT COUNT(*) `+waits, on.source, on.ward).Scan(&o.Count)
	if err != nil || o.Count == 0 {
		return o, err
	}
	o.First, err = scanParked(t.QueryRowContext(ctx, `SELECT `+parkedFacts+` `+waits+` ORDER BY p.since, p.id LIMIT 1`,
		on.source, on.ward).Scan)
	return o, err
}

// wardList lists the IDs of all wards.
func (t *tx) wardList(ctx context.Context) (out []string, err error) {
	rows, err := t.QueryContext(ctx, `SELECT id FROM wards ORDER BY id`)
	err = each(rows, err, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// endParkedAlerts brings the alerts to what waits without e, on every ward that has
// one: also one that e was alerted on before it got another ID.
func (t *tx) endParkedAlerts(ctx context.Context, e parked.Entry, by Hand) error {
	if e.Alerted.IsZero() {
		return nil
	}
	wards, err := t.wardList(ctx)
	if err != nil {
		return err
	}
	for _, w := range wards {
		if err := t.tellOverdue(ctx, onWard{w, e.Source}, nil, by); err != nil {
			return err
		}
	}
	return nil
}
