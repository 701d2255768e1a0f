package hl7

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/foreign"
	"github.com/wardlight/wardlight/app/patient"
)

// authorityIn are the components of a CX that say who gave a number, the first that
// says anything before the others: the assigning authority, else the facility, the
// jurisdiction or the agency that did.
var authorityIn = []int{4, 6, 9, 10}

// authorities are who gave a number: a namespace, an OID, or both.
func authorities(s Segment, field, n int) []string {
	for _, c := range authorityIn {
		if out := filled(s.Sub(field, n, c, 1), s.Sub(field, n, c, 2)); len(out) > 0 {
			return out[:min(len(out), 2)]
		}
	}
	return nil
}

// identifiers lists all numbers of a CX field. Who gave a number is the namespace
// of CX-4, or its OID, or, where it names neither, CX-6, 9 or 10, or the site's own
// authority. One with both makes two of a number: either finds the patient. What only
// stands for a number ("000000000") is none.
func (im *Importer) identifiers(s Segment, field int) []patient.Identifier {
	var out []patient.Identifier
	for n := range min(s.Repeats(field), maxNumbers) { // more are refused: see [mapping.tooMuch]
		value := s.Component(field, n, 1) // a plain text
		if patient.Placeholder(value) {
			continue
		}
		from := authorities(s, field, n)
		if len(from) == 0 {
			from = []string{im.options.Authority}
		}
		for _, a := range from {
			i := patient.Identifier{Authority: a, Type: patient.NumberType(s.Rep(field, n, 5)), Value: value}
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	return out
}

// own lists the numbers of a CX field that say who somebody is, the best first:
// those of the wanted authority before others, and MRNs before other numbers. Where
// there is none, a number of the site's own authority is one whatever its type is,
// unless that says that it is no patient's.
func (im *Importer) own(s Segment, field int) []patient.Identifier {
	all := im.identifiers(s, field)
	out := slices.DeleteFunc(slices.Clone(all), func(i patient.Identifier) bool { return !i.Own() })
	if len(out) == 0 && im.options.Authority != "" {
		out = slices.DeleteFunc(all, func(i patient.Identifier) bool {
			return patient.FoldNumber(i.Authority) != patient.FoldNumber(im.options.Authority) || i.OfOther()
		})
	}
	rank := func(i patient.Identifier) int {
		n := 0
		if im.options.Authority != "" && i.Authority != im.options.Authority {
			n += 2
		}
		if i.Type != patient.MRN {
			n++
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b patient.Identifier) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// doubtful reports whether a number of a CX field holds a control character or the end
// of a line: what is left of it without them may be another's number.
func doubtful(s Segment, field int) bool {
	for n := range s.Repeats(field) {
		sent := unescape(s.component(field, n, 1), *s.d)
		if foreign.Held(sent) || strings.ContainsAny(strings.Trim(sent, " "), "\r\n\t\f\v\u0085\u2028\u2029") {
			return true
		}
	}
	return false
}

// typesSent are the types of the numbers of a CX field, as a reason names them.
func (im *Importer) typesSent(s Segment, field int) string {
	var out []string
	for _, i := range im.identifiers(s, field) {
		sent := foreign.Line(i.Type, 8)
		if i.Authority != "" {
			sent += " of " + foreign.Line(i.Authority, 20)
		}
		if !slices.Contains(out, sent) {
			out = append(out, sent)
		}
	}
	return strings.Join(out, ", ")
}

// identify chooses the number by which a patient is named.
func (im *Importer) identify(s Segment, field int) (patient.Identifier, bool) {
	all := im.own(s, field)
	if len(all) == 0 {
		return patient.Identifier{}, false
	}
	return all[0], true
}

// has reports whether a list has a number, a former one or not.
func has(list []patient.Identifier, i patient.Identifier) bool {
	return slices.ContainsFunc(list, func(x patient.Identifier) bool {
		return x.Authority == i.Authority && x.Type == i.Type && x.Value == i.Value
	})
}

// without is a list without the numbers of another.
func without(list, other []patient.Identifier) []patient.Identifier {
	return slices.DeleteFunc(slices.Clone(list), func(i patient.Identifier) bool { return has(other, i) })
}

// withIdentifiers adds what is new, and not what is only written otherwise.
func withIdentifiers(have, more []patient.Identifier) []patient.Identifier {
	have = slices.Clone(have)
	for _, i := range more {
		if !slices.ContainsFunc(have, i.Same) {
			have = append(have, i)
		}
	}
	slices.SortFunc(have, func(a, b patient.Identifier) int {
		return slices.Compare([]string{a.Authority, a.Type, a.Value}, []string{b.Authority, b.Type, b.Value})
	})
	return have
}
