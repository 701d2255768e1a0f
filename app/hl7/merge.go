package hl7

import (
	"context"

	"github.com/wardlight/wardlight/app/patient"
)

// pairs runs f for each PID of a message with what follows it: an A40, A24 or A47
// may hold several. Several MRG behind one PID are as many pairs.
func (p *mapping) pairs(ctx context.Context, f func(*mapping, context.Context) error) error {
	first := -1
	for n, s := range p.m.Segments {
		if s.Name != "PID" {
			continue
		}
		if first < 0 {
			first = n
		}
		end := n + 1
		for end < len(p.m.Segments) && p.m.Segments[end].Name != "PID" {
			end++
		}
		for _, of := range eachMRG(p.m.Segments[n:end]) {
			one := *p.m
			one.Segments = append(append([]Segment{}, p.m.Segments[:first]...), of...)
			next := *p
			next.m, next.outcome = &one, outcome{}
			err := f(&next, ctx)
			p.number = next.number
			p.outcome.Warnings = append(p.outcome.Warnings, next.outcome.Warnings...)
			if err != nil {
				return err
			}
		}
	}
	if first < 0 {
		return refusef("PID-3 names nobody")
	}
	return nil
}

// eachMRG parts a PID with several MRG into one for each, with all else that follows
// the PID.
func eachMRG(segments []Segment) [][]Segment {
	var mrg []int
	for n, s := range segments {
		if s.Name == "MRG" {
			mrg = append(mrg, n)
		}
	}
	if len(mrg) < 2 {
		return [][]Segment{segments}
	}
	var out [][]Segment
	for _, keep := range mrg {
		var one []Segment
		for n, s := range segments {
			if s.Name != "MRG" || n == keep {
				one = append(one, s)
			}
		}
		out = append(out, one)
	}
	return out
}

// merge joins the patient of each MRG into that of the PID before it. PID-3 may
// list the number that goes as well: the others name the one that stays.
func (p *mapping) merge(ctx context.Context) error {
	if !p.m.Has("MRG") {
		return refusef("a merge without MRG")
	}
	return p.pairs(ctx, (*mapping).mergePair)
}

func (p *mapping) mergePair(ctx context.Context) error {
	if !p.m.Has("MRG") {
		return refusef("PID without MRG in a merge")
	}
	mrg, pid := p.m.First("MRG"), p.m.First("PID")
	old := p.prior(mrg)
	if len(old) == 0 {
		return refusef("MRG-1 names nobody")
	}
	if doubtful(mrg, 1) || doubtful(mrg, 4) {
		return &ParkError{Reason: doubtfulNumber, Numbers: old}
	}
	stays := p.im.own(pid, 3)
	if len(stays) == 0 { // persons are merged by the number of PID-2 (A30, A39)
		stays = p.im.own(pid, 2)
	}
	stays = without(stays, old)
	if len(stays) == 0 {
		return refusef("PID-3 and MRG-1 name the same number")
	}
	h, err := p.holderOf(ctx, pid, stays, true)
	if err != nil {
		return err
	}
	for _, i := range old {
		if err := p.mayGo(ctx, h, i); err != nil {
			return err
		}
	}
	if h, err = p.turnRound(ctx, h, stays, old); err != nil {
		return err
	}
	// The numbers that go are noted by the merge, not by the description.
	s, changed, err := p.described(ctx, h, old)
	if err == nil && changed {
		err = p.PutPatient(ctx, s)
	}
	if err != nil {
		return err
	}
	for _, i := range old {
		if err := p.mergeOne(ctx, s.Patient.ID, i); err != nil {
			return err
		}
	}
	return nil
}

// prior lists the numbers that a MRG takes out of use: MRG-1, or MRG-4 where
// persons are merged.
func (p *mapping) prior(mrg Segment) []patient.Identifier {
	if own := p.im.own(mrg, 1); len(own) > 0 {
		return own
	}
	return p.im.own(mrg, 4)
}

// described is describe with some numbers left out.
func (p *mapping) described(ctx context.Context, h Holder, out []patient.Identifier) (patient.Summary, bool, error) {
	s, changed, err := p.describe(ctx, h)
	s.Patient.Identifiers = append(without(s.Patient.Identifiers, out), kept(h.Patient.Identifiers, out)...)
	return s, changed, err
}

// kept are the numbers of a list that are among others.
func kept(list, among []patient.Identifier) []patient.Identifier {
	var out []patient.Identifier
	for _, i := range list {
		if has(among, i) {
			out = append(out, i)
		}
	}
	return out
}

// mayGo parks a merge of a number that was merged into somebody else before, since the
// two do not fit and one of them is wrong, and one of a number that may be another's.
func (p *mapping) mayGo(ctx context.Context, survivor Holder, old patient.Identifier) error {
	gone, found, err := p.Holder(ctx, old)
	if err != nil || !found {
		return err
	}
	park := func(reason string) error { return &ParkError{Reason: reason, Numbers: []patient.Identifier{old}} }
	switch {
	case gone.Former && gone.Patient.ID != survivor.Patient.ID:
		return park("the number to be merged is a former one of another patient")
	case p.twins(gone, old):
		return park("several patients have the number to be merged, each written otherwise")
	case gone.OtherType && gone.Patient.ID != survivor.Patient.ID && !p.fits(p.m.First("PID"), gone):
		return park(otherType)
	}
	return nil
}
