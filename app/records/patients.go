package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
)

// FindPatient finds a patient by MRN, also by one of before, or by one that is written
// AUTHORITY:NUMBER. A number of a merged patient finds the survivor. Of several who have
// it, it finds the one who has it of the site's own authority. [ErrNotFound] if nobody
// has it, [ErrAmbiguous] if several have.
func (s *Store) FindPatient(ctx context.Context, mrn string) (patient.Patient, error) {
	id, err := theHolder(ctx, s.reader, s.authority, mrn)
	if err != nil {
		return patient.Patient{}, away(err)
	}
	all, err := s.Summaries(ctx, []string{id})
	return all[id].Patient, err
}

// PutPatient admits a patient or brings what is known of one up to date: who,
// where, why, allergies, flags. The ward and bed must exist; [ErrBedTaken] if
// another lies there. Identifiers are added, never taken away. Recent, Versions
// and Revision of the summary are the record's own and not read.
func (s *Store) PutPatient(ctx context.Context, p patient.Summary) error {
	return s.write(ctx, func(t *tx) error { return t.putPatient(ctx, p) })
}

// Discharge ends a patient's stay and frees the bed. The chart stays.
func (s *Store) Discharge(ctx context.Context, patientID string) error {
	return s.write(ctx, func(t *tx) error { return t.discharge(ctx, patientID) })
}

func (t *tx) putPatient(ctx context.Context, p patient.Summary) error {
	was, err := t.standing(ctx, p.Patient.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if was.mergedInto != "" {
		return fmt.Errorf("patient %s: %w", p.Patient.ID, ErrMerged)
	}
	if was.ward != p.Ward || was.bed != p.Bed {
		if err := t.free(ctx, p); err != nil {
			return err
		}
	}
	who := p.Patient
	told, err := toldText(p.Told)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO patients (id, surname, given, born, sex, mrn, deceased, pregnant,
			ward, bed, admitted, reason, allergy, revision, changed, born_in, cleaned, died, told)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?, 0, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET surname = excluded.surname, given = excluded.given,
			born = excluded.born, sex = excluded.sex, mrn = excluded.mrn,
			deceased = excluded.deceased, allergy = excluded.allergy,
			born_in = excluded.born_in, cleaned = excluded.cleaned, died = excluded.died,
			told = CASE WHEN excluded.told = '' THEN patients.told ELSE excluded.told END`,
		who.ID, who.Surname, who.Given, micros(who.Born), string(who.Sex), who.MRN, who.Deceased, who.Pregnant,
		micros(p.Admitted), p.Reason, string(p.Allergy), t.at.UnixMicro(),
		string(who.BornIn), who.Cleaned, micros(who.Died), told)
	if err != nil {
		return fmt.Errorf("patient %s: %w", who.ID, err)
	}
	if was.ward != p.Ward || was.bed != p.Bed || was.room != p.Room || was.reason != p.Reason ||
		was.pregnant != who.Pregnant ||
		!was.admitted.Equal(micro(p.Admitted)) {
		if err := t.put(ctx, was, p); err != nil {
			return err
		}
	}
	if err := t.putDetails(ctx, p); err != nil {
		return err
	}
	delete(t.later, who.ID)
	_, err = t.touch(ctx, who.ID)
	return err
}

// free reports whether a patient can be put where a summary says: [ErrBedTaken],
// [ErrNotFound].
func (t *tx) free(ctx context.Context, p patient.Summary) error {
	if p.Ward == "" {
		return nil
	}
	var beds, others int
	err := t.QueryRowContext(ctx,
		`SELECT (SELECT COUNT(*) FROM wards w WHERE w.id = ? AND (CAST(? AS TEXT) = '' OR EXISTS
			(SELECT 1 FROM beds b WHERE b.ward = w.id AND b.name = ?))),
		(SELECT COUNT(*) FROM patients WHERE ward = ? AND bed_name = ? AND id <> ?)`,
		p.Ward, p.Bed, p.Bed, p.Ward, p.Bed, p.Patient.ID).Scan(&beds, &others)
	switch {
	case err != nil:
		return err
	case beds == 0:
		return fmt.Errorf("patient %s: bed %s/%s: %w", p.Patient.ID, p.Ward, p.Bed, ErrNotFound)
	case others > 0:
		return fmt.Errorf("patient %s: bed %s/%s: %w", p.Patient.ID, p.Ward, p.Bed, ErrBedTaken)
	}
	return nil
}

// putDetails replaces allergies and flags, and adds identifiers.
func (t *tx) putDetails(ctx context.Context, p patient.Summary) error {
	id := p.Patient.ID
	for _, i := range p.Patient.Identifiers {
		if err := t.addIdentifier(ctx, id, i); err != nil {
			return err
		}
	}
	if err := t.putAllergies(ctx, id, p.Allergic); err != nil {
		return err
	}
	return t.putFlags(ctx, id, p.Flags)
}

func (t *tx) putAllergies(ctx context.Context, id string, all []patient.Allergy) error {
	if _, err := t.exec(ctx, `DELETE FROM allergies WHERE patient = ?`, id); err != nil {
		return err
	}
	for n, a := range all {
		if _, err := t.exec(ctx,
			`INSERT INTO allergies (patient, pos, substance, reaction, severity, type, code, system, since)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, n, a.Substance,
			a.Reaction, a.Severity, a.Type, a.Code, a.System, micros(a.Since)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putFlags(ctx context.Context, patientID string, flags []patient.Flag) error {
	if _, err := t.exec(ctx, `DELETE FROM flags WHERE patient = ?`, patientID); err != nil {
		return err
	}
	for n, f := range flags {
		if f.Kind == patient.FlagScale2 {
			continue // a prescriber's decision: SetOxygenTarget
		}
		if _, err := t.exec(ctx, `INSERT INTO flags (patient, pos, kind, text) VALUES (?, ?, ?, ?)`,
			patientID, n, string(f.Kind), f.Text); err != nil {
			return err
		}
	}
	return nil
}

// toldText is what the record keeps of since when things were said; "" is nothing.
func toldText(told patient.Told) (string, error) {
	b, err := json.Marshal(told)
	if err != nil {
		return "", fmt.Errorf("records: what was told of a patient: %w", err)
	}
	if string(b) == "{}" {
		return "", nil
	}
	return string(b), nil
}

// discharge is a program's word that a patient left.
func (t *tx) discharge(ctx context.Context, patientID string) error {
	was, err := t.standing(ctx, patientID)
	if err != nil || was.ward == "" {
		return err
	}
	return t.put(ctx, was, patient.Summary{Patient: patient.Patient{ID: patientID}})
}
