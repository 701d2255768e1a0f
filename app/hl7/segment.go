package hl7

import (
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/app/foreign"
)

// Segment is one line of a message. Its fields are decoded as they are asked
// for.
type Segment struct {
	Name   string
	nth    int      // of its name in the message, from 1
	fields []string // index n holds field n; index 0 is not used
	d      *delimiters
}

// Place names the segment in its message: "OBX 2" is the second OBX.
func (s Segment) Place() string {
	if s.nth == 0 {
		return s.Name
	}
	return fmt.Sprintf("%s %d", s.Name, s.nth)
}

// Raw is a field as sent, with repetitions and escapes; "" if absent.
func (s Segment) Raw(field int) string {
	if field < 1 || field >= len(s.fields) {
		return ""
	}
	return s.fields[field]
}

// Null reports whether a field says "delete what you have": two quotes, or two quotes in
// each of its components.
func (s Segment) Null(field int) bool {
	raw := s.Raw(field)
	if !strings.HasPrefix(raw, `""`) || s.d == nil {
		return false
	}
	raw = strings.TrimRight(raw, string(s.d.component))
	for one := range strings.SplitSeq(raw, string(s.d.component)) {
		if one != `""` {
			return false
		}
	}
	return true
}

// Repeats returns how often a field is given; 0 if it is empty.
func (s Segment) Repeats(field int) int {
	raw := s.Raw(field)
	if raw == "" {
		return 0
	}
	if s.Name == "MSH" && field <= 2 {
		return 1
	}
	return strings.Count(raw, string(s.d.repetition)) + 1
}

// Text is a component, counted from 1, of a field's first repetition, decoded.
// Null and absent are both "".
func (s Segment) Text(field, component int) string { return s.Rep(field, 0, component) }

// Rep is a component of the given repetition, counted from 0. Of several
// subcomponents it is the first.
func (s Segment) Rep(field, repetition, component int) string {
	return s.Sub(field, repetition, component, 1)
}

// Sub is one subcomponent, counted from 1.
func (s Segment) Sub(field, repetition, component, subcomponent int) string {
	if s.Name == "MSH" && field <= 2 {
		return s.Raw(field)
	}
	return s.decoded(part(s.component(field, repetition, component), s.d.subcomponent, subcomponent-1))
}

// Component is a component of the given repetition with its subcomponents: for
// coded texts, in which an "&" that was not escaped is text.
func (s Segment) Component(field, repetition, component int) string {
	if s.Name == "MSH" && field <= 2 {
		return s.Raw(field)
	}
	return s.decoded(s.component(field, repetition, component))
}

// Whole is the given repetition of a field as one text: for the types TX, FT
// and ST, in which "^" and "&" that were not escaped are text.
func (s Segment) Whole(field, repetition int) string {
	if s.Name == "MSH" && field <= 2 {
		return s.Raw(field)
	}
	return s.decoded(s.repetition(field, repetition))
}

// Cleaned reports whether a repetition of a field held characters that steer or
// hide, which the methods that read it take out: see [foreign.Held].
func (s Segment) Cleaned(field, repetition int) bool {
	if s.Name == "MSH" && field <= 2 {
		return false
	}
	return foreign.Held(unescape(s.repetition(field, repetition), *s.d))
}

func (s Segment) component(field, repetition, component int) string {
	return part(s.repetition(field, repetition), s.d.component, component-1)
}

// decoded is a piece of a field as text; `""` is none.
func (s Segment) decoded(raw string) string {
	if raw == `""` {
		return ""
	}
	return foreign.Text(unescape(raw, *s.d))
}

// part is the nth piece of s, counted from 0.
func part(s string, by byte, n int) string {
	if by == 0 {
		if n == 0 {
			return s
		}
		return ""
	}
	for ; n > 0; n-- {
		_, rest, found := strings.Cut(s, string(by))
		if !found {
			return ""
		}
		s = rest
	}
	s, _, _ = strings.Cut(s, string(by))
	return s
}
