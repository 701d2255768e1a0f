package board

import (
	"strings"
	"unicode/utf8"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
)

// markLookAlikes marks every pair of patients of one ward whose surnames are
// the same, or one keystroke apart, when written without accents and case, and in
// either spelling of an umlaut. It
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
		f := nameKey(r.Surname)
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
	chip := Chip{Kind: ChipLookAlike, Guard: GuardLookAlike, Text: tongue.Tf("Name like %s", other.Bed),
		Short: tongue.T("Name alike")}
	if other.Bed == "" {
		r.LookAlike = other.Place()
		chip.Text = tongue.T("Name like one without a bed")
	}
	r.Chips = append(r.Chips, chip)
	ByGuard(r.Chips)
}

// NameAlike is the mark that somebody on the ward has nearly this patient's name; the zero value where nobody has.
func (s Snapshot) NameAlike(patientID string) Chip {
	for i := range s.Rows {
		for _, c := range s.Rows[i].Chips {
			if s.Rows[i].Patient == patientID && c.Guard == GuardLookAlike {
				return c
			}
		}
	}
	return Chip{}
}

// nameKey is a surname as look-alikes are told by: whatever its spelling, in one word.
func nameKey(surname string) string { return strings.ReplaceAll(patient.Fold(surname), " ", "") }

func similar(a, b string) bool {
	if a == b {
		return true
	}
	// One keystroke in a short name makes another common name (LEE, LE, LI):
	// only names of five letters and more are compared that loosely.
	if min(len(a), len(b)) < 5 {
		return false
	}
	return patient.OneEdit(a, b)
}
