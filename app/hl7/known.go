package hl7

import (
	"context"

	"github.com/wardlight/wardlight/app/patient"
)

const otherType = "the number is known as one of another type, and nothing says that it is the same person"

// known is who has the numbers, if anybody. A number that is known as one of another
// type counts only where no other finds anybody, and the person fits; so does one of a
// type that several may share, unless the patient is known by it.
func (p *mapping) known(ctx context.Context, pid Segment, own []patient.Identifier) (h Holder, known bool, err error) {
	var others []Holder
	for _, i := range own {
		next, found, err := p.Holder(ctx, i)
		switch {
		case err != nil:
			return h, false, err
		case !found:
		case p.twins(next, i):
			return h, false, &ParkError{
				Reason:  "several patients have this number, each written otherwise",
				Numbers: own,
			}
		case next.OtherType, !i.Own() && patient.FoldNumber(next.Patient.MRN) != patient.FoldNumber(i.Value):
			others = append(others, next)
		case !known:
			h, known = next, true
		case h.Patient.ID != next.Patient.ID:
			return h, false, &ParkError{Reason: "its numbers are of several patients", Numbers: own}
		case !next.Former:
			h = next // of one that is current, the word counts whole
		}
	}
	if known {
		return h, true, nil
	}
	for _, next := range others {
		switch {
		case !p.fits(pid, next):
			return h, false, &ParkError{Reason: otherType, Numbers: own}
		case known && h.Patient.ID != next.Patient.ID:
			return h, false, &ParkError{Reason: "its numbers are of several patients", Numbers: own}
		}
		h, known = next, true
	}
	return h, known, nil
}

// twins reports whether nobody can tell which of several patients a number names. A
// merge that names one as it is written tells: it may be to heal just that.
func (p *mapping) twins(h Holder, i patient.Identifier) bool {
	return h.Twin && !(p.m.Has("MRG") && has(h.Patient.Identifiers, i))
}

// fits reports whether the name or the date of birth of a message is the patient's,
// and neither is another's.
func (p *mapping) fits(pid Segment, h Holder) bool {
	l := p.likeness(pid, h)
	return !l.otherName && !l.otherBirth && (l.birthFits || l.nameFits)
}
