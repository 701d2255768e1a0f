package records

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/app/alert"
)

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
