package records

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/vitals"
)

// tellAhead raises a technical alert about a set that is dated in the future: its
// source's clock is wrong, or somebody mistyped. Of one source it is one alert a
// patient and day, however many sets it sends.
func (t *tx) tellAhead(ctx context.Context, o vitals.Observation) error {
	at, err := t.standing(ctx, o.Patient)
	if err != nil || at.ward == "" {
		return err // on no ward there is nobody to tell; the import warned
	}
	id := alert.AheadID(o.Patient, o.Source, t.at)
	_, err = t.appendMove(ctx, storable(alert.Move{ID: id, Kind: alert.Raised, At: t.at, Alert: alert.Alert{
		ID: id, Ward: at.ward, Patient: o.Patient, Bed: at.bed, Priority: alert.Technical, Source: alert.FromRecord, Raised: t.at, Received: t.at,
		Text: "A set of observations is dated in the future."}})) // a screen says more: see [alert.Alert.Words]
	if errors.Is(err, alert.ErrAlreadyRaised) {
		return nil
	}
	return err
}
