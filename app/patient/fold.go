package patient

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters that no decomposition parts.
var letters = strings.NewReplacer(
	"ø",
	"o",
	"æ",
	"ae",
	"œ",
	"oe",
	"ß",
	"ss",
	"ł",
	"l",
	"đ",
	"d",
	"ð",
	"d",
	"þ",
	"th",
	"ı",
	"i",
	"ħ",
	"h",
)

// Fold writes a name for comparison: lower case, without accents, its words
// parted by one space. The two spellings of an umlaut (Müller, Mueller) become
// one, so that it serves no display.
func Fold(s string) string {
	folded := plain(s)
	for _, two := range []string{"ae", "oe", "ue"} {
		folded = strings.ReplaceAll(folded, two, two[:1])
	}
	return folded
}

// Letters writes a name for search: lower case, without accents, spaces and
// punctuation. It keeps each letter where it stands, as [Fold] does not, so that any
// part of a name is a part of its letters.
func Letters(s string) string { return strings.ReplaceAll(plain(s), " ", "") }

// plain is lower case, without accents, in words parted by one space.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case strings.ContainsRune("'’`´ʼ", r): // O'Neill is Oneill
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(letters.Replace(b.String())), " ")
}

// Titles and particles say nothing of who somebody is.
var noName = words(
	`mr mrs ms miss dr prof sir dame herr frau jr sr ii iii iv von van de der den del di da la le du zu zur
	bin ibn al el`,
)

// parts are a folded name's words, without titles and particles unless it has
// nothing else.
func parts(folded string) []string {
	all := strings.Fields(folded)
	out := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return noName[w] })
	if len(out) == 0 {
		return all
	}
	return out
}

// words are those of a list, folded as what they are held against.
func words(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[Fold(w)] = true
	}
	return out
}

// OneEdit reports whether one letter put in, left out, changed or swapped with
// the next makes a of b.
func OneEdit(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0
	for n < len(x) && x[n] == y[n] {
		n++
	}
	switch len(y) - len(x) {
	case 0:
		return slices.Equal(tail(x, n+1), tail(y, n+1)) ||
			n+1 < len(x) && x[n] == y[n+1] && x[n+1] == y[n] && slices.Equal(x[n+2:], y[n+2:])
	case 1:
		return slices.Equal(x[n:], y[n+1:])
	}
	return false
}

func tail(s []rune, n int) []rune { return s[min(n, len(s)):] }
