package foreign_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/wardlight/wardlight/app/foreign"
	"pgregory.net/rapid"
)

// Seen red: with control characters dropped instead of replaced, "1\x002" is 12.
func TestText(t *testing.T) {
	for _, c := range []struct {
		in, want string
		held     bool
	}{
		{"", "", false},
		{" Müller\t\n", "Müller", false},
		{"two\nlines", "two\nlines", false},
		{"page\fpage\vline\u2028line", "page\npage\nline\nline", false},
		{"a\r\nb", "a\n\nb", false},
		{"\x00Marsh\x00", "Marsh", true},
		{"1\x002", "1 2", true},
		{"1\u200b2", "1 2", true},
		{"1\u202e.5", "1 .5", true},
		{"12\u200e", "12", true},
		{"Mar\u202esh", "Marsh", true},
		{"\u2066Ada\u2069", "Ada", true},
		{"A\u200ed\u200fa", "Ada", true},
		{"\ufeffAda", "Ada", true},
		{"A\u3164da", "Ada", true},
		{"a\x1b[31mb", "a [31mb", true},
		{"a\x7fb\u009bc", "a b c", true},
		{"e" + strings.Repeat("\u0301", 9), "e\u0301\u0301", true},
		{"\ue000", "\ufffd", true},
		{"M\ufffdller", "M\ufffdller", false}, // so it was sent
		{"علی\u200cرضا", "علی\u200cرضا", false},
		{"क्\u200dष", "क्\u200dष", false},
		{"फ़ींह", "फ़ींह", false},
		{"A\u200dda", "Ada", true},
		{"علی\u200c", "علی", true},
		{"葛\U000e0100城", "葛\U000e0100城", false},
		{"נָעֳמִי", "נָעֳמִי", false},
	} {
		if got := foreign.Text(c.in); got != c.want {
			t.Errorf("Text(%+q) = %+q, want %+q", c.in, got, c.want)
		}
		if got := foreign.Held(c.in); got != c.held {
			t.Errorf("Held(%+q) = %v", c.in, got)
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\x1b[31mb\x00c\r\nd":   "a [31mb c d",
		"  many   blanks ":       "many blanks",
		strings.Repeat("y", 500): strings.Repeat("y", 10) + "…",
		"1234567890":             "1234567890",
		"e\u0301123456789":       "e\u0301123456789",
	} {
		if got := foreign.Line(in, 10); len(in) > 20 && got != want || len(in) == 10 && got != want {
			t.Errorf("Line(%.20q) = %q, want %q", in, got, want)
		}
	}
	if got := foreign.Line("a\x1b[31mb\x00c\r\nd", 100); got != "a [31mb c d" {
		t.Errorf("%q", got)
	}
}

// Whatever the text: nothing is left that steers or hides, cleaning again
// changes nothing, and no two digits come together that stood apart.
func TestTextProperties(t *testing.T) {
	piece := rapid.OneOf(rapid.StringN(0, 4, -1),
		rapid.SampledFrom([]string{"1", "2", "\x00", "\u202e", "\u200c", "\u200d",
			"ع", "क", "\u0301", "\ufeff", "\n", "\xff", "."}))
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
		out := foreign.Text(in)
		if foreign.Text(out) != out || foreign.Held(out) {
			t.Fatalf("%+q cleans to %+q, and that to %+q", in, out, foreign.Text(out))
		}
		for _, r := range out {
			if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202a && r <= 0x202e || r >= 0x2066 &&
				r <= 0x2069 {
				t.Fatalf("%+q keeps %U", in, r)
			}
		}
		if !utf8.ValidString(out) {
			t.Fatalf("%+q is no UTF-8", out)
		}
		if numbers(out) < numbers(in) {
			t.Fatalf("%+q: %+q has fewer numbers", in, out)
		}
	})
}

// numbers counts the runs of ASCII digits.
func numbers(s string) int {
	return len(strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }))
}
