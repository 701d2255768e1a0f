package records

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// persons keeps what a person decided of a set after it was charted. What the
// source says since then stands beside, for a person to look at.
func (w *charting) persons(ctx context.Context, old vitals.Observation, now *vitals.Observation,
	values []result.Value) error {
	decided := map[vitals.Quantity]time.Time{}
	rows, err := w.t.QueryContext(ctx,
		`SELECT a.was, a.became, a.at FROM amendments a WHERE a.entry = ? AND a.by_staff <> '' ORDER BY a.n`, old.ID)
	err = each(rows, err, func(r *sql.Rows) error {
		a, at, err := scanDecision(r)
		for q, changed := range a {
			if changed {
				decided[q] = at
			}
		}
		return err
	})
	if err != nil || len(decided) == 0 {
		return err
	}
	feed := *now
	for _, f := range signs(now, &old, &feed) {
		at, is := decided[f.of]
		if !is {
			continue
		}
		f.keep()
		for _, v := range values {
			r, stands := v.Standing()
			if !stands || r.Sign != f.of || !r.Received.After(at) || !f.differs() {
				continue
			}
			now.Remarks = append(now.Remarks, vitals.Remark{Kind: vitals.AlsoRead, Of: f.of, Text: result.Text(r),
				At: r.StatusAt, By: r.Source, Sensor: r.Sensor})
			if k := w.rows[r.ID]; k != nil && k.fresh {
				w.findings = append(w.findings, result.Finding{Result: r.ID, Kind: result.PersonKept})
			}
		}
	}
	return nil
}

// observation reads a set by its ID, if it is there.
func (t *tx) observation(ctx context.Context, id string) (o vitals.Observation, found bool, err error) {
	rows, err := t.QueryContext(ctx, `SELECT `+observationColumns+` FROM observations o WHERE o.id = ?`, id)
	err = each(rows, err, func(r *sql.Rows) error {
		found = true
		return scanObservation(r, &o)
	})
	return o, found, err
}

// rechart gives a set the values that its source says now. How it was stays among
// its amendments, with why and by whom.
func (t *tx) rechart(ctx context.Context, old, now vitals.Observation, why chart.Amendment) error {
	if reflect.DeepEqual(old, now) {
		return nil
	}
	if err := checkObservation(now); err != nil {
		return err
	}
	remarks, err := keptRemarks(now.Remarks)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx,
		`UPDATE observations SET taken = ?, future = ?, rr = ?, spo2 = ?, oxygen = ?, sbp = ?, dbp = ?, pulse = ?, acvpu = ?,
		temp = ?, remarks = ? WHERE id = ?`, now.Taken.UnixMicro(),
		now.Future, now.RR, now.SpO2, now.Oxygen, now.SBP, now.DBP, now.Pulse,
		string(now.ACVPU), now.Temp, remarks, now.ID)
	if err == nil && n == 0 {
		err = fmt.Errorf("observation %s: %w", now.ID, ErrNotFound)
	}
	if err == nil && now.Future && !old.Future {
		err = t.tellAhead(ctx, now)
	}
	if err != nil || !lost(old, now) {
		return err
	}
	return t.amended(ctx,
		chart.Amendment{Section: chart.Observations, Entry: now.ID, Was: chart.Entry{Observation: &old},
			Became: chart.Entry{Observation: &now}, Reason: why.Reason, ByName: why.ByName, At: t.at})
}

// lost reports whether a value that was there is not there any more.
func lost(old, now vitals.Observation) bool {
	for _, f := range signs(&now, &old, &now) {
		if f.had() && f.differs() {
			return true
		}
	}
	return false
}
