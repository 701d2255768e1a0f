package parked_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// Seen red: with the number alone taken for two identifiers the first row passes;
// with what was said of the birth not compared, "another's birth" does.
func TestTwoIdentifiersMustFit(t *testing.T) {
	marsh := patient.Patient{MRN: "K100", Surname: "Marsh", Given: "Ann Eve", Born: day("1948-02-03")}
	zoe := patient.Patient{MRN: "K100", Surname: "Łukasiewicz", Given: "Zoë", Born: day("1948-02-03")}
	half := marsh
	half.BornIn = patient.YearOnly
	for _, c := range []struct {
		name string
		said parked.Said
		of   patient.Patient
		want error
	}{
		{"the number alone", parked.Said{MRN: "K100"}, marsh, parked.ErrOneIdentifier},
		{"no number", parked.Said{Born: day("1948-02-03")}, marsh, parked.ErrOneIdentifier},
		{"a name of blanks", parked.Said{MRN: "K100", Name: " , "}, marsh, parked.ErrOneIdentifier},
		{"number and birth", parked.Said{MRN: "K100", Born: day("1948-02-03")}, marsh, nil},
		{"another's birth", parked.Said{MRN: "K100", Born: day("1948-03-02")}, marsh, parked.ErrOther},
		{"number and name", parked.Said{MRN: "K100", Name: "MARSH, Ann Eve"}, marsh, nil},
		{"the other way round", parked.Said{MRN: "K100", Name: "ann eve marsh"}, marsh, nil},
		{"without accents", parked.Said{MRN: "K100", Name: "zoe lukasiewicz"}, zoe, nil},
		{"another letter", parked.Said{MRN: "K100", Name: "zoe lukasiewiczowa"}, zoe, parked.ErrOther},
		{"half a name", parked.Said{MRN: "K100", Name: "Marsh"}, marsh, parked.ErrOther},
		{"name fits, birth does not", parked.Said{MRN: "K100", Name: "Marsh Ann Eve", Born: day("1950-01-01")}, marsh,
			parked.ErrOther},
		{"birth fits, name does not", parked.Said{MRN: "K100", Name: "Brook Tom", Born: day("1948-02-03")}, marsh,
			parked.ErrOther},
		{"half a birth", parked.Said{MRN: "K100", Born: day("1948-02-03")}, half, parked.ErrNotKnown},
	} {
		if err := c.said.Fits(c.of); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestAnAlertHoldsNoPatientData(t *testing.T) {
	e := parked.Entry{ID: 17, Source: "LAB OAK", Kind: "ORU^R01", Name: "Marsh, Ann", Born: "19480203",
		Since:   day("2026-03-10").Add(8*time.Hour + 12*time.Minute),
		Numbers: []patient.Identifier{{Value: "K300"}}, Reason: "nobody has this number"}
	one, many := parked.Overdue{Source: e.Source, Count: 1, First: e},
		parked.Overdue{Source: e.Source, Count: 300, First: e}
	for _, o := range []parked.Overdue{one, many} {
		text := o.Text(time.UTC)
		for _, secret := range []string{"Marsh", "K300", "1948"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q holds %s", text, secret)
			}
		}
		for _, said := range []string{"LAB OAK", "08:12", "17", "wardctl parked list"} {
			if !strings.Contains(text, said) {
				t.Errorf("%q lacks %s", text, said)
			}
		}
	}
	if text := many.Text(time.UTC); !strings.HasPrefix(text, "300 messages of ") {
		t.Error(text)
	}
	again := e
	again.Turn++
	same := e
	if e.AlertID("4B") != same.AlertID("4B") || e.AlertID("4B") == e.AlertID("5A") ||
		e.AlertID("4B") == again.AlertID("4B") {
		t.Error("an alert's ID is that of one wait on one ward")
	}
	if !strings.HasPrefix(again.AlertID("4B"), parked.AlertsOf("4B", e.Source)) ||
		parked.AlertsOf("4B", "x") == parked.AlertsOf("4B", e.Source) {
		t.Error("the alerts of a ward about one sender are told by how their IDs begin")
	}
}

// Seen red: with either refusal left out.
func TestWhatCouldNotBeTakenBackIsNotBegun(t *testing.T) {
	for kind, want := range map[string]error{"ORU^R01": nil, "ORU": nil, "ADT^A01": parked.ErrNotResult,
		"ORUX": parked.ErrNotResult, "": parked.ErrNotResult} {
		if err := (parked.Entry{State: parked.Waits, Kind: kind}).MayAssign(); !errors.Is(err, want) ||
			(err == nil) != (want == nil) {
			t.Errorf("assign %s: %v", kind, err)
		}
	}
	for _, state := range []parked.State{parked.Assigned, parked.Discarded} {
		e := parked.Entry{State: state, Kind: "ORU^R01"}
		if err := e.MayTakeBack("why"); err != nil {
			t.Errorf("take back %s: %v", state, err)
		}
		if e.Erased = day("2026-03-10"); !errors.Is(e.MayTakeBack("why"), parked.ErrErased) {
			t.Errorf("an erased one that was %s was taken back", state)
		}
	}
}
