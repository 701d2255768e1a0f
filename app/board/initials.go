package board

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// InInitials is the board for a screen that the public can see: initials in place
// of names, and no number, birth date, age, sex, allergy or flag. The beds and
// their scores stay.
func (s Snapshot) InInitials() Snapshot {
	s.Rows = slices.Clone(s.Rows)
	s.Initials = true
	for i := range s.Rows {
		if s.Rows[i].Patient != "" {
			s.Rows[i] = s.Rows[i].initials()
		}
	}
	return s
}

func (r Row) initials() Row {
	r.Surname, r.Given = Initials(r.Given, r.Surname), ""
	r.MRN, r.Sex, r.Age, r.AgeText, r.Born, r.LookAlike, r.Initials = "", "", -1, "", time.Time{}, "", true
	r.Child = false
	r.Nurses, r.Editing, r.find, r.names = nil, nil, "", ""
	r.Chips = slices.DeleteFunc(slices.Clone(r.Chips), func(c Chip) bool {
		return c.Kind != ChipDue && c.Kind != ChipNext && c.Kind != ChipCheck
	})
	return r
}

// Initials are the first letters of names: "F. A.". A name without a letter has
// none.
func Initials(names ...string) string {
	var b strings.Builder
	for _, n := range names {
		for _, r := range n {
			if unicode.IsLetter(r) {
				if b.Len() > 0 {
					b.WriteByte(' ')
				}
				b.WriteRune(unicode.ToUpper(r))
				b.WriteByte('.')
				break
			}
		}
	}
	if b.Len() == 0 {
		return "–"
	}
	return b.String()
}
