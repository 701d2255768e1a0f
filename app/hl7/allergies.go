package hl7

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// allergies reads AL1, which lists what there is, and IAM, which adds and takes
// back. That there is neither means that nothing was said, not that the patient
// has no allergies. kept names the segment of which something is not taken, since
// something newer stands.
func (p *mapping) allergies(w patient.Word, s *patient.Summary) (kept string) {
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
		return ""
	}
	left, against := s.React(w, said)
	if against {
		p.warnAt(last, "no allergies are said to be known, and the record has some: they are kept")
	}
	if left > 0 {
		p.warnAt(last, "AL1 no longer names %d recorded allergies: they are taken out", left)
	}
	if s.KeptFrom(w, said) {
		return last.Name
	}
	return ""
}

// listed reads one AL1.
func (p *mapping) listed(al Segment, said *patient.Allergies) {
	if al.Null(3) {
		said.Whole = true
		return
	}
	a, none, is := p.substance(al)
	switch {
	case is:
		said.None = none
	case a.Substance != "":
		a.Since = p.day(al, 6)
		said.Whole = true
		said.Has = append(said.Has, a)
	}
}

// reported reads one IAM. Its action is A (add), U (update), D (delete) or X (no
// change); without one it adds.
func (p *mapping) reported(iam Segment, said *patient.Allergies) {
	action := strings.ToUpper(iam.Text(6, 1))
	if iam.Null(3) {
		said.Whole = true
		return
	}
	a, none, is := p.substance(iam)
	switch {
	case action == "X" || !is && a.Substance == "":
	case is && action == "D": // "none known" is taken back: nothing is said instead
		p.warnAt(iam, "IAM-6 takes back that no allergies are known: the record stands")
	case is:
		said.None = none
	case action == "D":
		said.Gone = append(said.Gone, a)
	default:
		if action != "" && action != "A" && action != "U" {
			p.warnAt(iam, "IAM-6 is none of A, D, U, X: the allergy is added")
		}
		said.Has = append(said.Has, a)
	}
}

// substance reads fields 2 to 5 of an AL1 or IAM. is: it names none and says that
// no allergy is known instead.
func (p *mapping) substance(seg Segment) (a patient.Allergy, none patient.AllergyStatus, is bool) {
	code, system := seg.Component(3, 0, 1), seg.Component(3, 0, 3)
	text := firstOf(seg.Component(3, 0, 2), seg.Component(3, 0, 5), seg.Component(3, 0, 9))
	if code == "" {
		code, system = seg.Component(3, 0, 4), seg.Component(3, 0, 6)
	}
	if code == "" && text == "" {
		p.warnAt(seg, "%s-3 names no substance", seg.Name)
		return a, "", false
	}
	if none, is = patient.NotASubstance(code, text); is {
		if none == patient.AllergiesNotRecorded {
			p.warnAt(seg, "%s-3 says neither a substance nor that no allergies are known: the record stands", seg.Name)
			return a, "", false
		}
		return a, none, true
	}
	a = patient.Allergy{Substance: strings.TrimSuffix(firstOf(text, code), " (disorder)"), Type: seg.Text(2, 1),
		Code: code, System: system, Severity: seg.Text(4, 1)}
	if text == "" { // a text sent as a code
		a.Code, a.System = "", ""
	}
	var reactions []string
	for n := range seg.Repeats(5) {
		words := seg.Component(5, n, 1)
		if coded := seg.Component(5, n, 2); coded != "" && strings.ContainsAny(words, "0123456789") {
			words = coded
		} else if coded != "" {
			words = strings.TrimSpace(words + " " + coded)
		}
		if words != "" {
			reactions = append(reactions, words)
		}
	}
	a.Reaction = strings.Join(reactions, ", ")
	return a, "", false
}

// day reads a date; a field that is none warns.
func (p *mapping) day(seg Segment, field int) time.Time {
	raw := seg.Raw(field)
	if raw == "" || seg.Null(field) {
		return time.Time{}
	}
	r, err := readTime(raw, p.zone())
	if err != nil {
		p.warnAt(seg, "%s-%d is no time that can be read", seg.Name, field)
		return time.Time{}
	}
	y, m, d := r.at.In(p.zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
