package staff_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/staff"
)

// No two people of a list have the same name in it, whatever they share, and whoever shares
// nothing is named as short as may be.
//
// Seen red with Apart ending at the first form.
func TestNoTwoPeopleAreCalledTheSame(t *testing.T) {
	is := func(id, surname, given string, r staff.Role) staff.Staff {
		return staff.Staff{ID: id, Surname: surname, Given: given, Role: r}
	}
	people := []staff.Staff{
		is("khan", "Khan", "Omar", staff.Nurse),
		is("mia1", "Diaz", "Mia", staff.Nurse), is("mia2", "Diaz", "Mia", staff.Nurse),
		is("mia3", "DIAZ", "mia", staff.Doctor), is("max", "Diaz", "Max", staff.Nurse),
		is("roy1", "Roy", "Lea", staff.Nurse), is("roy2", "Roy", "Lea", staff.ChargeNurse),
		is("khan", "Khan", "Omar", staff.Nurse), // named twice
	}
	for least, want := range map[staff.Form]map[string]string{
		staff.Brief: {"khan": "Khan, O", "max": "Diaz, Max", "mia1": "Diaz, Mia, Nurse (mia1)",
			"mia2": "Diaz, Mia, Nurse (mia2)", "mia3": "DIAZ, mia, Doctor", "roy1": "Roy, Lea, Nurse",
			"roy2": "Roy, Lea, Charge nurse"},
		staff.Whole: {"khan": "Khan, Omar", "max": "Diaz, Max", "roy1": "Roy, Lea, Nurse"},
		staff.Titled: {"khan": "Khan, Omar, Nurse", "max": "Diaz, Max, Nurse", "roy1": "Roy, Lea, Nurse",
			"mia1": "Diaz, Mia, Nurse (mia1)"},
	} {
		got := staff.Apart(people, least)
		called := map[string]string{}
		for id, name := range got {
			if other, is := called[name]; is {
				t.Errorf("%s and %s are both %q", id, other, name)
			}
			called[name] = id
		}
		for id, name := range want {
			if got[id] != name {
				t.Errorf("%s is %q, want %q", id, got[id], name)
			}
		}
		if len(got) != 7 {
			t.Errorf("%d people are named", len(got))
		}
	}
}
