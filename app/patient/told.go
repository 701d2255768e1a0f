package patient

import (
	"maps"
	"slices"
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
	// Items is the newest word of each substance, by its folded name.
	Items map[string]ItemTold `json:"items,omitempty"`
}

// ItemTold is when a substance was named, at which place of its message, and
// whether it was taken back.
type ItemTold struct {
	At   time.Time `json:"at"`
	N    int       `json:"n,omitempty"`
	Gone bool      `json:"gone,omitempty"`
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

// Allergies is what a message says of a patient's allergies.
type Allergies struct {
	// Whole means that Has is all there is (AL1); else it adds to what stands.
	Whole bool
	Has   []Allergy
	Gone  []Allergy // taken back
	// None is a word that none are known; "" is that nothing of it was said.
	None AllergyStatus
}

// Empty reports whether nothing was said.
func (a Allergies) Empty() bool {
	return !a.Whole && len(a.Has) == 0 && len(a.Gone) == 0 && a.None == AllergiesNotRecorded
}

// React brings what was said of allergies to what stands, in any order. A word
// that none are known takes no recorded one away. It returns how many stood and
// stand no more although nobody took them back, and whether "none known" was said
// against what stands.
func (s *Summary) React(w Word, said Allergies) (left int, against bool) {
	t := &s.Told
	items, details := maps.Clone(t.Items), map[string]Allergy{}
	if items == nil {
		items = map[string]ItemTold{}
	}
	stood := map[string]bool{}
	for n, a := range s.Allergic {
		key := Fold(a.Substance)
		if _, known := items[key]; !known { // from another record, or of an older program
			items[key] = ItemTold{At: t.Listed, N: n}
		}
		details[key], stood[key] = a, true
	}
	if t.None.IsZero() && t.NoneIs == "" && s.Allergy != AllergiesRecorded {
		t.NoneIs = s.Allergy
	}
	keyOf := func(a Allergy) string {
		for key, had := range details {
			if a.Code != "" && a.Code == had.Code && a.System == had.System {
				return key
			}
		}
		return Fold(a.Substance)
	}
	for n, a := range said.Has {
		key := keyOf(a)
		if it, known := items[key]; !known || w.over(it.At, false) && !w.Fills {
			items[key], details[key] = ItemTold{At: w.At, N: n}, a
			if w.Fills {
				items[key] = ItemTold{At: t.Listed, N: len(items)}
			}
		}
	}
	if !w.Fills {
		for n, a := range said.Gone {
			key := keyOf(a)
			if it, known := items[key]; !known || w.over(it.At, false) {
				items[key] = ItemTold{At: w.At, N: n, Gone: true}
				delete(stood, key)
			}
		}
		if said.Whole && w.over(t.Listed, false) {
			t.Listed = w.At
		}
	}
	if said.None != AllergiesNotRecorded && w.over(t.None, t.NoneIs == "") {
		t.None, t.NoneIs = w.At, said.None
	}

	taken := time.Time{} // the newest word that took one back
	s.Allergic = nil
	keys := slices.SortedFunc(maps.Keys(items), func(a, b string) int {
		x, y := items[a], items[b]
		if c := x.At.Compare(y.At); c != 0 {
			return c
		}
		if x.N != y.N {
			return x.N - y.N
		}
		return strings.Compare(a, b)
	})
	for _, key := range keys {
		it := items[key]
		switch {
		case it.At.Before(t.Listed):
			delete(items, key)
		case it.Gone:
			if it.At.After(taken) {
				taken = it.At
			}
		default:
			s.Allergic = append(s.Allergic, details[key])
			delete(stood, key)
		}
	}
	if t.Items = items; len(items) == 0 {
		t.Items = nil
	}
	switch {
	case len(s.Allergic) > 0:
		s.Allergy = AllergiesRecorded
	case !t.None.Before(t.Listed) && !t.None.Before(taken):
		s.Allergy = t.NoneIs
	default:
		s.Allergy = AllergiesNotRecorded
	}
	return len(stood), said.None != AllergiesNotRecorded && len(s.Allergic) > 0
}
