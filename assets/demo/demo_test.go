package demo_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/assets/demo"
)

var now = time.Date(2026, 3, 4, 14, 3, 0, 0, time.UTC)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func seeded(t testing.TB) *records.Store {
	t.Helper()
	s, err := records.Open(t.Context(), records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	ok(t, demo.Seed(t.Context(), s, now, func(p string) (string, error) { return "hash of " + p, nil }))
	return s
}

// TestBoardHasSomethingOfEverything: the demonstration ward is worth its name
// only if every state that the board can draw is on it.
func TestBoardHasSomethingOfEverything(t *testing.T) {
	s := seeded(t)
	ctx := t.Context()
	ids, err := s.WardPatients(ctx, "4B")
	ok(t, err)
	beds, err := s.Beds(ctx, "4B")
	ok(t, err)
	all, err := s.Summaries(ctx, ids)
	ok(t, err)
	if len(all) != 21 || len(beds) != 24 {
		t.Fatalf("%d patients in %d beds", len(all), len(beds))
	}
	seen := map[string]int{}
	surnames := map[string]int{}
	for _, p := range all {
		if p.Patient.Age(now) < 16 {
			t.Errorf("bed %s: age %d", p.Bed, p.Patient.Age(now))
		}
		surnames[p.Patient.Surname]++
		seen["allergy "+string(p.Allergy)]++
		if (p.Allergy == patient.AllergiesRecorded) != (len(p.Allergic) > 0) {
			t.Errorf("bed %s: allergies %q %v", p.Bed, p.Allergy, p.Allergic)
		}
		for _, f := range p.Flags {
			seen["flag "+string(f.Kind)]++
		}
		if strings.ContainsFunc(p.Patient.Name(), func(r rune) bool { return r > 127 }) {
			seen["diacritics"]++
		}
		o, have := p.Latest()
		if !have || o.Taken.After(now) || p.Recent[len(p.Recent)-1].Taken.Before(now.Add(-25*time.Hour)) {
			t.Fatalf("bed %s: sets from %v", p.Bed, o.Taken)
		}
		if o.Scale2 != p.Has(patient.FlagScale2) {
			t.Errorf("bed %s: scale 2 %v", p.Bed, o.Scale2)
		}
		score := vitals.NEWS2(o)
		seen["risk "+string(score.Risk)]++
		if !score.Complete {
			seen["incomplete"]++
		}
		if vitals.Chart4.NextDue(o, score).Before(now) {
			seen["overdue"]++
		}
		if score.Total >= 7 && vitals.NEWS2(p.Recent[1]).Total < score.Total {
			seen["deteriorating"]++
		}
	}
	for what, least := range map[string]int{"allergy ": 1, "allergy none-known": 5, "allergy recorded": 5,
		"flag dnacpr":    1,
		"flag isolation": 2, "flag falls": 2, "flag spo2-scale-2": 1, "diacritics": 4, "risk high": 2, "risk medium": 2,
		"risk low-medium": 1, "risk low": 10, "incomplete": 1, "overdue": 3, "deteriorating": 1} {
		if seen[what] < least {
			t.Errorf("%s: %d, want %d", what, seen[what], least)
		}
	}
	if seen["overdue"] > 5 || seen["risk high"] > 3 {
		t.Errorf("too much at once: %v", seen)
	}
	if surnames["O'Sullivan"] != 2 || len(surnames) != 20 {
		t.Errorf("look-alikes: %v", surnames)
	}
	other, err := s.WardPatients(ctx, "5A")
	ok(t, err)
	if len(other) != 5 {
		t.Errorf("%d patients on 5A", len(other))
	}
}

func TestStaffOfEveryRole(t *testing.T) {
	s := seeded(t)
	all, err := s.AllStaff(t.Context())
	ok(t, err)
	roles := map[staff.Role]bool{}
	for _, p := range all {
		if p.Active {
			roles[p.Role] = true
		}
	}
	for _, r := range []staff.Role{staff.Nurse, staff.ChargeNurse, staff.CareAssistant, staff.Doctor, staff.IT} {
		if !roles[r] {
			t.Errorf("nobody is %s", r)
		}
	}
	chen, hash, err := s.StaffByID(t.Context(), "achen")
	ok(t, err)
	if chen.Name() != "Chen, Amy" || chen.Role != staff.ChargeNurse || hash != "hash of "+demo.Password {
		t.Errorf("%+v", chen)
	}
}

func TestSeedTwiceAndSeedFailing(t *testing.T) {
	s := seeded(t)
	before, err := s.LastSeq(t.Context())
	ok(t, err)
	ok(t, demo.Seed(t.Context(), s, now.Add(time.Hour), func(string) (string, error) {
		t.Error("asked for a hash again")
		return "", nil
	}))
	after, err := s.LastSeq(t.Context())
	ok(t, err)
	if before != after {
		t.Errorf("seeding again made %d changes", after-before)
	}
	empty, err := records.Open(t.Context(), records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	ok(t, err)
	defer func() { ok(t, empty.Close()) }()
	broken := errors.New("no hash")
	if err := demo.Seed(t.Context(), empty, now, func(string) (string, error) { return "", broken }); !errors.Is(err,
		broken) {
		t.Error(err)
	}
	wards, err := empty.Wards(t.Context())
	ok(t, err)
	if len(wards) != 0 {
		t.Error("half a ward was left")
	}
}

// TestSeedIsTheSameEveryTime: two records seeded at one moment hold the same.
func TestSeedIsTheSameEveryTime(t *testing.T) {
	a, b := seeded(t), seeded(t)
	ids, err := a.WardPatients(t.Context(), "4B")
	ok(t, err)
	for _, id := range ids {
		x, err := a.Observations(t.Context(), id, time.Time{}, 100)
		ok(t, err)
		y, err := b.Observations(t.Context(), id, time.Time{}, 100)
		ok(t, err)
		if len(x) == 0 || len(x) != len(y) || x[len(x)-1].ID != y[len(y)-1].ID ||
			*x[len(x)-1].Pulse != *y[len(y)-1].Pulse {
			t.Fatalf("patient %s differs", id)
		}
	}
}
