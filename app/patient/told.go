package patient

import (
	"strings"
	"time"
)

// Told is when each thing that stands of a patient was said by another system:
// what was said earlier and comes later changes nothing. The zero time is that
// nobody said it, or nobody knows when.
type Told struct {
	Surname time.Time `json:"surname,omitzero"`
	Given   time.Time `json:"given,omitzero"`
	Born    time.Time `json:"born,omitzero"`
	Sex     time.Time `json:"sex,omitzero"`
	Died    time.Time `json:"died,omitzero"`
	// Listed is the newest whole list of allergies: what stood before it and is
	// not in it stands no more.
	Listed time.Time `json:"listed,omitzero"`
	// None is the newest word that no allergy is known, and which word it was.
	None   time.Time     `json:"none,omitzero"`
	NoneIs AllergyStatus `json:"noneIs,omitempty"`
	// Items is the newest word of each entry of a substance ([entryOf]).
	Items map[string]ItemTold `json:"items,omitempty"`
}

// ItemTold is when an entry was named, at which place of its message, and whether
// it was taken back. Of is what it says, where several entries are shown as one
// allergy.
type ItemTold struct {
	At   time.Time `json:"at"`
	N    int       `json:"n,omitempty"`
	Gone bool      `json:"gone,omitempty"`
	Of   Allergy   `json:"of,omitzero"`
}

// Named reports whether any word of a substance counts, be it that it was taken back.
func (t Told) Named(substance string) bool {
	return said(t.Items, substanceOf(Allergy{Substance: substance}))
}

func said(items map[string]ItemTold, substance string) bool {
	for entry := range items {
		if substanceIn(entry) == substance {
			return true
		}
	}
	return false
}

// Word is when a thing is said. What Fills comes by a number that the patient had
// before, or that was merged away: it says what nobody else has said, no more.
type Word struct {
	At    time.Time
	Fills bool
}

// over reports whether the word counts against what stands since then.
func (w Word) over(stands time.Time, empty bool) bool {
	if w.Fills {
		return empty && stands.IsZero()
	}
	return !w.At.Before(stands)
}

// Call sets the name. An empty part says nothing; a name that is nobody's replaces
// none that is somebody's, and gives way to it whenever it was said. Here and below,
// kept says that something else stands, and the word does not count against it.
func (s *Summary) Call(w Word, n FullName) (kept bool) {
	p := &s.Patient
	was := FullName{p.Surname, p.Given}
	stood := strings.TrimSpace(was.Surname+was.Given) != ""
	placeholder := NobodysName(n)
	if placeholder && stood && !NobodysName(was) {
		return false
	}
	if stood && !placeholder && NobodysName(was) && !w.Fills {
		p.Surname, p.Given, s.Told.Surname, s.Told.Given = "", "", time.Time{}, time.Time{}
	}
	for _, part := range []struct {
		to   *string
		told *time.Time
		text string
	}{{&p.Surname, &s.Told.Surname, n.Surname}, {&p.Given, &s.Told.Given, n.Given}} {
		switch {
		case part.text == "":
		case w.over(*part.told, *part.to == ""):
			*part.to, *part.told = part.text, w.At
		case part.text != *part.to:
			kept = true
		}
	}
	return kept
}

// Unname deletes the name.
func (s *Summary) Unname(w Word) (kept bool) {
	if !w.Fills && w.over(s.Told.Surname, false) && w.over(s.Told.Given, false) {
		s.Patient.Surname, s.Patient.Given, s.Told.Surname, s.Told.Given = "", "", w.At, w.At
		return false
	}
	return s.Patient.Surname+s.Patient.Given != ""
}

// Bear sets the date of birth; a zero day deletes it.
func (s *Summary) Bear(w Word, b Birth) (kept bool) {
	if w.over(s.Told.Born, s.Patient.Born.IsZero()) {
		s.Patient.Born, s.Patient.BornIn, s.Told.Born = b.Day, b.In, w.At
		return false
	}
	return !s.Patient.Born.Equal(b.Day) || s.Patient.BornIn != b.In
}

// Sexed sets the administrative sex; [Unknown] deletes it.
func (s *Summary) Sexed(w Word, sex Sex) (kept bool) {
	if w.over(s.Told.Sex, s.Patient.Sex == "" || s.Patient.Sex == Unknown) {
		s.Patient.Sex, s.Told.Sex = sex, w.At
		return false
	}
	return s.Patient.Sex != sex
}

// Die sets whether the patient has died, and when, if that is known.
func (s *Summary) Die(w Word, dead bool, at time.Time) (kept bool) {
	if w.over(s.Told.Died, !s.Patient.Deceased) {
		s.Patient.Deceased, s.Patient.Died, s.Told.Died = dead, at, w.At
		return false
	}
	return s.Patient.Deceased != dead || !s.Patient.Died.Equal(at)
}
