package patient_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// Nobody is age 0 by mistake, and a year alone is not shown as its first of January.
// Seen red with the day of birth written whole whatever is known, and with a date to
// come taken for an age of 0.
func TestAnAgeIsOnlyWhatIsKnown(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name      string
		p         patient.Patient
		born, age string
	}{
		{"unknown", patient.Patient{}, "", ""},
		{"whole", patient.Patient{Born: day(1941, 3, 1)}, "01 Mar 1941", "85"},
		{"year", patient.Patient{Born: day(1941, 1, 1), BornIn: patient.YearOnly}, "1941", "~85"},
		{"month", patient.Patient{Born: day(1941, 4, 1), BornIn: patient.YearMonth}, "Apr 1941", "~84"},
		{"to come", patient.Patient{Born: day(2069, 1, 1)}, "01 Jan 2069", ""},
		{"today, east of here", patient.Patient{Born: day(2026, 3, 11)}, "11 Mar 2026", "0 d"},
	} {
		if born, age := c.p.BornText(), c.p.AgeText(now); born != c.born || age != c.age {
			t.Errorf("%s: born %q, age %q; want %q, %q", c.name, born, age, c.born, c.age)
		}
	}
}

// A child's age has its unit: "6" on a tile is a bed, or an old man of whom a digit is
// cut. Below two years it is said in months, below four weeks in days, where that is known.
//
// Seen red with the months counted by the year and month alone (a child of 23 months on
// the day before was 24 months old).
func TestStatesOfAChildByAgeAndSex(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		born  time.Time
		in    patient.BornIn
		age   string
		child bool
	}{
		{day(2010, 3, 10), patient.WholeDate, "16", false},
		{day(2010, 3, 11), patient.WholeDate, "15 y", true},
		{day(2020, 1, 2), patient.WholeDate, "6 y", true},
		{day(2024, 3, 10), patient.WholeDate, "2 y", true},
		{day(2024, 3, 11), patient.WholeDate, "23 mo", true},
		{day(2026, 2, 10), patient.WholeDate, "1 mo", true},
		{day(2026, 2, 11), patient.WholeDate, "27 d", true},
		{day(2026, 3, 10), patient.WholeDate, "0 d", true},
		{day(2026, 3, 1), patient.YearMonth, "~0 mo", true},
		{day(2025, 1, 1), patient.YearOnly, "~1 y", true},
		{time.Time{}, patient.WholeDate, "", false},
	} {
		p := patient.Patient{Born: c.born, BornIn: c.in}
		if age, child := p.AgeText(now), p.Child(now); age != c.age || child != c.child {
			t.Errorf("born %v: %q, child %v", c.born, age, child)
		}
	}
	for sex, want := range map[patient.Sex]string{patient.Female: "girl", patient.Male: "boy", patient.Unknown: "child",
		patient.Other: "child", "": "child", "A": "child"} {
		if got := patient.ChildText(sex); got != want {
			t.Errorf("%q: %q", sex, got)
		}
	}
}
