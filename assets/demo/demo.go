// Package demo holds the demonstration ward: invented people on two wards of an
// invented hospital, with a shift of observations that ends now. Nobody in it
// is real. It serves to show and to test the station, never to care for anyone.
package demo

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
)

// Password is the password of every person of the demonstration ward. It is
// public: a record that holds the demonstration ward must hold nobody real.
const Password = "wardlight-demo"

// MetaSeeded names the record's note of when the ward was seeded.
const MetaSeeded = "demo-seeded"

// shift is how far back the observations go.
const shift = 11 * time.Hour

//go:embed ward.json
var wardJSON []byte

type data struct {
	Wards []struct {
		ID, Name, Site string
		Beds           int
		States         map[string]ward.BedState
	}
	Staff    []staff.Staff
	Patients []person
}

// person is one patient: who, and how they were at the start of the shift and
// are now.
type person struct {
	Ward, Bed, Surname, Given, Born string
	Sex                             patient.Sex
	MRN, Reason                     string
	DaysHere                        int
	Allergy                         patient.AllergyStatus
	Allergic                        []patient.Allergy
	Flags                           []patient.Flag
	Pregnant                        bool
	Start, Now                      values
	LastMinutesAgo, EveryMinutes    int
	Missing                         []string // what the last set lacks
	Notes                           []struct {
		By       string
		HoursAgo float64
		Text     string
	}
}

func read() (data, error) {
	var d data
	dec := json.NewDecoder(bytes.NewReader(wardJSON))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return d, fmt.Errorf("demo: %w", err)
	}
	return d, nil
}

// namespace makes the demonstration ward's record IDs: the same on every run.
var namespace = uuid.MustParse("3f0f6f1e-52a5-5b5e-8a5f-1d7f6f2b9c10")

func id(parts ...any) string { return uuid.NewSHA1(namespace, []byte(fmt.Sprint(parts...))).String() }

// Seed puts the demonstration ward into a record, all of it or nothing, as of
// now. hash turns the password into what the record keeps; it is asked once. A
// record that was seeded before is left as it is.
func Seed(ctx context.Context, store *records.Store, now time.Time, hash func(password string) (string, error)) error {
	switch _, err := store.Meta(ctx, MetaSeeded); {
	case err == nil:
		return nil
	case !errors.Is(err, records.ErrNotFound):
		return fmt.Errorf("demo: %w", err)
	}
	d, err := read()
	if err != nil {
		return err
	}
	hashed, err := hash(Password)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	now = now.UTC().Truncate(time.Second)
	err = store.Batch(ctx, func(ctx context.Context, b *records.Batch) error {
		if err := seedHouse(ctx, b, d, hashed); err != nil {
			return err
		}
		names := map[string]string{}
		for _, s := range d.Staff {
			names[s.ID] = s.Short()
		}
		for _, p := range d.Patients {
			if err := p.seed(ctx, b, now, names); err != nil {
				return err
			}
		}
		return b.SetMeta(ctx, MetaSeeded, now.Format(time.RFC3339))
	})
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// seedHouse puts in wards, beds and staff.
func seedHouse(ctx context.Context, b *records.Batch, d data, hashed string) error {
	for _, w := range d.Wards {
		if err := b.PutWard(ctx, ward.Ward{ID: w.ID, Name: w.Name, Site: w.Site}); err != nil {
			return err
		}
		for n := range w.Beds {
			bed := ward.Bed{Ward: w.ID, Name: fmt.Sprintf("%02d", n+1), State: ward.BedFree}
			if state, said := w.States[bed.Name]; said {
				bed.State = state
			}
			if err := b.PutBed(ctx, bed); err != nil {
				return err
			}
		}
	}
	for _, s := range d.Staff {
		if err := b.PutStaff(ctx, s, hashed); err != nil {
			return err
		}
	}
	return nil
}

func (p person) seed(ctx context.Context, b *records.Batch, now time.Time, names map[string]string) error {
	born, err := time.Parse(time.DateOnly, p.Born)
	if err != nil {
		return err
	}
	s := patient.Summary{
		Patient: patient.Patient{ID: id("patient", p.MRN), Surname: p.Surname, Given: p.Given, Born: born, Sex: p.Sex,
			MRN: p.MRN, Pregnant: p.Pregnant,
			Identifiers: []patient.Identifier{{Authority: "NORTHSIDE", Type: "MRN", Value: p.MRN}}},
		Ward: p.Ward, Bed: p.Bed, Reason: p.Reason, Admitted: now.Add(-shift - time.Duration(p.DaysHere)*24*time.Hour),
		Allergy: p.Allergy, Allergic: p.Allergic, Flags: p.Flags,
	}
	if err := b.PutPatient(ctx, s); err != nil {
		return err
	}
	if err := p.care(ctx, b, s, now); err != nil {
		return err
	}
	for _, o := range p.sets(s, now) {
		if _, err := b.AddObservation(ctx, o); err != nil {
			return err
		}
	}
	for n, note := range p.Notes {
		err := b.AddNote(ctx, chart.Note{ID: id("note", p.MRN, n), Patient: s.Patient.ID, Text: note.Text, By: note.By,
			ByName: names[note.By], Written: now.Add(-time.Duration(note.HoursAgo * float64(time.Hour)))})
		if err != nil {
			return err
		}
	}
	return nil
}
