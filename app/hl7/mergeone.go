package hl7

import (
	"context"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/foreign"
	"github.com/wardlight/wardlight/app/patient"
)

// turnRound is a merge of a number that the survivor has today: of two records that
// are one already, the number of PID-3 is now the one in use, and what comes by it
// counts in full.
func (p *mapping) turnRound(ctx context.Context, h Holder, stays, old []patient.Identifier) (Holder, error) {
	if h.Revision == 0 {
		return h, nil
	}
	var today []patient.Identifier
	for _, i := range old {
		gone, found, err := p.Holder(ctx, i)
		if err != nil {
			return h, err
		}
		if found && gone.Patient.ID == h.Patient.ID && !gone.Former {
			today = append(today, i)
		}
	}
	if len(today) == 0 {
		return h, nil
	}
	if err := p.changeNumber(ctx, h.Patient.ID, today, stays); err != nil {
		return h, err
	}
	for _, i := range stays {
		if now, found, err := p.Holder(ctx, i); err != nil || found {
			return now, err
		}
	}
	return h, nil
}

// mergeOne joins the patient who has a number of MRG into the survivor. What a person
// has parted no message joins again.
func (p *mapping) mergeOne(ctx context.Context, survivorID string, old patient.Identifier) error {
	gone, found, err := p.Holder(ctx, old)
	switch {
	case err != nil:
		return err
	case !found:
		p.warnAt(p.m.First("MRG"), "MRG-1 names a patient that is not known: the number is noted for the survivor")
		old.Former = true
		return p.AddIdentifier(ctx, survivorID, old)
	case gone.Patient.ID == survivorID:
		return nil
	}
	by, at, parted, err := p.Parted(ctx, survivorID, gone.Patient.ID)
	if err != nil {
		return err
	}
	if parted {
		return &ParkError{Numbers: []patient.Identifier{old}, Reason: fmt.Sprintf(
			"%s undid the merge of these two on %s: if they are one person all the same, "+
				"`wardctl merges redo` joins them",
			foreign.Line(by, 40), at.In(p.im.options.Location).Format(time.DateOnly))}
	}
	survivor, _, err := p.Patient(ctx, survivorID)
	if err != nil {
		return err
	}
	if p.mergeDoubts(survivor.Patient, gone.Patient) {
		if err := p.TellUnlike(ctx, survivorID, gone.Patient.ID); err != nil {
			return err
		}
	}
	if err := p.Merge(ctx, survivorID, gone.Patient.ID); err != nil || survivor.Bed == "" || gone.Bed == "" {
		return err
	}
	one, _, err := p.Patient(ctx, survivorID)
	if err == nil {
		p.warnAt(p.m.First("MRG"), "the two that are merged both have a bed: %q of ward %q is shown", one.Bed, one.Ward)
	}
	return err
}

// mergeDoubts warns where two that are merged do not look like one person. unlike
// reports that neither name nor date of birth fits.
func (p *mapping) mergeDoubts(survivor, gone patient.Patient) (unlike bool) {
	mrg := p.m.First("MRG")
	if patient.OtherName(survivor.FullName(), gone.FullName()) {
		switch a, b := survivor.Birth(), gone.Birth(); {
		case patient.OtherBirth(a, b):
			unlike = true
			p.warnAt(mrg, "the two that are merged have plainly other names and dates of birth")
		case !patient.BirthFits(a, b):
			p.warnAt(mrg,
				"the two that are merged have plainly other names, and no date of birth says that they are one")
		}
	}
	switch {
	case survivor.Deceased != gone.Deceased:
		p.warnAt(mrg, "one of the two that are merged has died by the record, the other not: "+
			"they are shown as one who has died")
	case survivor.Deceased && !survivor.Died.IsZero() && !gone.Died.IsZero() && !survivor.Died.Equal(gone.Died):
		p.warnAt(mrg, "the two that are merged died at other times by the record: the time of the survivor stands")
	}
	return unlike
}
