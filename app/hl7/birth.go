package hl7

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// oldest is how old nobody is.
const oldest = 130

// ReadBirth reads a date of birth as PID-7 writes it, in a message that came at a time.
func ReadBirth(s string, received time.Time) (patient.Birth, error) {
	born, in, err := readBirth(s, received)
	return patient.Birth{Day: born, In: in}, err
}

// readBirth reads a date of birth as midnight UTC, whatever time or zone comes with
// it: a birthday does not move with the clock. Of a date that is given in part, in
// says which part. now bounds it: nobody is born tomorrow, or 130 years ago.
func readBirth(s string, now time.Time) (born time.Time, in patient.BornIn, err error) {
	r, err := readTime(s, time.UTC)
	if err != nil {
		return time.Time{}, "", err
	}
	date, _, _, err := partsOfTime(s)
	if err != nil {
		return time.Time{}, "", err
	}
	r, err = readTime(date, time.UTC) // the day as written, without its clock and offset
	if err != nil {
		return time.Time{}, "", err
	}
	switch r.part {
	case toYear:
		in = patient.YearOnly
	case toMonth:
		in = patient.YearMonth
	}
	// A day ahead is a newborn of a zone that is ahead.
	if r.at.After(now.Add(24*time.Hour)) || r.at.Before(now.AddDate(-oldest, 0, 0)) {
		return time.Time{}, "", fmt.Errorf("%w: nobody is of this age", ErrTime)
	}
	return r.at, in, nil
}
