package notify

import (
	"strings"
	"unicode"
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
	var b strings.Builder
	count, marks := 0, 0
	var last rune = ' ' // nothing leads the line
	for _, r := range text {
		switch {
		case unicode.IsSpace(r), r == '\u2800': // the blank Braille cell
			r = ' '
		case acts(r):
			r = Mark
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > maxMarks {
				r = Mark
			}
		} else if r != Mark || !unicode.Is(unicode.M, last) {
			marks = 0
		}
		if (r == ' ' || r == Mark) && r == last {
			continue
		}
		if count == limit-1 {
			// This one would fill the line; whatever follows is cut.
			return strings.TrimRight(b.String(), " ") + "…"
		}
		b.WriteRune(r)
		count++
		last = r
	}
	return strings.TrimRight(b.String(), " ")
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
