package patient

import "slices"

// KeptFrom reports whether something of what was said of allergies does not count, as
// [Summary.React] found it: an older word than what stands, an allergy that is not in
// a newer list, or another answer than this "none known".
func (s Summary) KeptFrom(said Allergies, did Reacted) bool {
	missing := func(a Allergy) bool {
		return !slices.ContainsFunc(s.Allergic, func(had Allergy) bool {
			return Fold(had.Substance) == Fold(a.Substance) ||
				a.Code != "" && a.Code == had.Code && a.System == had.System
		})
	}
	return did.Older > 0 || slices.ContainsFunc(said.Has, missing) ||
		said.None != AllergiesNotRecorded && len(s.Allergic) == 0 && s.Allergy != said.None
}
