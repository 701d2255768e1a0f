package patient

import (
	"strconv"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// Child reports whether the patient is known to be too young for an adult's score.
func (p Patient) Child(now time.Time) bool { return isChild(p.Age(now)) }

func isChild(age int) bool { return age >= 0 && age < vitals.ScoredFrom }

// Below these ages a child's is said in days, and in months: half a year means more at
// the bedside than "0".
const (
	inDays   = 28             // days
	inMonths = 2              // years
	day      = 24 * time.Hour // of a date of birth, which has no time
)

// AgeText is the age as a ward says it: "85", "6 y" of a child, "7 mo" and "12 d" of an
// infant; "~85" where only part of the date of birth is known; "" if the age is not
// known.
func (p Patient) AgeText(now time.Time) string {
	age, about := p.Age(now), ""
	if p.BornIn != WholeDate {
		about = "~"
	}
	switch {
	case age < 0:
		return ""
	case !isChild(age):
		return about + strconv.Itoa(age)
	case age >= inMonths || p.BornIn == YearOnly:
		return about + tongue.Tf("%d y", age)
	}
	if days := int(max(now.Sub(p.Born), 0) / day); days < inDays && p.BornIn == WholeDate {
		return tongue.Tf("%d d", days)
	}
	return about + tongue.Tf("%d mo", monthsOf(p.Born, now))
}

// monthsOf are the whole months since a date.
func monthsOf(born, now time.Time) int {
	n := (now.Year()-born.Year())*12 + int(now.Month()) - int(born.Month())
	if now.Day() < born.Day() {
		n--
	}
	return max(n, 0)
}

// ChildText is a child in one word: "girl" and "boy" only where the sex is known, else
// "child".
func ChildText(s Sex) string {
	switch s {
	case Female:
		return tongue.T("girl")
	case Male:
		return tongue.T("boy")
	}
	return tongue.T("child")
}

// Scoring is how the patient's signs are read: by NEWS2 or not, and on which scale.
func (s Summary) Scoring(now time.Time) vitals.Scoring {
	return vitals.ScoringOf(s.Patient.Age(now), s.Patient.Pregnant, s.Has(FlagScale2))
}
