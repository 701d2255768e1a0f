package notify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of what is shown, in characters.
const (
	maxTitle   = 80
	maxBody    = 240
	maxLabel   = 40
	maxActions = 4
	// maxMarks is how many combining marks a character may carry; writing
	// systems need two or three, a tower of them paints over its neighbours.
	maxMarks = 3
)

// Mark stands where something was taken out of a text.
const Mark = '\uFFFD'

// Plain returns text as one line that does nothing but be read: white space is
// one space; control and format characters (escape sequences, bidirectional
// overrides, zero-width and invisible ones), private-use characters,
// noncharacters and broken UTF-8 leave one [Mark] for each run of them; what is
// longer than limit characters ends in "…".
func Plain(text string, limit int) string {
	var out []rune
	marks := 0
	last := ' ' // nothing leads the line
	for _, r := range text {
		switch {
		case unicode.IsSpace(r), r == '\u2800': // the blank Braille cell
			r = ' '
		case acts(r):
			r = Mark
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks {
				r = Mark
			}
		default:
			marks = 0
		}
		if (r == ' ' || r == Mark) && r == last {
			continue
		}
		out = append(out, r)
		last = r
		if len(out) == limit+2 { // two, as one may be a space that is trimmed
			break
		}
	}
	trimmed := strings.TrimRight(string(out), " ")
	if utf8.RuneCountInString(trimmed) > limit {
		return strings.TrimRight(string(out[:limit-1]), " ") + "…"
	}
	return trimmed
}

// acts reports whether a character does something other than being read.
func acts(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co),
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r), // Hangul fillers, unassigned tags
		unicode.Is(unicode.Variation_Selector, r),
		unicode.Is(unicode.Noncharacter_Code_Point, r),
		r == Mark:
		return true
	}
	return false
}
