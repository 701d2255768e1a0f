// Package hl7 reads HL7 version 2 messages and brings them to the record:
// admissions, transfers, discharges, merges (ADT) and results and vital signs
// (ORU). It trusts nothing it reads: a message is taken whole or refused, and
// whatever it does not take is counted and said, never dropped in silence.
package hl7

import (
	"errors"
	"fmt"
	"strings"
)

// ErrSyntax means a message does not follow the HL7 v2 encoding rules.
var ErrSyntax = errors.New("hl7: not a well-formed message")

// delimiters are the characters that MSH-1 and MSH-2 of a message declare.
type delimiters struct {
	field, component, repetition, escape, subcomponent byte
	set                                                *charset // of the message, for bytes in escape sequences
	parted                                             *parted
}

// Message is one parsed message.
type Message struct {
	Segments []Segment
	// Charset is the character set that the message was read in.
	Charset string
	// Warnings tell of what was read otherwise than the message says of itself.
	Warnings []Warning
	d        delimiters
}

// Parse reads one message. Its segments end in CR, in LF or in both; where the
// first ends in CR, an LF is text. It returns [ErrSyntax] for what is not a
// message.
//
// The bytes are decoded, as MSH-18 says, before they are parted: a second byte
// may be any delimiter. Without MSH-18 a message is UTF-8 if it can be, else
// windows-1252, with a warning. What is not of the character set is
// [ErrCharset].
func Parse(raw []byte) (*Message, error) { return parse(raw, false) }

// parse is [Parse]; utf means that the message is known to be UTF-8, whatever
// MSH-18 says.
func parse(raw []byte, utf bool) (*Message, error) {
	raw, marked := trimJunk(raw)
	lines := segmentsOf(raw)
	switch {
	case len(lines) == 0:
		return nil, fmt.Errorf("%w: empty", ErrSyntax)
	case len(lines) > maxSegments:
		return nil, fmt.Errorf("%w: more than %d segments: have it sent in parts", ErrTooLong, maxSegments)
	}
	m := &Message{}
	var err error
	if m.d, err = declared(string(lines[0])); err != nil {
		return nil, err
	}
	set, warnings, err := charsetFor(lines, m.d, marked || utf)
	if err != nil {
		return nil, err
	}
	m.d.set, m.d.parted, m.Charset, m.Warnings = set, &parted{}, set.name, warnings
	if m.d.escape == 0 && m.d.subcomponent != 0 {
		text := "MSH-2 has three characters, the last an &: it parts subcomponents, and there are no escapes"
		m.Warnings = append(m.Warnings, Warning{Kind: text, Segment: "MSH 1", Text: text})
	}
	nth := map[string]int{}
	for n, raw := range lines {
		line, bad := set.decode(raw)
		if bad >= 0 {
			return nil, misplaced(set, spotOf(lines, n, bad))
		}
		name, _, _ := strings.Cut(line, string(m.d.field))
		if !segmentName(name) {
			return nil, fmt.Errorf("%w: line %d is no segment", ErrSyntax, n+1)
		}
		if n > 0 && name == "MSH" {
			return nil, fmt.Errorf("%w: a second MSH in line %d", ErrSyntax, n+1)
		}
		fields := strings.Split(line, string(m.d.field))
		if name == "MSH" { // MSH-1 is the separator itself
			fields = append([]string{"", string(m.d.field)}, fields[1:]...)
		}
		nth[name]++
		s := Segment{Name: name, nth: nth[name], fields: fields, d: &m.d}
		m.Segments = append(m.Segments, s)
		m.suspect(s, line)
	}
	return m, nil
}

// suspect warns of what a segment holds that may be read otherwise than it was
// meant.
func (m *Message) suspect(s Segment, line string) {
	warn := func(text string) {
		m.Warnings = append(m.Warnings, Warning{Kind: text, Segment: s.Place(), Text: text})
	}
	for rest := line; ; {
		_, next, found := strings.Cut(rest, "\n")
		if !found {
			break
		}
		if beginsSegment([]byte(next), []byte("MSH"+string(m.d.field))) {
			warn("a line of its text begins as a segment does: it is text, for segments end in CR here")
			break
		}
		rest = next
	}
	if m.d.escape != 0 && strings.Contains(line, string(m.d.escape)+"X") && s.Name != "MSH" && undecoded(line, m.d) {
		warn("a hexadecimal escape is not of the message's character set: it stays as it was sent")
	}
}

// declared reads the delimiters from an MSH segment.
func declared(line string) (delimiters, error) {
	if len(line) < 8 || !strings.HasPrefix(line, "MSH") {
		return delimiters{}, fmt.Errorf("%w: no MSH", ErrSyntax)
	}
	d := delimiters{field: line[3]}
	chars, _, _ := strings.Cut(line[4:], string(d.field))
	if len(chars) < 2 || len(chars) > 5 { // a fifth, for truncation, came with version 2.7
		return d, fmt.Errorf("%w: MSH-2 declares %d characters", ErrSyntax, len(chars))
	}
	if len(chars) == 3 && chars[2] == '&' { // by its place an escape: nobody means it so
		chars = chars[:2] + "\x00&"
	}
	chars = (chars + "\x00\x00")[:max(4, len(chars))]
	d.component, d.repetition, d.escape, d.subcomponent = chars[0], chars[1], chars[2], chars[3]
	seen := map[byte]bool{0: true}
	for _, c := range []byte{d.field, d.component, d.repetition, d.escape, d.subcomponent} {
		letter := c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		if c != 0 && (seen[c] || letter || c < ' ' || c > '~') {
			return d, fmt.Errorf("%w: MSH declares %q as a delimiter", ErrSyntax, c)
		}
		seen[c] = true
	}
	return d, nil
}

func segmentName(s string) bool {
	if len(s) != 3 {
		return false
	}
	for n := range 3 {
		if c := s[n]; (c < 'A' || c > 'Z') && (n == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// First returns the first segment of a name, or an empty one.
func (m *Message) First(name string) Segment {
	for _, s := range m.Segments {
		if s.Name == name {
			return s
		}
	}
	return Segment{Name: name, d: &m.d}
}

// Has reports whether the message has a segment of a name.
func (m *Message) Has(name string) bool {
	for _, s := range m.Segments {
		if s.Name == name {
			return true
		}
	}
	return false
}
