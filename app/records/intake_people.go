package records

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/app/patient"
)

// PatientByIdentifier implements [hl7.Writer]; without observation sets.
func (in intake) PatientByIdentifier(ctx context.Context, i patient.Identifier) (patient.Summary, bool, error) {
	id, err := in.t.owner(ctx, i)
	if errors.Is(err, ErrNotFound) {
		return patient.Summary{}, false, nil
	}
	if err != nil {
		return patient.Summary{}, false, err
	}
	found := map[string]patient.Summary{}
	err = summaries(ctx, in.t, in.t.d, `= ?`, id, false, found)
	return found[id], err == nil, err
}

// AddIdentifier implements [hl7.Writer].
func (in intake) AddIdentifier(ctx context.Context, patientID string, i patient.Identifier) error {
	if err := in.t.addIdentifier(ctx, patientID, i); err != nil {
		return err
	}
	_, err := in.t.touch(ctx, patientID)
	return err
}

// Merge implements [hl7.Writer].
func (in intake) Merge(ctx context.Context, survivor, merged string) error {
	return in.t.merge(ctx, survivor, merged)
}

// Patient implements [hl7.Writer]; without observation sets.
func (in intake) Patient(ctx context.Context, id string) (patient.Summary, bool, error) {
	id, err := in.t.survivor(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return patient.Summary{}, false, nil
	}
	if err != nil {
		return patient.Summary{}, false, err
	}
	found := map[string]patient.Summary{}
	err = summaries(ctx, in.t, in.t.d, `= ?`, id, false, found)
	return found[id], err == nil, err
}
