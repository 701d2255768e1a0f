package hl7

import (
	"slices"
	"strings"
)

// Limits of what one message may hold, beside its length: its transaction keeps every
// other writer of the record waiting.
const (
	maxSegments  = 6_000
	maxNumbers   = 200   // that name one patient: each is looked up
	maxAllergies = 500   // each is compared with all others
	maxSigns     = 1_500 // vital signs: each is brought to the set that it fits in
)

// parted are the repetitions of the fields that were asked for last, so that a walk over
// the repetitions of a field parts it once.
type parted struct {
	fields [4]struct {
		raw   string
		parts []string
	}
	next int
	cuts int // how often a field was parted, for the tests
}

// of parts a field as it was sent.
func (p *parted) of(raw string, by byte) []string {
	if strings.IndexByte(raw, by) < 0 {
		return []string{raw}
	}
	for n := range p.fields {
		if f := &p.fields[n]; f.parts != nil && len(f.raw) == len(raw) && f.raw == raw {
			return f.parts
		}
	}
	f := &p.fields[p.next]
	p.next, p.cuts = (p.next+1)%len(p.fields), p.cuts+1
	f.raw, f.parts = raw, strings.Split(raw, string(by))
	return f.parts
}

// repetition is one repetition of a field as it was sent, counted from 0.
func (s Segment) repetition(field, repetition int) string {
	raw := s.Raw(field)
	if repetition == 0 || raw == "" {
		return part(raw, s.d.repetition, repetition)
	}
	parts := s.d.parted.of(raw, s.d.repetition)
	if repetition >= len(parts) {
		return ""
	}
	return parts[repetition]
}

// tooMuch refuses a message that holds more than one about a patient can mean, and would
// keep the record to itself.
func (p *mapping) tooMuch() error {
	allergies, signs := 0, 0
	for _, s := range p.m.Segments {
		switch s.Name {
		case "PID", "MRG":
			field := map[string]int{"PID": 3, "MRG": 1}[s.Name]
			if n := s.Repeats(field); n > maxNumbers {
				return refusef("%s-%d has %d numbers, and %d are the most: have it sent with fewer", s.Name, field, n,
					maxNumbers)
			}
		case "AL1", "IAM":
			allergies++
		case "OBX":
			sign, _ := vitalOf(s)
			if sign != "" || slices.Contains(pressurePanels, s.Text(3, 1)) {
				signs++
			}
		}
	}
	switch {
	case allergies > maxAllergies:
		return refusef("%d allergies in one message, and %d are the most: have it sent in parts", allergies,
			maxAllergies)
	case signs > maxSigns:
		return refusef("%d vital signs of one patient in one message, and %d are the most: have it sent in parts",
			signs,
			maxSigns)
	}
	return nil
}
