// Package foreign cleans text that others wrote: messages, files, alerts. Such
// text is shown on screens, written to logs and compared; it must not steer
// them, reverse them or hide in them. What the eye reads stays as it was sent.
package foreign

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Most combining marks on one letter: as many as an accented letter needs, and
// as many as one syllable of the scripts that write vowels as marks needs.
const (
	maxAccents = 2
	maxMarks   = 6
)

// Text makes foreign text safe to keep and show. Control characters become
// spaces, page breaks and other line ends become "\n", tabs stay; direction
// overrides and characters that cannot be seen go, and so do marks piled on a
// letter beyond what any script needs; a character of private use becomes
// U+FFFD. Nothing that goes joins two digits: "1\x002" and "1\u200b2" are "1 2",
// never 12. Both ends are trimmed.
//
// U+200C and U+200D stay between two letters of a script whose words need them
// (Arabic and Persian, the Indic ones, Khmer, Mongolian): there they change what
// the eye reads; anywhere else they would only make equal names differ.
func Text(s string) string {
	text, _ := clean(s)
	return text
}

// Held reports whether s held something that [Text] takes out or replaces: a
// control character other than a line end, a page break or a tab, a direction
// override, an invisible character. A name that did is marked where it is shown.
func Held(s string) bool {
	_, held := clean(s)
	return held
}

// Line is [Text] in one line, with one space for each run of blanks. What is
// longer than limit letters is cut with "…".
func Line(s string, limit int) string {
	fields := strings.Fields(Text(s))
	n := 0
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			f = " " + f
		}
		for _, r := range f {
			if !unicode.Is(unicode.M, r) {
				n++
			}
			if n > limit {
				return strings.TrimSpace(b.String()) + "…"
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

func clean(s string) (text string, held bool) {
	if plain(s) {
		return strings.TrimSpace(s), false
	}
	var b strings.Builder
	last := rune(0) // written last
	accents, marks, gap := 0, 0, false
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		next, _ := utf8.DecodeRuneInString(s)
		to, ok := kept(r, last, next)
		held = held || to != r && to != '\n' || !ok
		if !ok {
			gap = true
			continue
		}
		if unicode.Is(unicode.M, to) {
			marks++
			if unicode.Is(unicode.Inherited, to) {
				accents++
			}
			if marks > maxMarks || accents > maxAccents {
				held = true
				continue
			}
		} else {
			accents, marks = 0, 0
		}
		if gap && numeric(last) && numeric(to) {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(to)
		last = to
	}
	return strings.TrimSpace(b.String()), held
}

// plain is the common case: nothing to clean.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// kept is what a character becomes, or that it goes.
func kept(r, before, after rune) (rune, bool) {
	switch {
	case r == '\n', r == '\t', r == utf8.RuneError:
		return r, true
	case r == '\r', r == '\f', r == '\v', r == 0x85, r == 0x2028, r == 0x2029:
		return '\n', true
	case unicode.IsControl(r):
		return ' ', true
	case unicode.Is(unicode.Co, r):
		return utf8.RuneError, true
	case r == 0x200c || r == 0x200d:
		return r, joins(before) && joins(after)
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r): // these are seen
		return r, true
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return r, false
	}
	return r, true
}

func joins(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
		unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
		unicode.Sinhala, unicode.Khmer, unicode.Mongolian) && unicode.In(r, unicode.L, unicode.M)
}

func numeric(r rune) bool {
	return unicode.IsDigit(r) || r == '.' || r == ',' || r == '-' || r == '+'
}
