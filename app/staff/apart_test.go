package staff_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/staff"
)

// Names are one in whichever case, accents and bytes. Seen red with letters beyond ASCII compared as they are written.
func TestNamesThatReadTheSameAreToldApart(t *testing.T) {
	for _, pair := range [][2]string{{"M\u00fcller", "Mu\u0308ller"}, {"M\u00fcller", "MUELLER"},
		{"Strau\u00df", "STRAUSS"},
		{"\u00d6z", "O\u0308Z"}, {"Se\u00f1a", "Sena"}, {"O\u2019Neill", "O'Neill"}, {"Diaz", "\uff24iaz"}} {
		got := staff.Apart([]staff.Staff{{ID: "one", Surname: pair[0], Given: "Mia", Role: staff.Nurse},
			{ID: "two", Surname: pair[1], Given: "Mia", Role: staff.Nurse}}, staff.Brief)
		if got["one"] != pair[0]+", Mia, Nurse (one)" || got["two"] != pair[1]+", Mia, Nurse (two)" {
			t.Errorf("%q: %q", pair, got)
		}
	}
	got := staff.Apart([]staff.Staff{{ID: "one", Surname: "M\u00fcller", Given: "Mia"},
		{ID: "two", Surname: "Miller", Given: "Mia"}}, staff.Brief)
	if got["one"] != "M\u00fcller, M" || got["two"] != "Miller, M" {
		t.Errorf("two names: %q", got)
	}
}

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
