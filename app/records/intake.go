package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

var _ hl7.Sink = (*Store)(nil)

// ImportBatch implements [hl7.Sink].
func (s *Store) ImportBatch(ctx context.Context, f func(context.Context, hl7.Writer) error) error {
	return s.write(ctx, func(t *tx) error { return f(ctx, intake{&Batch{t}}) })
}

// intake is a transaction as an import sees it.
type intake struct{ *Batch }

// Once implements [hl7.Writer]. A savepoint lets a refused message go without
// the others of the transaction.
func (in intake) Once(ctx context.Context, key string, f func() (string, error)) (kept string, ran bool, err error) {
	t := in.t
	err = t.QueryRowContext(ctx, `SELECT kept FROM messages WHERE key = ?`, key).Scan(&kept)
	if !errors.Is(err, sql.ErrNoRows) {
		return kept, false, err
	}
	if _, err := t.exec(ctx, `SAVEPOINT message`); err != nil {
		return "", false, err
	}
	if kept, err = f(); err == nil {
		err = t.touchLate(ctx)
	}
	if err == nil {
		_, err = t.exec(ctx, `INSERT INTO messages (key, kept, at) VALUES (?, ?, ?)`, key, kept, t.at.UnixMicro())
	}
	if err != nil {
		clear(t.later)
		if _, undo := t.exec(ctx, `ROLLBACK TO SAVEPOINT message`); undo != nil {
			return "", false, errors.Join(err, undo)
		}
		return "", false, refused(err)
	}
	_, err = t.exec(ctx, `RELEASE SAVEPOINT message`)
	return kept, true, err
}

// refused marks what concerns one message alone.
func refused(err error) error {
	for _, one := range []error{ErrAmbiguous, ErrMerged, ErrBedTaken, ErrNotFound, ErrInvalid, ErrKeyReused} {
		if errors.Is(err, one) {
			return fmt.Errorf("%w: %w", hl7.ErrRefused, err)
		}
	}
	if err := away(err); broken(err) || errors.Is(err, ErrInvalid) {
		return fmt.Errorf("%w: %w", hl7.ErrRefused, err)
	}
	return err
}

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

// EnsureBed implements [hl7.Writer].
func (in intake) EnsureBed(ctx context.Context, w ward.Ward, bed string) error {
	return in.t.ensureBed(ctx, w, bed)
}

// Occupant implements [hl7.Writer].
func (in intake) Occupant(ctx context.Context, wardID, bed string) (string, error) {
	var id string
	err := in.t.QueryRowContext(ctx, `SELECT id FROM patients WHERE ward = ? AND bed = ?`, wardID, bed).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Discharge implements [hl7.Writer].
func (in intake) Discharge(ctx context.Context, patientID string) error {
	return in.t.discharge(ctx, patientID)
}

// Merge implements [hl7.Writer].
func (in intake) Merge(ctx context.Context, survivor, merged string) error {
	return in.t.merge(ctx, survivor, merged)
}

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
