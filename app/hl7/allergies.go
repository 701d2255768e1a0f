package hl7

import (
	"context"
	"strings"

	"github.com/wardlight/wardlight/app/patient"
)

// allergies reads AL1, which lists what there is, and IAM, which adds and takes
// back. That there is neither means that nothing was said, not that the patient
// has no allergies. What comes by the number of a record that was merged away is
// kept with that record too: an undo must not lose it. kept names the segment of
// which something is not taken, since something newer stands.
func (p *mapping) allergies(
	ctx context.Context,
	w patient.Word,
	h Holder,
	s *patient.Summary,
) (kept string, err error) {
	var said patient.Allergies
	var last Segment
	for _, seg := range p.m.Segments {
		switch seg.Name {
		case "AL1":
			p.listed(seg, &said)
		case "IAM":
			p.reported(seg, &said)
		default:
			continue
		}
		last = seg
	}
	if said.Empty() {
		return "", nil
	}
	did := s.React(w, said)
	if did.Against {
		p.warnAt(last, "no allergies are said to be known, and the record has some: they are kept")
	}
	if did.Left > 0 {
		p.warnAt(last, "AL1 no longer names %d recorded allergies: they are taken out", did.Left)
	}
	if did.Missed > 0 {
		p.warnAt(
			last,
			"IAM-6 takes back %d allergies under another name or IAM-7 than those that are recorded: these stand",
			did.Missed,
		)
	}
	if did.Renamed > 0 {
		p.warnAt(
			last,
			"IAM-7 identifies %d recorded allergies that IAM-3 names otherwise: IAM-7 is followed",
			did.Renamed,
		)
	}
	if did.Unknown > 0 {
		p.warnAt(last, "IAM-6 takes back %d allergies that are not recorded", did.Unknown)
	}
	if s.KeptFrom(said, did) {
		kept = last.Name
	}
	if !h.Former || h.First.ID == "" {
		return kept, nil
	}
	return kept, p.ReactMerged(ctx, h.First.ID, w.At, said)
}

// listed reads one AL1.
func (p *mapping) listed(al Segment, said *patient.Allergies) {
	if al.Null(3) {
		said.Whole = true
		return
	}
	for n := range max(1, al.Repeats(3)) {
		a, none, is := p.substance(al, n)
		switch {
		case is:
			said.Known(none)
		case a.Substance != "":
			a.Since = p.day(al, 6)
			said.Whole = true
			said.Has = append(said.Has, a)
		}
	}
}

// reported reads one IAM. Its action is A (add), U (update), D (delete) or X (no
// change); without one it adds. It is never the whole list, so that "" is nothing.
func (p *mapping) reported(iam Segment, said *patient.Allergies) {
	action := strings.ToUpper(iam.Text(6, 1))
	if iam.Null(3) {
		p.warnAt(iam, `IAM-3 is "", and an IAM acts on one allergy: nothing is changed`)
		return
	}
	for n := range max(1, iam.Repeats(3)) {
		p.reportedOne(iam, n, action, said)
	}
}

// reportedOne reads one repetition of IAM-3.
func (p *mapping) reportedOne(iam Segment, n int, action string, said *patient.Allergies) {
	a, none, is := p.substance(iam, n)
	a.Entry = entryID(iam)
	switch {
	case action == "X" || !is && a.Substance == "":
	case is && action == "D": // "none known" is taken back: nothing is said instead
		p.warnAt(iam, "IAM-6 takes back that no allergies are known: the record stands")
	case is:
		said.Known(none)
	case action == "D":
		said.Gone = append(said.Gone, a)
	default:
		if action != "" && action != "A" && action != "U" {
			p.warnAt(iam, "IAM-6 is none of A, D, U, X: the allergy is added")
		}
		said.Has = append(said.Has, a)
		if action == "U" && iam.Repeats(3) == 1 {
			said.Updated = append(said.Updated, a)
		}
	}
}
