package alert

import (
	"context"
	"errors"
	"time"
)

// Finder knows who lies where.
type Finder interface {
	// ByMRN finds the patient of a number, their bed, and how many have it.
	ByMRN(ctx context.Context, mrn string) (Found, error)
	// ByBed lists who lies in a bed of a ward: two, while one is registered too
	// many.
	ByBed(ctx context.Context, ward, bed string) (patientIDs []string, err error)
}

// Found is the patient to whom a number or a bed leads.
type Found struct {
	Patient string // record ID; "": nobody, or nobody can say
	Bed     string // where the record has them; "" if they have none
	Holders Holders
}

// Find is the patient whom a source named: by number, or where that does not tell,
// by the bed. An error says what could not be looked up; what could is found all
// the same.
func Find(ctx context.Context, f Finder, ward, mrn, bed string) (Found, error) {
	var found Found
	var errs error
	var byNumber chan answered
	if mrn != "" {
		byNumber = make(chan answered, 1)
		go func() {
			p, err := f.ByMRN(ctx, mrn)
			byNumber <- answered{p, err}
		}()
		timer := time.NewTimer(numberFirst)
		defer timer.Stop()
		select {
		case a := <-byNumber:
			if found, errs = a.Found, a.err; found.Patient != "" {
				return found, errs
			}
			byNumber = nil
		case <-timer.C:
		case <-ctx.Done():
			return found, ctx.Err()
		}
	}
	if bed != "" {
		inBed, err := f.ByBed(ctx, ward, bed)
		errs = errors.Join(errs, err)
		if len(inBed) == 1 {
			found.Patient = inBed[0]
		}
	}
	if byNumber != nil { // it was slow: what it says by now still counts first
		select {
		case a := <-byNumber:
			errs = errors.Join(errs, a.err)
			if a.Patient != "" {
				return a.Found, errs
			}
			found.Holders = a.Holders
		case <-ctx.Done():
			errs = errors.Join(errs, ctx.Err())
		}
	}
	return found, errs
}

// numberFirst is how long the bed waits for the number: a storm should not look up
// both of each.
const numberFirst = findLimit / 3

type answered struct {
	Found
	err error
}
