package hl7

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// unescape decodes escape sequences: delimiters (\F\ \S\ \T\ \R\ \E\), bytes in
// hexadecimal (\X0D0A\), line breaks and blanks (\.br\ \.sp2\ \.sk3\).
// Highlighting and indents are dropped. A sequence it does not know stays as it
// is, so that nothing is lost.
func unescape(s string, d delimiters) string {
	text, _ := unescaped(s, d)
	return text
}

// undecoded reports whether s holds bytes in hexadecimal that are not of the
// message's character set.
func undecoded(s string, d delimiters) bool {
	_, whole := unescaped(s, d)
	return !whole
}

func unescaped(s string, d delimiters) (text string, whole bool) {
	if d.escape == 0 || strings.IndexByte(s, d.escape) < 0 {
		return s, true
	}
	whole = true
	var b strings.Builder
	var raw []byte    // of hexadecimal escapes that follow each other: parts of one character, maybe
	var sent []string // and how they were sent
	flush := func() {
		if text, known := d.set.bytes(raw); known || len(raw) == 0 {
			b.WriteString(text)
		} else {
			whole = false
			b.WriteString(strings.Join(sent, ""))
		}
		raw, sent = nil, nil
	}
	for s != "" {
		start := strings.IndexByte(s, d.escape)
		if start < 0 {
			break
		}
		length := strings.IndexByte(s[start+1:], d.escape)
		if length < 0 {
			break
		}
		if start > 0 {
			flush()
		}
		b.WriteString(s[:start])
		all, code := s[start:start+length+2], s[start+1:start+1+length]
		s = s[start+length+2:]
		if hexed, found := strings.CutPrefix(code, "X"); found {
			if one, err := hex.DecodeString(hexed); err == nil && len(one) > 0 {
				raw, sent = append(raw, one...), append(sent, all)
				continue
			}
		}
		flush()
		text, known := meaning(code, d)
		if !known {
			text = all
		}
		b.WriteString(text)
	}
	flush()
	b.WriteString(s)
	return b.String(), whole
}

// bytes reads what was sent in hexadecimal: bytes of the message's character
// set. A message of pure ASCII may have been meant as anything: they are UTF-8
// or windows-1252 there, as the message itself would be.
func (c *charset) bytes(raw []byte) (text string, known bool) {
	if c != nil {
		if text, bad := c.decode(raw); bad < 0 {
			return text, true
		}
		if !c.ascii && !c.assumed {
			return "", false
		}
	}
	if utf8.Valid(raw) {
		return string(raw), true
	}
	text, err := charmap.Windows1252.NewDecoder().String(string(raw))
	return text, err == nil && !strings.ContainsFunc(text, noText)
}

func meaning(code string, d delimiters) (text string, known bool) {
	switch code {
	case "F":
		return string(d.field), true
	case "S":
		return string(d.component), true
	case "R":
		return string(d.repetition), true
	case "E":
		return string(d.escape), true
	case "T":
		if d.subcomponent == 0 {
			return "&", true
		}
		return string(d.subcomponent), true
	case "H", "N", ".fi", ".nf":
		return "", true
	case ".br", ".ce":
		return "\n", true
	}
	if len(code) < 3 || code[0] != '.' {
		return "", false
	}
	count := 1
	if rest := strings.TrimPrefix(code[3:], "+"); rest != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(rest, "-"))
		if err != nil {
			return "", false
		}
		count = min(max(n, 0), 80)
	}
	switch code[:3] {
	case ".sp":
		return strings.Repeat("\n", max(count, 1)), true
	case ".sk":
		return strings.Repeat(" ", count), true
	case ".in", ".ti":
		return "", true
	}
	return "", false
}
