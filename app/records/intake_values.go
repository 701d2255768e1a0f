package records

import (
	"context"
	"database/sql"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
)

// Observation implements [hl7.Writer].
func (in intake) Observation(ctx context.Context, id string) (o vitals.Observation, found bool, err error) {
	rows, err := in.t.QueryContext(ctx, `SELECT `+observationColumns+` FROM observations o WHERE o.id = ?`, id)
	err = each(rows, err, func(r *sql.Rows) error {
		found = true
		return scanObservation(r, &o)
	})
	return o, found, err
}

// CorrectObservation implements [hl7.Writer]. The set as it was stays among its
// amendments, and each value as sent among the results.
func (in intake) CorrectObservation(ctx context.Context, o vitals.Observation) error {
	t := in.t
	was, err := t.entry(ctx, o.Patient, chart.Observations, o.ID)
	if err != nil {
		return err
	}
	if err := t.rewriteObservation(ctx, o); err != nil {
		return err
	}
	if err := t.amended(ctx, chart.Amendment{Section: chart.Observations, Entry: o.ID, Was: was, Became: chart.Entry{Observation: &o},
		Reason: "corrected by the source", By: o.By, ByName: o.Source, At: t.at}); err != nil {
		return err
	}
	_, err = t.touch(ctx, o.Patient)
	return err
}
