package parked

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/wardlight/wardlight/app/patient"
)

// Said is how a person names the patient of an entry: the number, and the date of
// birth or the name.
type Said struct {
	MRN  string
	Born time.Time // midnight UTC; zero: not said
	Name string    // in any order and case; "": not said
	// Although: the person knows that the message names somebody else.
	Although bool
}

// Refusals of a patient that was named.
var (
	// ErrOneIdentifier means the number alone: it is what was doubted.
	ErrOneIdentifier = errors.New("parked: a patient is named by the number and the date of birth or the name")
	// ErrOther means the record's patient of that number is not the one who was named;
	// ErrOtherBirth and ErrOtherName say by what.
	ErrOther      = errors.New("parked: this is not the patient who has the number")
	ErrOtherBirth = fmt.Errorf("%w: the record has another date of birth", ErrOther)
	ErrOtherName  = fmt.Errorf("%w: the record has another name", ErrOther)
	// ErrNamesAnother means that the message itself names somebody else.
	ErrNamesAnother = errors.New("parked: the message names somebody who is plainly another than this patient")
	// ErrNotKnown means the record cannot confirm what was said.
	ErrNotKnown = errors.New("parked: the record has no whole date of birth for this number: give the name")
)

// Fits reports whether p, whom the number found, is who was named. What was said
// beyond the number must fit, all of it.
func (s Said) Fits(p patient.Patient) error {
	name := words(s.Name)
	if s.MRN == "" || s.Born.IsZero() && len(name) == 0 {
		return ErrOneIdentifier
	}
	if !s.Born.IsZero() {
		switch {
		case p.Born.IsZero() || p.BornIn != patient.WholeDate:
			return ErrNotKnown
		case !p.Born.Equal(s.Born):
			return ErrOtherBirth
		}
	}
	if len(name) > 0 && !slices.Equal(name, words(p.Surname+" "+p.Given)) {
		return ErrOtherName
	}
	return nil
}

// words are those of a name, without case and accents and in order, so that
// "Łukasiewicz, Zoë" is "zoe lukasiewicz".
func words(name string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(name,
		func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '^' }) {
		if w = patient.Fold(w); w != "" {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}
