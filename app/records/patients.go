package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

const byNumber = `SELECT COALESCE(merged_into, id) FROM patients WHERE mrn = ?
	UNION SELECT patient FROM identifiers WHERE type IN ('MRN', 'MRT', 'PI') AND value = ?`

// FindPatient finds a patient by MRN, also by one of before. A number of a merged
// patient finds the survivor. [ErrNotFound] if nobody has it, [ErrAmbiguous] if two have.
func (s *Store) FindPatient(ctx context.Context, mrn string) (patient.Patient, error) {
	var ids []string
	rows, err := s.reader.QueryContext(ctx, byNumber, mrn, mrn)
	err = each(rows, err, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	switch {
	case err != nil:
		return patient.Patient{}, away(err)
	case mrn == "" || len(ids) == 0:
		return patient.Patient{}, fmt.Errorf("find patient: %w", ErrNotFound)
	case len(ids) > 1:
		return patient.Patient{}, fmt.Errorf("find patient: %w", ErrAmbiguous)
	}
	all, err := s.Summaries(ctx, ids)
	return all[ids[0]].Patient, err
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
	was, err := t.place(ctx, p.Patient.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if was.mergedInto != "" {
		return fmt.Errorf("patient %s: %w", p.Patient.ID, ErrMerged)
	}
	who := p.Patient
	told, err := toldText(p.Told)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO patients (id, surname, given, born, sex, mrn, deceased, pregnant,
			ward, bed, admitted, reason, allergy, revision, changed, born_in, cleaned, died, told)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET surname = excluded.surname, given = excluded.given,
			born = excluded.born, sex = excluded.sex, mrn = excluded.mrn,
			deceased = excluded.deceased, pregnant = excluded.pregnant,
			ward = excluded.ward, bed = excluded.bed, admitted = excluded.admitted,
			reason = excluded.reason, allergy = excluded.allergy,
			born_in = excluded.born_in, cleaned = excluded.cleaned, died = excluded.died,
			told = CASE WHEN excluded.told = '' THEN patients.told ELSE excluded.told END`,
		who.ID, who.Surname, who.Given, micros(who.Born), string(who.Sex), who.MRN, who.Deceased, who.Pregnant,
		orNull(p.Ward), orNull(p.Bed), micros(p.Admitted), p.Reason, string(p.Allergy), t.at.UnixMicro(),
		string(who.BornIn), who.Cleaned, micros(who.Died), told)
	if taken(err) {
		return fmt.Errorf("patient %s: bed %s/%s: %w", who.ID, p.Ward, p.Bed, ErrBedTaken)
	}
	if err != nil {
		return fmt.Errorf("patient %s: %w", who.ID, err)
	}
	if err := t.putDetails(ctx, p); err != nil {
		return err
	}
	if was.ward != p.Ward || was.bed != p.Bed {
		if err := t.moved(ctx, who.ID, p.Ward, p.Bed, p.Reason, p.Admitted); err != nil {
			return err
		}
		if err := t.wardChanged(ctx, was.ward, p.Ward); err != nil {
			return err
		}
	}
	_, err = t.touch(ctx, who.ID)
	return err
}

// putDetails replaces allergies and flags, and adds identifiers.
func (t *tx) putDetails(ctx context.Context, p patient.Summary) error {
	id := p.Patient.ID
	for _, i := range p.Patient.Identifiers {
		if err := t.addIdentifier(ctx, id, i); err != nil {
			return err
		}
	}
	for _, table := range []string{"allergies", "flags"} {
		if _, err := t.exec(ctx, `DELETE FROM `+table+` WHERE patient = ?`, id); err != nil {
			return err
		}
	}
	for n, a := range p.Allergic {
		if _, err := t.exec(ctx, `INSERT INTO allergies (patient, pos, substance, reaction, severity, type, code, system, since)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, n, a.Substance, a.Reaction, a.Severity, a.Type, a.Code, a.System, micros(a.Since)); err != nil {
			return err
		}
	}
	for n, f := range p.Flags {
		if f.Kind == patient.FlagScale2 {
			continue // a prescriber's decision: SetOxygenTarget
		}
		if _, err := t.exec(ctx, `INSERT INTO flags (patient, pos, kind, text) VALUES (?, ?, ?, ?)`,
			id, n, string(f.Kind), f.Text); err != nil {
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

// place is where a patient is now.
type place struct{ ward, bed, mergedInto string }

func (t *tx) place(ctx context.Context, patientID string) (place, error) {
	var p place
	err := t.QueryRowContext(ctx, `SELECT ward, bed, merged_into FROM patients WHERE id = ?`, patientID).
		Scan(text{&p.ward}, text{&p.bed}, text{&p.mergedInto})
	if errors.Is(err, sql.ErrNoRows) {
		return p, fmt.Errorf("patient %s: %w", patientID, ErrNotFound)
	}
	return p, err
}

func (t *tx) discharge(ctx context.Context, patientID string) error {
	was, err := t.place(ctx, patientID)
	if err != nil || was.ward == "" {
		return err
	}
	if _, err := t.touch(ctx, patientID); err != nil { // told to the ward it leaves
		return err
	}
	if _, err := t.exec(ctx, `UPDATE patients SET ward = NULL, bed = NULL WHERE id = ?`, patientID); err != nil {
		return err
	}
	if err := t.moved(ctx, patientID, "", "", "", time.Time{}); err != nil {
		return err
	}
	if err := t.wardChanged(ctx, was.ward); err != nil {
		return err
	}
	return t.audit(ctx, audit.Event{Action: audit.Discharge, Patient: patientID, Object: was.ward, Outcome: audit.Done})
}
