package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// ofHouse is a patient whose number another authority has given too.
func ofHouse(id, authority, surname string, born time.Time) patient.Summary {
	p := person(id, "")
	p.Patient.Surname, p.Patient.Born, p.Patient.MRN = surname, born, "K1001"
	p.Patient.Identifiers = []patient.Identifier{{Authority: authority, Type: patient.MRN, Value: "K1001"}}
	p.Ward = ""
	return p
}

// One number of two authorities: the site's own comes first, a second identifier
// decides, and who gave it can be written.
//
// Seen red: "several patients have the number", whatever else was said.
func TestTheSameDigitsOfTwoAuthorities(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		r.Options.Authority = "HOSP"
		s, ctx := fresh(t, r), t.Context()
		day := time.Date(1950, 1, 2, 0, 0, 0, 0, time.UTC)
		ok(t, s.PutPatient(ctx, ofHouse("north", "NORTH", "Brook", day)))
		ok(t, s.PutPatient(ctx, ofHouse("south", "South House", "Fell", day.AddDate(1, 0, 0))))
		for _, two := range []bool{true, false} {
			if !two {
				ok(t, s.PutPatient(ctx, ofHouse("here", "HOSP", "Marsh", day.AddDate(2, 0, 0))))
			}
			for typed, want := range map[string]string{"NORTH:K1001": "north", "north:k 1001": "north",
				"SouthHouse:K1001": "south", "EAST:K1001": "", "K1001": map[bool]string{false: "here"}[two]} {
				p, err := s.FindPatient(ctx, typed)
				if p.ID != want || (err == nil) != (want != "") {
					t.Errorf("%s: %q, %v", typed, p.ID, err)
				}
			}
		}
		for n, c := range []struct {
			said parked.Said
			want string
			err  error
		}{
			{parked.Said{MRN: "K1001", Born: day}, "north", nil},
			{parked.Said{MRN: "K1001", Born: day.AddDate(1, 0, 0)}, "south", nil},
			{parked.Said{MRN: "SOUTHHOUSE:K1001", Born: day.AddDate(1, 0, 0)}, "south", nil},
			{parked.Said{MRN: "K1001", Born: day.AddDate(2, 0, 0)}, "here", nil},
			{parked.Said{MRN: "K1001", Born: day.AddDate(3, 0, 0)}, "", parked.ErrOtherBirth},
			{parked.Said{MRN: "K1001", Name: "Reed, Zoë"}, "", parked.ErrOtherName},
			{parked.Said{MRN: "EAST:K1001", Born: day}, "", records.ErrNotFound},
		} {
			take(t, s, oru(string(rune('a'+n)), "4B", 80+n, "K77"))
			c.said.Although = true
			who, _, err := s.AssignParked(ctx, int64(n+1), c.said, byHand, hl7.ImportOptions{Authority: "HOSP"})
			if c.err == nil && (err != nil || who.ID != c.want) || !errors.Is(err, c.err) {
				t.Errorf("%+v: %q %v", c.said, who.ID, err)
			}
		}
	})
}

// Two spellings of a substance are one: a merge joins them and adds none.
//
// Seen red: "Äpfel" was joined to "äpfel", and added beside it.
func TestASubstanceIsOneInAMerge(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		a, b := person("a1", ""), person("b1", "")
		a.Allergic = []patient.Allergy{{Substance: "Äpfel", Reaction: "Itch", Severity: "MI"}}
		b.Allergic = []patient.Allergy{{Substance: "äpfel", Reaction: "Rash", Severity: "SV"}, {Substance: "Latex"}}
		ok(t, s.PutPatient(ctx, a))
		ok(t, s.PutPatient(ctx, b))
		ok(t, s.Merge(ctx, "a1", "b1"))
		all, err := s.Summaries(ctx, []string{"a1"})
		ok(t, err)
		if got := all["a1"].Allergic; len(got) != 2 || got[0].Reaction != "Itch, Rash" || got[1].Substance != "Latex" {
			t.Errorf("%+v", got)
		}
		list, err := s.Merges(ctx, true)
		ok(t, err)
		ok(t, s.Unmerge(ctx, list[0].ID, patient.Signed{Staff: "tnguyen"}, "two people"))
		all, err = s.Summaries(ctx, []string{"a1"})
		ok(t, err)
		if got := all["a1"].Allergic; len(got) != 1 || got[0].Reaction != "Itch" {
			t.Errorf("%+v", got)
		}
	})
}

// What is assigned is checked against whom it names, and is done with only if something
// was charted.
//
// Seen red: with either refusal left out.
func TestAnAssignmentNeedsTheNameAndAValue(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		other := "MSH|^~\\&|LAB|OAK|||20260304081200+0000||ORU^R01|x1|P|2.5\r" +
			"PID|1||K9^^^HOSP^MR||Brook^Tom||19350717\r" +
			"OBR|1||F1|V\rOBX|1|NM|59408-5^SpO2^LN||90|%|||||F|||20260304060000+0000\r"
		nothing := "MSH|^~\\&|LAB|OAK|||20260304081200+0000||ORU^R01|x2|P|2.5\rPID|1||K9^^^HOSP^MR\rOBR|1||F2|V\r"
		take(t, s, other)
		take(t, s, nothing)
		if _, _, err := s.AssignParked(ctx, 1, zoe, byHand, hl7.ImportOptions{}); !errors.Is(err,
			parked.ErrNamesAnother) {
			t.Errorf("assigned to another than it names: %v", err)
		}
		if _, _, err := s.AssignParked(ctx, 2, zoe, byHand, hl7.ImportOptions{}); !errors.Is(err,
			records.ErrNothingCharted) {
			t.Errorf("assigned with nothing charted: %v", err)
		}
		for id := range int64(2) {
			if e, err := s.ParkedMessage(ctx, id+1); err != nil || e.State != parked.Waits {
				t.Errorf("%d is %s, %v", id+1, e.State, err)
			}
		}
		if got := saturations(t, s, "p1"); len(got) != 0 {
			t.Errorf("charted %v", got)
		}
	})
}

// A date of birth counts by what it means. Seen red: by its first eight letters one
// that was sent as 1949-05-06 was always another's.
func TestABirthOfWhateverFormIsHeldAgainstTheRecord(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		want := 0
		for n, born := range []string{"19490506", "1949-05-06", "19490605", "19310101", "194905"} {
			take(t, s, "MSH|^~\\&|LAB|OAK|||20260304081200+0000||ORU^R01|y"+born+"|P|2.5\r"+
				"PID|1||700p2^^^HOSP^MR||Łukasiewicz^Zoë||"+born+"\rOBR|1||F1|V\r")
			if n != 3 {
				want++
			}
		}
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		if got, err := s.ParkedKnown(ctx); err != nil || got != want {
			t.Errorf("%d are known, want %d: %v", got, want, err)
		}
	})
}
