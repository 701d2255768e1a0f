package records

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/vitals"
)

// ahead reports whether what was measured at a time is dated in the future. What waited
// before it was charted is judged by when it came: until then its clock was no better.
func (t *tx) ahead(taken, received time.Time) bool {
	if received.IsZero() || received.After(t.at) {
		received = t.at
	}
	return taken.Sub(received) > vitals.AheadMost
}

// tellAhead raises a technical alert about a set that is dated in the future: its
// source's clock is wrong, or somebody mistyped. Of one source it is one alert a
// patient and day, however many sets it sends.
func (t *tx) tellAhead(ctx context.Context, o vitals.Observation) error {
	return t.tell(ctx, o.Patient, func(string) string { return alert.AheadID(o.Patient, o.Source, t.at) },
		"A set of observations is dated in the future.") // a screen says more: see [alert.Alert.Words]
}

// TellUnlike implements [hl7.Writer].
func (in intake) TellUnlike(ctx context.Context, survivor, merged string) error {
	for _, patient := range []string{survivor, merged} {
		err := in.t.tell(ctx, patient, func(ward string) string { return alert.UnlikeID(survivor, merged, ward) },
			"The charts of two people who look unlike were made one.")
		if err != nil {
			return err
		}
	}
	return nil
}

// tellLeft raises a technical alert on the ward that a patient left by an event which is
// dated in the future: nobody there saw them go.
func (t *tx) tellLeft(ctx context.Context, patientID, event string, left standing) error {
	return t.tellWard(ctx, patientID, left, alert.LeftID(event, left.ward),
		"A move or discharge of this patient is dated in the future.")
}

// tell raises a technical alert of the record's own on the ward where a patient is.
// name gives the alert's ID by the ward's.
func (t *tx) tell(ctx context.Context, patientID string, name func(ward string) string, words string) error {
	at, err := t.standing(ctx, patientID)
	if err != nil || at.ward == "" {
		return err // on no ward there is nobody to tell; the import warned
	}
	return t.tellWard(ctx, patientID, at, name(at.ward), words)
}

// tellWard raises a technical alert of the record's own about a patient who is, or was,
// in a place. One that was raised before is not raised again.
func (t *tx) tellWard(ctx context.Context, patientID string, at standing, id, words string) error {
	_, err := t.appendMove(ctx, storable(alert.Move{ID: id, Kind: alert.Raised, At: t.at, Alert: alert.Alert{
		ID: id, Ward: at.ward, Patient: patientID, Bed: at.bed, Text: words,
		Priority: alert.Technical, Source: alert.FromRecord, Raised: t.at, Received: t.at}}))
	if errors.Is(err, alert.ErrAlreadyRaised) {
		return nil
	}
	return err
}
