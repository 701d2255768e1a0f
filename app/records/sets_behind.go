package records

import (
	"context"
	"database/sql"
	"slices"
	"strings"

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
// and that still say something: the last complete one, and the newest value since then of
// each sign that the others lack. See [vitals.Picture].
func behind(ctx context.Context, q querier, p *patient.Summary) error {
	if len(p.Recent) < patient.RecentSets {
		return nil // these are all there are
	}
	if known, _ := vitals.PictureOf(p.Recent); known.Whole() {
		return nil
	}
	var all []string
	for _, m := range measured {
		all = append(all, m.column)
	}
	whole, found, err := newestWith(ctx, q, p.Patient.ID, strings.Join(all, " AND "))
	if err != nil {
		return err
	}
	var more []vitals.Observation
	if found {
		more = append(more, whole)
	}
	for _, m := range measured {
		if slices.ContainsFunc(p.Recent, m.in) {
			continue
		}
		o, has, err := newestWith(ctx, q, p.Patient.ID, m.column)
		if err != nil {
			return err
		}
		if has && (!found || o.Taken.After(whole.Taken)) && !slices.ContainsFunc(more,
			func(had vitals.Observation) bool { return had.ID == o.ID }) {
			more = append(more, o)
		}
	}
	p.Recent = append(p.Recent, more...)
	newestFirst(p.Recent)
	return nil
}

// newestWith is a patient's newest set of which a condition holds.
func newestWith(ctx context.Context, q querier, patientID, condition string) (vitals.Observation, bool, error) {
	var o vitals.Observation
	rows, err := q.QueryContext(ctx, `SELECT `+observationColumns+` FROM observations o
		WHERE o.patient = ? AND o.future = FALSE AND `+condition+` ORDER BY o.taken DESC, o.id DESC LIMIT 1`, patientID)
	err = each(rows, err, func(r *sql.Rows) error { return scanObservation(r, &o) })
	return o, o.ID != "", err
}
