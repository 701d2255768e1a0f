package records

import (
	"context"
	"errors"
	"strings"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
)

// ParkedKnown counts what waits although somebody has its number now, whose name and
// date of birth are not plainly others than those sent.
func (s *Store) ParkedKnown(ctx context.Context) (n int, err error) {
	entries, err := s.ParkedMessages(ctx, false)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	owners, err := s.OwnersNow(ctx, entries)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		mrn, is := owners[e.ID]
		if !is {
			continue
		}
		switch p, err := s.FindPatient(ctx, mrn); {
		case errors.Is(err, ErrNotFound), errors.Is(err, ErrAmbiguous):
		case err != nil:
			return 0, err
		case !namesAnother(e, p):
			n++
		}
	}
	return n, nil
}

// namesAnother reports whether an entry was sent with a name or a date of birth that is
// plainly another's.
func namesAnother(e parked.Entry, p patient.Patient) bool {
	surname, given, _ := strings.Cut(e.Name, ", ")
	born, err := hl7.ReadBirth(e.Born, e.Received)
	return err == nil && patient.OtherBirth(born, p.Birth()) ||
		patient.OtherName(patient.FullName{Surname: surname, Given: given}, p.FullName())
}
