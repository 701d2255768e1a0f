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
	if doubtful(mrg, 1) || doubtful(pid, 3) {
		return &ParkError{Reason: doubtfulNumber, Numbers: old}
	}
	now := without(p.im.own(pid, 3), old)
	if len(now) == 0 {
		return refusef("PID-3 names no number that MRG-1 becomes")
	}
	p.number = now[0].Value
	who, err := p.holderOf(ctx, pid, old, false)
	if _, is := parkedFor(err, nobodyHas); is {
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
	return p.changeNumber(ctx, h.Patient.ID, old, now)
}

// changeNumber brings a change to the record, by when it happened: files do not come
// in their order, and an older change must not undo a newer one.
func (p *mapping) changeNumber(ctx context.Context, patientID string, old, now []patient.Identifier) error {
	at := p.told()
	if r, err := readTime(p.m.First("EVN").Raw(6), p.zone()); err == nil && r.part >= toHour {
		if happened := p.im.rebase(r.at); !happened.After(p.im.received) {
			at = happened
		}
	}
	old, err := p.asWritten(ctx, patientID, old, now)
	if err != nil {
		return err
	}
	late, err := p.Renumber(ctx, patientID, old, now, at)
	if err == nil && late {
		p.warnAt(p.m.First("MRG"), "a newer change of number than this one is known, and stands")
	}
	return err
}

// asWritten adds to numbers the forms in which the patient's record has them: it may
// have a number written otherwise.
func (p *mapping) asWritten(
	ctx context.Context,
	patientID string,
	numbers, but []patient.Identifier,
) ([]patient.Identifier, error) {
	s, _, err := p.Patient(ctx, patientID)
	if err != nil {
		return nil, err
	}
	var all []patient.Identifier
	for _, i := range numbers {
		all = append(all, i)
		for _, had := range s.Patient.Identifiers {
			if had.Same(i) && !has(but, had) && !has(all, had) {
				all = append(all, had)
			}
		}
	}
	return all, nil
}

func (p *mapping) keepDescribed(ctx context.Context, h Holder, out []patient.Identifier) error {
	s, changed, err := p.described(ctx, h, out)
	if err != nil || !changed {
		return err
	}
	return p.PutPatient(ctx, s)
}
