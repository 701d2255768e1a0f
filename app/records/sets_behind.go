package records

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// measured are the seven that a complete set has, as columns of a set.
var measured = []struct {
	column string
	in     func(vitals.Observation) bool
}{
	{`o.rr IS NOT NULL`, func(o vitals.Observation) bool { return o.RR != nil }},
	{`o.spo2 IS NOT NULL`, func(o vitals.Observation) bool { return o.SpO2 != nil }},
	{`o.oxygen IS NOT NULL`, func(o vitals.Observation) bool { return o.Oxygen != nil }},
	{`o.sbp IS NOT NULL`, func(o vitals.Observation) bool { return o.SBP != nil }},
	{`o.pulse IS NOT NULL`, func(o vitals.Observation) bool { return o.Pulse != nil }},
	{`o.acvpu <> ''`, func(o vitals.Observation) bool { return o.ACVPU != vitals.NotAssessed }},
	{`o.temp IS NOT NULL`, func(o vitals.Observation) bool { return o.Temp != nil }},
}

// behind adds to a patient's newest sets those that a device's many parts have pushed out
// and that still say something: of the last complete moment all of its sets, the newest moment
// since then of each sign that the others lack, and the 0 of a sign that nobody has measured
// since. With them [vitals.Raised] says what it would of all sets.
func behind(ctx context.Context, q querier, p *patient.Summary) error {
	if len(p.Recent) < patient.RecentSets {
		return nil // these are all there are
	}
	if known, _ := vitals.PictureOf(p.Recent); known.Whole() {
		return nil
	}
	whole, found, err := lastWhole(ctx, q, p.Patient.ID)
	if err != nil {
		return err
	}
	var moments []time.Time
	if found {
		moments = append(moments, whole)
	}
	for _, m := range measured {
		if slices.ContainsFunc(p.Recent, m.in) {
			continue
		}
		at, has, err := newestWith(ctx, q, p.Patient.ID, m.column)
		if err != nil {
			return err
		}
		if has && at.After(whole) {
			moments = append(moments, at)
		}
	}
	zeros, err := unansweredZeros(ctx, q, p)
	if err != nil {
		return err
	}
	for _, at := range append(moments, zeros...) {
		if slices.ContainsFunc(p.Recent, func(o vitals.Observation) bool { return o.Taken.Equal(at) }) {
			continue // all of its sets are here
		}
		sets, err := setsAt(ctx, q, p.Patient.ID, at)
		if err != nil {
			return err
		}
		p.Recent = append(p.Recent, sets...)
	}
	newestFirst(p.Recent)
	return nil
}

// unansweredZeros are the moments, before a patient's newest sets, at which a device last sent 0 for a
// sign that nobody has measured since.
func unansweredZeros(ctx context.Context, q querier, p *patient.Summary) (out []time.Time, err error) {
	for _, sign := range vitals.Zeroable() {
		if slices.ContainsFunc(p.Recent, func(o vitals.Observation) bool {
			return o.Value(sign) != nil || slices.ContainsFunc(o.Remarked(vitals.ZeroSent),
				func(r vitals.Remark) bool { return r.Of == sign })
		}) {
			continue
		}
		at, sent, err := newestWith(ctx, q, p.Patient.ID,
			fmt.Sprintf(`o.remarks <> '' AND o.remarks LIKE '%%"kind":"%s","of":"%s"%%'`,
				string(vitals.ZeroSent), string(sign)))
		if err != nil {
			return nil, err
		}
		if !sent {
			continue
		}
		// the columns of signs have the names of their quantities
		answer, answered, err := newestWith(ctx, q, p.Patient.ID, `o.`+string(sign)+` IS NOT NULL`)
		if err != nil {
			return nil, err
		}
		if !answered || answer.Before(at) {
			out = append(out, at)
		}
	}
	return out, nil
}

// lastWhole is the last moment at which all seven were measured, in one set or in several.
func lastWhole(ctx context.Context, q querier, patientID string) (at time.Time, found bool, err error) {
	return moment(ctx, q, `SELECT o.taken FROM observations o WHERE o.patient = ? AND o.future = FALSE GROUP BY o.taken
		HAVING COUNT(o.rr) > 0 AND COUNT(o.spo2) > 0 AND COUNT(o.oxygen) > 0 AND COUNT(o.sbp) > 0
			AND COUNT(o.pulse) > 0 AND MAX(o.acvpu) <> '' AND COUNT(o.temp) > 0
		ORDER BY o.taken DESC LIMIT 1`, patientID)
}

// newestWith is when a patient's newest set of which a condition holds was taken.
func newestWith(ctx context.Context, q querier, patientID, condition string) (at time.Time, found bool, err error) {
	return moment(ctx, q, `SELECT o.taken FROM observations o WHERE o.patient = ? AND o.future = FALSE
		AND `+condition+` ORDER BY o.taken DESC LIMIT 1`, patientID)
}

// moment is the time that a query asks for, if it has any.
func moment(ctx context.Context, q querier, query, patientID string) (at time.Time, found bool, err error) {
	rows, err := q.QueryContext(ctx, query, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var micros int64
		err := r.Scan(&micros)
		at, found = time.UnixMicro(micros).UTC(), true
		return err
	})
	return at, found, err
}

// setsAt are all of a patient's sets that were taken at one moment.
func setsAt(ctx context.Context, q querier, patientID string, at time.Time) (sets []vitals.Observation, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+observationColumns+` FROM observations o
		WHERE o.patient = ? AND o.future = FALSE AND o.taken = ?`, patientID, at.UnixMicro())
	err = each(rows, err, func(r *sql.Rows) error {
		var o vitals.Observation
		err := scanObservation(r, &o)
		sets = append(sets, o)
		return err
	})
	return sets, err
}
