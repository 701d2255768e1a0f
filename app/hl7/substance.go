package hl7

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// substance reads fields 2 to 5 of an AL1 or IAM, of field 3 one repetition. is: it
// names none and says that no allergy is known instead.
func (p *mapping) substance(seg Segment, n int) (a patient.Allergy, none patient.AllergyStatus, is bool) {
	code, system := seg.Component(3, n, 1), seg.Component(3, n, 3)
	codes := filled(code, seg.Component(3, n, 4))
	texts := filled(seg.Component(3, n, 2), seg.Component(3, n, 5), seg.Component(3, n, 9))
	if code == "" {
		code, system = seg.Component(3, n, 4), seg.Component(3, n, 6)
	}
	if code == "" && len(texts) == 0 {
		p.warnAt(seg, "%s-3 names no substance", seg.Name)
		return a, "", false
	}
	name, none, against := patient.Substance(codes, texts)
	a = patient.Allergy{Substance: strings.TrimSuffix(name, " (disorder)"), Type: seg.Text(2, 1),
		Code: code, System: system, Severity: p.severity(seg), Reaction: reactions(seg)}
	switch {
	case against:
		p.warnAt(
			seg,
			"%s-3 has a code or text of no known allergies, and another that names one: it is shown",
			seg.Name,
		)
		a.Code, a.System = "", "" // of none known, or of nobody knows which
		return a, "", false
	case name != "":
		return a, "", false
	case none == patient.AllergiesNotRecorded:
		p.warnAt(seg, "%s-3 says neither a substance nor that no allergies are known: the record stands", seg.Name)
		return patient.Allergy{}, "", false
	case contradicted(a):
		p.warnAt(
			seg,
			"%s-3 says that no allergies are known, and field 4 or 5 what one does: the record stands",
			seg.Name,
		)
		return patient.Allergy{}, "", false
	}
	return a, none, true
}

// contradicted reports whether what is said of no allergy has a severity or a reaction
// of one.
func contradicted(a patient.Allergy) bool {
	if a.Reaction != "" {
		if name, _, _ := patient.Substance(nil, []string{a.Reaction}); name != "" {
			return true
		}
	}
	return a.Severity == "SV" || a.Severity == "MO" || a.Severity == "MI"
}

// severity is field 4, the gravest of its repetitions. Of each the code counts or the
// words, whichever is known.
func (p *mapping) severity(seg Segment) (gravest string) {
	for n := range seg.Repeats(4) {
		severe, known := patient.Severity(filled(seg.Rep(4, n, 1), seg.Rep(4, n, 4), seg.Rep(4, n, 2),
			seg.Rep(4, n, 5), seg.Rep(4, n, 9)))
		if !known {
			p.warnAt(seg, "%s-4 is no severity that is known: it is shown as it was sent", seg.Name)
		}
		gravest = patient.Graver(gravest, severe)
	}
	return gravest
}

// reactions are all repetitions of field 5.
func reactions(seg Segment) string {
	var all []string
	for n := range seg.Repeats(5) {
		words := seg.Component(5, n, 1)
		if coded := seg.Component(5, n, 2); coded != "" && strings.ContainsAny(words, "0123456789") {
			words = coded
		} else if coded != "" {
			words = strings.TrimSpace(words + " " + coded)
		}
		if words != "" {
			all = append(all, words)
		}
	}
	return strings.Join(all, ", ")
}

// entryID is IAM-7, which tells the entries of one substance apart.
func entryID(iam Segment) string {
	return strings.Join(filled(iam.Text(7, 1), iam.Text(7, 2), iam.Text(7, 3)), "^")
}

// filled are the texts that say something.
func filled(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
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
