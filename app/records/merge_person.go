package records

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
)

// keptPerson is what the record held of who somebody is.
type keptPerson struct {
	Patient patient.Patient `json:"patient"`
	Told    patient.Told    `json:"told"`
}

func (k keptPerson) summary() patient.Summary {
	return patient.Summary{Patient: k.Patient, Told: k.Told}
}

// who is what the record holds of who somebody is.
func (t *tx) who(ctx context.Context, patientID string) (k keptPerson, err error) {
	var told string
	p := &k.Patient
	err = t.QueryRowContext(ctx, `SELECT surname, given, born, born_in, sex, deceased, died, cleaned, told
		FROM patients WHERE id = ?`, patientID).
		Scan(&p.Surname, &p.Given, clock{&p.Born}, &p.BornIn, &p.Sex, &p.Deceased, clock{&p.Died}, &p.Cleaned, &told)
	if err == nil && told != "" {
		if err = json.Unmarshal([]byte(told), &k.Told); err != nil {
			err = fmt.Errorf("records: what was told of a patient: %w", err)
		}
	}
	return k, err
}

// setWho replaces it.
func (t *tx) setWho(ctx context.Context, patientID string, s patient.Summary) error {
	told, err := toldText(s.Told)
	if err != nil {
		return err
	}
	p := s.Patient
	_, err = t.exec(ctx,
		`UPDATE patients SET surname = ?, given = ?, born = ?, born_in = ?, sex = ?, deceased = ?, died = ?,
		cleaned = ?, told = ? WHERE id = ?`, p.Surname, p.Given,
		micros(p.Born), string(p.BornIn), string(p.Sex), p.Deceased,
		micros(p.Died), p.Cleaned, told, patientID)
	return err
}

// mergeWho gives the survivor what only merged knew of the person, and notes it.
func (t *tx) mergeWho(ctx context.Context, survivor, merged string, was *mergeKept) error {
	a, err := t.who(ctx, survivor)
	if err != nil {
		return err
	}
	b, err := t.who(ctx, merged)
	if err != nil {
		return err
	}
	one := a.summary()
	one.Join(b.summary())
	after := keptPerson{Patient: one.Patient, Told: one.Told}
	if fmt.Sprint(a.Patient) == fmt.Sprint(after.Patient) {
		return nil
	}
	was.Before, was.After = &a, &after
	return t.setWho(ctx, survivor, one)
}

// unmergeWho takes it from the survivor again.
func (t *tx) unmergeWho(ctx context.Context, survivor string, was mergeKept) error {
	if was.Before == nil || was.After == nil {
		return nil
	}
	k, err := t.who(ctx, survivor)
	if err != nil {
		return err
	}
	s := k.summary()
	s.Part(was.Before.summary(), was.After.summary())
	return t.setWho(ctx, survivor, s)
}
