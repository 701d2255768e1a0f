package hl7

import (
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// unescape decodes escape sequences: delimiters (\F\ \S\ \T\ \R\ \E\), bytes in
// hexadecimal (\X0D0A\), line breaks (\.br\ \.sp\). Highlighting is dropped. A
// sequence it does not know stays as it is, so that nothing is lost.
func unescape(s string, d delimiters) string {
	if d.escape == 0 || strings.IndexByte(s, d.escape) < 0 {
		return s
	}
	var b strings.Builder
	for s != "" {
		start := strings.IndexByte(s, d.escape)
		if start < 0 {
			break
		}
		length := strings.IndexByte(s[start+1:], d.escape)
		if length < 0 {
			break
		}
		b.WriteString(s[:start])
		whole, code := s[start:start+length+2], s[start+1:start+1+length]
		s = s[start+length+2:]
		text, known := decode(code, d)
		if !known {
			text = whole
		}
		b.WriteString(text)
	}
	b.WriteString(s)
	return b.String()
}

func decode(code string, d delimiters) (text string, known bool) {
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
	case "H", "N":
		return "", true
	case ".br", ".sp", ".sp1":
		return "\n", true
	}
	if hexed, found := strings.CutPrefix(code, "X"); found {
		raw, err := hex.DecodeString(hexed)
		if err != nil || len(raw) == 0 {
			return "", false
		}
		if !utf8.Valid(raw) {
			return latin1(raw), true
		}
		return string(raw), true
	}
	return "", false
}

// Escape encodes text for use inside a field with the usual delimiters.
func Escape(s string) string {
	return strings.NewReplacer(`\`, `\E\`, `|`, `\F\`, `^`, `\S\`, `&`, `\T\`, `~`, `\R\`,
		"\r\n", `\.br\`, "\r", `\.br\`, "\n", `\.br\`).Replace(s)
}

// clean drops control characters that no text needs and trims it. Foreign text
// is shown on screens and written to logs: it must not steer them.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if r == '\r' {
			return '\n'
		}
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
