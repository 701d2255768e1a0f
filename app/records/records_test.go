package records_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// fresh opens a new record with ward 4B, beds 01-03 and patient p1 in bed 01.
func fresh(t testing.TB, r *recordtest.Record) *records.Store {
	t.Helper()
	s := r.Open(t)
	furnish(t, s)
	return s
}

func furnish(t testing.TB, s *records.Store) {
	t.Helper()
	ctx := t.Context()
	ok(t, s.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B Medicine", Site: "Northside"}))
	for _, b := range []string{"01", "02", "03"} {
		ok(t, s.PutBed(ctx, ward.Bed{Ward: "4B", Name: b, State: ward.BedFree}))
	}
	ok(t, s.PutPatient(ctx, person("p1", "01")))
	ok(t, s.PutStaff(ctx, staff.Staff{ID: "tnguyen", Surname: "Nguyen", Given: "Thi", Role: staff.Nurse,
		Wards: []string{"4B", "5A"}, Active: true}, "hash"))
	charge(t, s, "achen", "bkhan")
}

// charge makes people charge nurses of 4B: they may answer any alert of it.
func charge(t testing.TB, s *records.Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		ok(t, s.PutStaff(t.Context(), staff.Staff{ID: id, Surname: id, Role: staff.ChargeNurse, Wards: []string{"4B"},
			Active: true}, "hash"))
	}
}

func person(id, bed string) patient.Summary {
	return patient.Summary{
		Patient: patient.Patient{ID: id, Surname: "Łukasiewicz", Given: "Zoë",
			Born: time.Date(1949, 5, 6, 0, 0, 0, 0, time.UTC),
			Sex:  patient.Female, MRN: "700" + id,
			Identifiers: []patient.Identifier{{Authority: "HOSP", Type: "MRN", Value: "700" + id}}},
		Ward: "4B", Bed: bed, Admitted: noon.Add(-48 * time.Hour), Reason: "Pneumonia",
		Allergy:  patient.AllergiesRecorded,
		Allergic: []patient.Allergy{{Substance: "Penicillin", Reaction: "Rash", Severity: "MO"}},
		Flags:    []patient.Flag{{Kind: patient.FlagFalls, Text: "walks with a frame"}},
	}
}

func set(id, patientID string, at time.Time) vitals.Observation {
	rr, spo2, air := 18.0, 96.5, false
	return vitals.Observation{ID: id, Patient: patientID, Taken: at, RR: &rr, SpO2: &spo2, Oxygen: &air,
		ACVPU: vitals.Alert, Source: "bedside monitor"}
}

func noteSave(key string, version int64, fence uint64) chart.Save {
	return chart.Save{Patient: "p1", Section: chart.Notes, Version: version, Fence: fence, Key: key,
		Staff: "tnguyen", Station: "WS-1", Session: "s1", At: noon, Ward: "4B",
		Entry: chart.Entry{Note: &chart.Note{ID: "note-" + key, Text: "text of " + key, By: "tnguyen",
			ByName: "Nguyen, T"}}}
}

func raise(id string) alert.Move {
	return alert.Move{ID: "raise-" + id, Kind: alert.Raised, At: noon,
		Alert: alert.Alert{ID: id, Ward: "4B", Patient: "p1",
			Bed: "01", Priority: alert.High, Text: "SpO₂ 86 % for 30 s, limit 88", Source: "test", Raised: noon}}
}

func step(kind alert.MoveKind, id, by string) alert.Move {
	m := alert.Move{ID: fmt.Sprintf("%s-%s-%s", kind, id, by), Kind: kind, Alert: alert.Alert{ID: id}, By: by,
		ByName: "Name of " + by, Station: "WS-1", Reason: "as told", At: noon}
	if by != "" {
		m.Claim = &alert.Claim{Ward: "4B"}
	}
	return m
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func count(t testing.TB, s *records.Store, ctx context.Context, id string) int {
	t.Helper()
	n, err := s.Notes(ctx, id, 1_000_000)
	ok(t, err)
	return len(n)
}
