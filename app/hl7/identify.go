package hl7

import (
	"cmp"
	"slices"

	"github.com/wardlight/wardlight/app/patient"
)

// identifiers lists all numbers of a CX field. Who gave a number is the namespace
// of CX-4, or its OID, or, where it names neither, the site's own authority. A CX-4
// with both makes two of a number: either finds the patient. What only stands for
// a number ("000000000") is none.
func (im *Importer) identifiers(s Segment, field int) []patient.Identifier {
	var out []patient.Identifier
	for n := range min(s.Repeats(field), maxNumbers) { // more are refused: see [mapping.tooMuch]
		value := s.Component(field, n, 1) // a plain text
		if patient.Placeholder(value) {
			continue
		}
		authorities := []string{s.Sub(field, n, 4, 1), s.Sub(field, n, 4, 2)}
		authorities = slices.DeleteFunc(authorities, func(a string) bool { return a == "" })
		if len(authorities) == 0 {
			authorities = []string{im.options.Authority}
		}
		for _, a := range authorities {
			i := patient.Identifier{Authority: a, Type: patient.NumberType(s.Rep(field, n, 5)), Value: value}
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	return out
}

// own lists the numbers of a CX field that say who somebody is, the best first:
// those of the wanted authority before others, and MRNs before other numbers.
func (im *Importer) own(s Segment, field int) []patient.Identifier {
	out := slices.DeleteFunc(im.identifiers(s, field), func(i patient.Identifier) bool { return !i.Own() })
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
