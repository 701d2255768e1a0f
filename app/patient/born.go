package patient

import (
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// BornText is the date of birth as far as it is known: "01 Mar 1941", "Mar 1941",
// "1941"; "" if it is not known.
func (p Patient) BornText() string { return BornText(p.Born, p.BornIn) }

// BornText is a date of birth as far as it is known, in words; "" for the zero time.
func BornText(born time.Time, known BornIn) string {
	switch {
	case born.IsZero():
		return ""
	case known == YearOnly:
		return born.Format("2006")
	case known == YearMonth:
		return tongue.Date(born, "Jan 2006")
	}
	return tongue.Date(born, "02 Jan 2006")
}
