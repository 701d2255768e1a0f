package staff

import (
	"cmp"
	"slices"

	"github.com/wardlight/wardlight/app/patient"
)

// Form is how much is said of a person.
type Form int

// The forms, each longer than the one before.
const (
	Brief  Form = iota // "Diaz, M"
	Whole              // "Diaz, Mia"
	Titled             // "Diaz, Mia, Nurse"
	Exact              // "Diaz, Mia, Nurse (mdiaz)": no two people have the same
)

func (f Form) of(s Staff) string {
	switch f {
	case Brief:
		return s.brief()
	case Whole:
		return s.Name()
	case Titled:
		return s.Name() + ", " + s.Role.Title()
	}
	return s.Name() + ", " + s.Role.Title() + " (" + s.ID + ")"
}

// Apart is what to call each of some people, by staff ID, where they are named side by side: in
// the form given, and whoever shares that with another of them in the next one that tells the
// two apart. An alert that goes to one colleague in place of another of that name is lost on
// both.
func Apart(people []Staff, least Form) map[string]string {
	names := make(map[string]string, len(people))
	left := people
	for f := least; len(left) > 0; f++ {
		shared := map[string]map[string]bool{} // who is called so, by ID: a list may name one twice
		for _, p := range people {
			k := alike(f.of(p))
			if shared[k] == nil {
				shared[k] = map[string]bool{}
			}
			shared[k][p.ID] = true
		}
		var still []Staff
		for _, p := range left {
			if f < Exact && len(shared[alike(f.of(p))]) > 1 {
				still = append(still, p)
				continue
			}
			names[p.ID] = f.of(p)
		}
		left = still
	}
	return names
}

// alike is the same for names that a hurried eye takes for one: also those that differ in an accent, in how
// an umlaut is written, or only in the bytes of one letter.
func alike(name string) string { return cmp.Or(patient.Fold(name), name) }

// among is what a person is called among those of all who work on a ward with them, if that is
// more than their brief name; else "".
func (s Staff) among(all []Staff) string {
	near := []Staff{s}
	for _, p := range all {
		if p.ID != s.ID && s.near(p) {
			near = append(near, p)
		}
	}
	return lasting(s, near, s.brief())
}

// Calls is what to call each of some people, by ID, where a list names them side by side: as they
// are called when they sign in, and told from one another also where they share no ward. all holds
// at least those of their surnames; whoever is not in it has no name.
func Calls(ids map[string]bool, all []Staff) map[string]string {
	out := make(map[string]string, len(ids))
	for _, s := range all {
		if ids[s.ID] {
			out[s.ID] = Lasting(s, slices.DeleteFunc(slices.Clone(all), func(p Staff) bool {
				return p.ID != s.ID && !ids[p.ID] && !s.near(p)
			}))
		}
	}
	return out
}

// near reports whether another works on a ward with them.
func (s Staff) near(p Staff) bool { return p.Active && slices.ContainsFunc(s.Wards, p.Works) }

// Lasting is what to write down of one of some people: as [Apart] by their names, and where those
// do not tell, by staff ID. No role is in it: what is kept is read at stations of any language.
func Lasting(s Staff, among []Staff) string { return cmp.Or(lasting(s, among, ""), s.brief()) }

// lasting is "" where it would be what is known already.
func lasting(s Staff, among []Staff, known string) string {
	brief, whole := Apart(among, Brief)[s.ID], s.Name()
	switch brief {
	case known:
		return ""
	case s.brief(), whole:
		return brief
	}
	return whole + " (" + s.ID + ")"
}
