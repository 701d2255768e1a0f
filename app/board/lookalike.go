package board

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/wardlight/wardlight/app/tongue"
)

// markLookAlikes marks every pair of patients of one ward whose surnames are
// the same, or one keystroke apart, when written without accents and case. It
// looks at one ward only: across a hospital the warning would be everywhere and
// so nowhere.
//
// Two names one keystroke apart become the same text when one letter is left out
// of one or of both, so each name meets only those that it shares such a text
// with, not the whole ward.
func markLookAlikes(rows []Row) {
	type place struct{ first, second int } // rows with this very name; -1: none
	names := make(map[string]place, len(rows))
	folded := make([]string, len(rows))
	for i, r := range rows {
		if r.Patient == "" || r.Surname == notRead() || r.Surname == noSurname() {
			continue // no name is like no other
		}
		f := Fold(r.Surname)
		folded[i] = f
		p, had := names[f]
		switch {
		case f == "":
		case !had:
			names[f] = place{i, -1}
		case p.second < 0:
			names[f] = place{p.first, i}
		}
	}
	short := make(map[string][]string, 8*len(names))
	for name := range names {
		for _, s := range shortened(name) {
			short[s] = append(short[s], name)
		}
	}
	for i, f := range folded {
		if f == "" {
			continue
		}
		nearest := names[f].first
		if nearest == i {
			nearest = names[f].second
		}
		for _, s := range shortened(f) {
			for _, other := range short[s] {
				if at := names[other].first; other != f && (nearest < 0 || at < nearest) && similar(f, other) {
					nearest = at
				}
			}
		}
		if nearest >= 0 {
			mark(&rows[i], rows[nearest])
		}
	}
}

// shortened is a name and all that is left of it without one of its letters.
func shortened(name string) []string {
	out := []string{name}
	for i, r := range name {
		out = append(out, name[:i]+name[i+utf8.RuneLen(r):])
	}
	return out
}

func mark(r *Row, other Row) {
	r.LookAlike = other.Bed // one pointer is enough to make a nurse look twice
	chip := Chip{Kind: ChipLookAlike, Text: tongue.Tf("Name like %s", other.Bed)}
	if other.Bed == "" {
		r.LookAlike = other.Place()
		chip.Text = tongue.T("Name like one without a bed")
		chip.Short = tongue.T("Name alike")
	}
	at := min(1, len(r.Chips)) // behind the allergies
	r.Chips = append(r.Chips[:at:at], append([]Chip{chip}, r.Chips[at:]...)...)
}

// Fold writes a name without accents, case, spaces and punctuation, for search
// and comparison.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func similar(a, b string) bool {
	if a == b {
		return true
	}
	// One keystroke in a short name makes another common name (LEE, LE, LI):
	// only names of five letters and more are compared that loosely.
	if min(len(a), len(b)) < 5 {
		return false
	}
	return oneEdit([]rune(a), []rune(b))
}

// oneEdit reports whether one insertion, deletion, replacement or swap of
// neighbours turns a into b.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return string(a[i:]) == string(b[i+1:])
	}
	if i == len(a) {
		return true
	}
	if string(a[i+1:]) == string(b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == string(b[i+2:])
}
