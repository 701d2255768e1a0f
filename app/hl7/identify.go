package hl7

import (
	"context"
	"slices"

	"github.com/wardlight/wardlight/app/patient"
)

// identifiers lists all numbers of a CX field.
func (im *importer) identifiers(s Segment, field int) []patient.Identifier {
	var out []patient.Identifier
	for n := range s.Repeats(field) {
		i := patient.Identifier{Authority: s.Rep(field, n, 4), Type: s.Rep(field, n, 5), Value: s.Rep(field, n, 1)}
		if i.Type == "MR" { // HL7 table 0203
			i.Type = "MRN"
		}
		if i.Value != "" && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// identify chooses the number by which the patient is known: the MRN of the
// wanted authority, whatever place it stands in; without a wanted one the first
// MRN, else the first number that is no national one.
func (im *importer) identify(s Segment, field int) (patient.Identifier, bool) {
	all := im.identifiers(s, field)
	for _, rule := range []func(patient.Identifier) bool{
		func(i patient.Identifier) bool { return i.Type == "MRN" },
		func(i patient.Identifier) bool { return i.Type == "" || i.Type == "PI" },
	} {
		for _, i := range all {
			if rule(i) && (im.options.Authority == "" || i.Authority == im.options.Authority) {
				i.Type = "MRN"
				return i, true
			}
		}
	}
	return patient.Identifier{}, false
}

// withIdentifiers adds what is new.
func withIdentifiers(have, more []patient.Identifier) []patient.Identifier {
	for _, i := range more {
		if !slices.Contains(have, i) {
			have = append(have, i)
		}
	}
	slices.SortFunc(have, func(a, b patient.Identifier) int {
		return slices.Compare([]string{a.Authority, a.Type, a.Value}, []string{b.Authority, b.Type, b.Value})
	})
	return have
}

// merge joins each MRG's patient into the PID's before it (A40 may hold
// several pairs). If the one that goes lies in a bed and the one that stays in
// none, the bed goes along: somebody lies in it.
func (p *mapping) merge(ctx context.Context) error {
	s, err := p.person(ctx)
	if err != nil {
		return err
	}
	merged := 0
	for n, seg := range p.m.Segments {
		if seg.Name == "PID" && merged > 0 {
			pair := &Message{Segments: append([]Segment{p.m.First("MSH")}, p.m.Segments[n:]...), d: p.m.d}
			next := &mapping{Writer: p.Writer, m: pair, im: p.im}
			err := next.merge(ctx)
			p.outcome.Warnings = append(p.outcome.Warnings, next.outcome.Warnings...)
			return err
		}
		if seg.Name != "MRG" {
			continue
		}
		merged++
		old, ok := p.im.identify(seg, 1)
		if !ok {
			return refusef("MRG-1 names nobody")
		}
		if err := p.mergeOne(ctx, s.Patient.ID, old); err != nil {
			return err
		}
	}
	if merged == 0 {
		return refusef("a merge without MRG")
	}
	return nil
}

func (p *mapping) mergeOne(ctx context.Context, survivor string, old patient.Identifier) error {
	gone, found, err := p.PatientByIdentifier(ctx, old)
	switch {
	case err != nil:
		return err
	case !found:
		p.warnf("MRG-1 names a patient that is not known: the number is noted for the survivor")
		return p.AddIdentifier(ctx, survivor, old)
	case gone.Patient.ID == survivor:
		return nil
	}
	if err := p.Merge(ctx, survivor, gone.Patient.ID); err != nil || gone.Ward == "" {
		return err
	}
	id, _ := p.im.identify(p.m.First("PID"), 3)
	s, _, err := p.PatientByIdentifier(ctx, id)
	if err != nil || s.Ward != "" {
		return err
	}
	s.Ward, s.Bed, s.Admitted = gone.Ward, gone.Bed, gone.Admitted
	return p.PutPatient(ctx, s)
}
