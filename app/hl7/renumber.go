package hl7

import (
	"context"

	"github.com/wardlight/wardlight/app/patient"
)

// renumber is A46 and A47: the number of MRG-1 becomes that of PID-3. The record
// stays the patient's, whatever it was filed under; the old number still finds it.
func (p *mapping) renumber(ctx context.Context) error {
	return p.pairs(ctx, (*mapping).renumberPair)
}

func (p *mapping) renumberPair(ctx context.Context) error {
	pid, mrg := p.m.First("PID"), p.m.First("MRG")
	old := p.prior(mrg)
	if len(old) == 0 {
		return refusef("MRG-1 names nobody")
	}
	now := without(p.im.own(pid, 3), old)
	if len(now) == 0 {
		return refusef("PID-3 names no number that MRG-1 becomes")
	}
	p.number = now[0].Value
	who, err := p.holderOf(ctx, pid, old, false)
	if _, is := parkedFor(err, "nobody has this number"); is {
		return p.renumberUnknown(ctx, pid, now, old)
	}
	if err != nil {
		return err
	}
	for _, i := range now {
		other, found, err := p.Holder(ctx, i)
		if err != nil {
			return err
		}
		if found && other.Patient.ID != who.Patient.ID {
			return &ParkError{Reason: "the new number is another patient's already", Numbers: now}
		}
	}
	if err := p.changeNumber(ctx, who.Patient.ID, old, now); err != nil {
		return err
	}
	h, err := p.holderOf(ctx, pid, now, false)
	if err != nil {
		return err
	}
	return p.keepDescribed(ctx, h, old)
}

// renumberUnknown notes a number that nobody had as a former one.
func (p *mapping) renumberUnknown(ctx context.Context, pid Segment, now, old []patient.Identifier) error {
	h, err := p.holderOf(ctx, pid, now, true)
	if err != nil {
		return err
	}
	if err := p.keepDescribed(ctx, h, old); err != nil {
		return err
	}
	for _, i := range old {
		i.Former = true
		if err := p.AddIdentifier(ctx, h.Patient.ID, i); err != nil {
			return err
		}
	}
	return nil
}

// changeNumber brings a change of number to the record, which may have the old number
// written otherwise.
func (p *mapping) changeNumber(ctx context.Context, patientID string, old, now []patient.Identifier) error {
	s, _, err := p.Patient(ctx, patientID)
	if err != nil {
		return err
	}
	var were []patient.Identifier
	for _, i := range old {
		were = append(were, i)
		for _, had := range s.Patient.Identifiers {
			if had.Same(i) && !has(now, had) && !has(were, had) {
				were = append(were, had)
			}
		}
	}
	return p.Renumber(ctx, patientID, were, now)
}

func (p *mapping) keepDescribed(ctx context.Context, h Holder, out []patient.Identifier) error {
	s, changed, err := p.described(ctx, h, out)
	if err != nil || !changed {
		return err
	}
	return p.PutPatient(ctx, s)
}
