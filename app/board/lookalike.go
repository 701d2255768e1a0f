package board

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// markLookAlikes marks every pair of patients of one ward whose surnames are
// the same, or one keystroke apart, when written without accents and case. It
// looks at one ward only: across a hospital the warning would be everywhere and
// so nowhere.
func markLookAlikes(rows []Row) {
	folded := make([]string, len(rows))
	for i, r := range rows {
		if r.Patient != "" {
			folded[i] = Fold(r.Surname)
		}
	}
	for i := range rows {
		if folded[i] == "" {
			continue
		}
		for j := i + 1; j < len(rows); j++ {
			if folded[j] == "" || !similar(folded[i], folded[j]) {
				continue
			}
			mark(&rows[i], rows[j].Bed)
			mark(&rows[j], rows[i].Bed)
		}
	}
}

func mark(r *Row, otherBed string) {
	if r.LookAlike != "" {
		return // one pointer is enough to make a nurse look twice
	}
	r.LookAlike = otherBed
	chip := Chip{ChipLookAlike, "Name like " + otherBed}
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
