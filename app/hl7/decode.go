package hl7

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// announced are the escape sequences by which ISO-2022-JP says of itself that
// it is there; nothing else that a message holds looks like them.
var announced = regexp.MustCompile(`\x1b(?:\$[@B]|\$\(D|\([IJ])`)

// switched are HL7's own escapes that change the character set inside a field.
var switched = regexp.MustCompile(`\\[CM][0-9A-Fa-f]{4,6}\\`)

// decode reads bytes. bad is the offset of the first that is not of the set, -1
// if there is none.
func (c *charset) decode(raw []byte) (text string, bad int) {
	first := bytes.IndexFunc(raw, high)
	switch {
	case c.encoding == nil && !c.ascii:
		if utf8.Valid(raw) {
			return string(raw), -1
		}
		return "", invalid(raw)
	case first < 0 && bytes.IndexByte(raw, 0x1b) < 0:
		return string(raw), -1
	case c.ascii:
		return string(raw), first
	}
	for n, b := range raw {
		if b >= utf8.RuneSelf && c.only != nil && !c.only(b) {
			return "", n
		}
	}
	out, err := c.encoding.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsFunc(out, noText) {
		return "", c.place(raw)
	}
	if c == iso2022 {
		if n := open(raw); n >= 0 {
			return "", n
		}
	}
	return string(out), -1
}

// noText is what a decoder makes of bytes that are no character of the set: the
// replacement character, or a control character of the upper half.
func noText(r rune) bool { return r == utf8.RuneError || r >= 0x80 && r < 0xa0 }

func invalid(raw []byte) int {
	for n := 0; n < len(raw); {
		r, size := utf8.DecodeRune(raw[n:])
		if r == utf8.RuneError && size == 1 {
			return n
		}
		n += size
	}
	return 0
}

// place finds the first byte that does not decode, by decoding a character or
// so at a time.
func (c *charset) place(raw []byte) int {
	var dst [utf8.UTFMax]byte
	dec := c.encoding.NewDecoder().Transformer
	for at := 0; at < len(raw); {
		wrote, read, err := dec.Transform(dst[:], raw[at:], true)
		if n := bytes.IndexFunc(dst[:wrote], noText); n >= 0 {
			return at + n // what comes before it in so short a piece is ASCII
		}
		if read == 0 || err != nil && err != transform.ErrShortDst {
			return at
		}
		at += read
	}
	return 0
}

// open is where an ISO 2022 text leaves ASCII without coming back before its
// end, -1 if it does come back: what followed was read as something else.
func open(raw []byte) int {
	at := bytes.LastIndexByte(raw, 0x1b)
	if at < 0 || bytes.HasPrefix(raw[at:], []byte("\x1b(B")) || bytes.HasPrefix(raw[at:], []byte("\x1b(J")) {
		return -1
	}
	return at
}

// manifest reports whether bytes are UTF-8 beyond chance, in a message that
// says it is of the set c.
func (c *charset) manifest(raw []byte) bool {
	if c.utf8 == 0 || !utf8.Valid(raw) {
		return false
	}
	weight := 0
	for _, r := range string(raw) {
		weight += utf8.RuneLen(r) - 1
	}
	return weight >= c.utf8
}

// charsetFor finds out how the segments of a message are to be read, by MSH-18
// or, where that is empty, by the bytes. marked means that a byte order mark
// says it is UTF-8.
func charsetFor(segments [][]byte, d delimiters, marked bool) (*charset, []Warning, error) {
	all := bytes.Join(segments, []byte{'\r'})
	foreign := bytes.IndexFunc(all, high) >= 0
	escaped := bytes.IndexByte(all, 0x1b) >= 0 && announced.Match(all)
	var warnings []Warning
	warn := func(format string, args ...any) {
		warnings = append(warnings, Warning{Kind: format, Segment: "MSH 1", Text: fmt.Sprintf(format, args...)})
	}
	names := declaredSets(segments[0], d)
	set, unknown := charsetOf(names)
	switch {
	case unknown != "" && (foreign || escaped):
		return nil, nil, fmt.Errorf("%w: MSH-18 names %.24q, which is not known, and the message is not pure ASCII",
			ErrCharset, unknown)
	case unknown != "":
		warn("MSH-18 names a character set that is not known (%.24q): the message is pure ASCII", unknown)
		return ascii, warnings, nil
	case marked && foreign && utf8.Valid(all):
		if set != nil && set != utf8Set {
			warn("MSH-18 says %.24q, the byte order mark before it UTF-8: read as UTF-8", set.name)
		}
		return utf8Set, warnings, nil
	case set == nil && escaped && !foreign:
		warn("no MSH-18: read as ISO-2022-JP, which its escape sequences announce")
		return iso2022, warnings, nil
	case set == nil && utf8.Valid(all):
		return assumed, nil, nil
	case set == nil:
		warn("no MSH-18, and the message is not UTF-8: read as windows-1252")
		return windows, warnings, nil
	case set.manifest(all):
		warn("MSH-18 says %.24q, the message is in UTF-8: read as UTF-8", set.name)
		return utf8Set, warnings, nil
	}
	if set != iso2022 && escaped {
		if at := announced.FindIndex(all); at != nil {
			return nil, nil, misplaced(set, offsetIn(segments, at[0]))
		}
	}
	if at := switched.FindIndex(all); at != nil && d.escape == '\\' {
		return nil, nil, fmt.Errorf("%w: an escape sequence in %s changes the set inside of a field",
			ErrCharset, offsetIn(segments, at[0]))
	}
	return set, warnings, nil
}

// declaredSets are the repetitions of MSH-18, without empty ones. In a set of
// two bytes the second may be the separator itself: then MSH-18 stands further
// on than it seems.
func declaredSets(msh []byte, d delimiters) []string {
	names := sets(bytes.Split(msh, []byte{d.field}), d)
	if set, unknown := charsetOf(names); (set == nil || unknown != "") && bytes.IndexFunc(msh, high) >= 0 {
		pairs := append([]byte{}, msh...)
		for n := 0; n < len(pairs)-1; n++ {
			if pairs[n] >= 0x81 {
				pairs[n], pairs[n+1] = 'x', 'x'
				n++
			}
		}
		other := sets(bytes.Split(pairs, []byte{d.field}), d)
		if set, unknown := charsetOf(other); unknown == "" && set != nil && set.wide {
			return other
		}
	}
	return names
}

func high(r rune) bool { return r >= utf8.RuneSelf }

func sets(fields [][]byte, d delimiters) []string {
	if len(fields) < 18 { // MSH-1 is the separator itself
		return nil
	}
	var names []string
	for _, name := range strings.FieldsFunc(string(fields[17]), func(r rune) bool { return r == rune(d.repetition) }) {
		name, _, _ = strings.Cut(name, string(d.component))
		if name = strings.TrimSpace(name); name != "" && name != `""` {
			names = append(names, name)
		}
	}
	return names
}

// spot is a place in a message, for a person who looks at it with an editor.
type spot struct {
	segment string // "OBX 2"
	line    int    // from 1
	byte    int    // in the segment, from 1
}

func (s spot) String() string { return fmt.Sprintf("%s (line %d, byte %d)", s.segment, s.line, s.byte) }

// offsetIn finds the place of an offset into the segments joined by CR.
func offsetIn(segments [][]byte, at int) spot {
	for n, s := range segments {
		if at <= len(s) {
			return spotOf(segments, n, at)
		}
		at -= len(s) + 1
	}
	return spotOf(segments, len(segments)-1, 0)
}

func spotOf(segments [][]byte, line, at int) spot {
	name := func(n int) string { return string(segments[n][:min(3, len(segments[n]))]) }
	nth := 0
	for n := range line + 1 {
		if name(n) == name(line) {
			nth++
		}
	}
	return spot{fmt.Sprintf("%s %d", printable(name(line)), nth), line + 1, at + 1}
}

// printable is a segment's name, or what can be said of something else.
func printable(name string) string {
	if segmentName(name) {
		return name
	}
	return "text"
}

func misplaced(set *charset, at spot) error {
	return fmt.Errorf("%w: %s is not %s", ErrCharset, at, set.name)
}
