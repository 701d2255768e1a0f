package patient

import "strings"

// Join brings what only the one that goes knows of the person to the survivor of a
// merge, with since when it was said: a name, a date of birth, a sex, and a death,
// which the one that stays may not have heard of yet.
func (s *Summary) Join(gone Summary) {
	a, b := &s.Patient, gone.Patient
	nameA, nameB := FullName{a.Surname, a.Given}, FullName{b.Surname, b.Given}
	switch {
	case NobodysName(nameB):
	case NobodysName(nameA):
		a.Surname, a.Given, a.Cleaned = b.Surname, b.Given, b.Cleaned
		s.Told.Surname, s.Told.Given = gone.Told.Surname, gone.Told.Given
	case OtherName(nameA, nameB): // never a name of two people's parts
	case strings.TrimSpace(a.Surname) == "":
		a.Surname, s.Told.Surname = b.Surname, gone.Told.Surname
	case strings.TrimSpace(a.Given) == "":
		a.Given, s.Told.Given = b.Given, gone.Told.Given
	}
	if a.Born.IsZero() {
		a.Born, a.BornIn, s.Told.Born = b.Born, b.BornIn, gone.Told.Born
	}
	if (a.Sex == "" || a.Sex == Unknown) && b.Sex != "" {
		a.Sex, s.Told.Sex = b.Sex, gone.Told.Sex
	}
	if b.Deceased && (!a.Deceased || a.Died.IsZero()) {
		a.Deceased, a.Died = true, b.Died
		if gone.Told.Died.After(s.Told.Died) {
			s.Told.Died = gone.Told.Died
		}
	}
}

// Part takes from a survivor what a merge brought, where nobody has said it since:
// before and after are how the merge found and left them.
func (s *Summary) Part(before, after Summary) {
	a, t := &s.Patient, &s.Told
	if a.Surname == after.Patient.Surname && a.Given == after.Patient.Given &&
		t.Surname.Equal(after.Told.Surname) && t.Given.Equal(after.Told.Given) {
		a.Surname, a.Given, a.Cleaned = before.Patient.Surname, before.Patient.Given, before.Patient.Cleaned
		t.Surname, t.Given = before.Told.Surname, before.Told.Given
	}
	if a.Born.Equal(after.Patient.Born) && a.BornIn == after.Patient.BornIn && t.Born.Equal(after.Told.Born) {
		a.Born, a.BornIn, t.Born = before.Patient.Born, before.Patient.BornIn, before.Told.Born
	}
	if a.Sex == after.Patient.Sex && t.Sex.Equal(after.Told.Sex) {
		a.Sex, t.Sex = before.Patient.Sex, before.Told.Sex
	}
	if a.Deceased == after.Patient.Deceased && a.Died.Equal(after.Patient.Died) && t.Died.Equal(after.Told.Died) {
		a.Deceased, a.Died, t.Died = before.Patient.Deceased, before.Patient.Died, before.Told.Died
	}
}
