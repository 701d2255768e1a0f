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
		{"today, east of here", patient.Patient{Born: day(2026, 3, 11)}, "11 Mar 2026", "0"},
	} {
		if born, age := c.p.BornText(), c.p.AgeText(now); born != c.born || age != c.age {
			t.Errorf("%s: born %q, age %q; want %q, %q", c.name, born, age, c.born, c.age)
		}
	}
}
