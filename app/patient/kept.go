package patient

import "slices"

// KeptFrom reports whether something of what was said of allergies does not count:
// after [Summary.React], an allergy that was named is not there or stands with newer
// details, one that was taken back is still there, or another answer than this "none
// known" stands.
func (s Summary) KeptFrom(w Word, said Allergies) bool {
	standing := func(a Allergy) int {
		return slices.IndexFunc(s.Allergic, func(had Allergy) bool {
			return Fold(had.Substance) == Fold(a.Substance) || a.Code != "" && a.Code == had.Code && a.System == had.System
		})
	}
	for _, a := range said.Has {
		n := standing(a)
		if n < 0 {
			return true
		}
		had := s.Allergic[n]
		newer := w.Fills || w.At.Before(s.Told.Items[Fold(had.Substance)].At)
		if newer && (had.Severity != a.Severity || had.Reaction != a.Reaction) {
			return true
		}
	}
	return slices.ContainsFunc(said.Gone, func(a Allergy) bool { return standing(a) >= 0 }) ||
		said.None != AllergiesNotRecorded && len(s.Allergic) == 0 && s.Allergy != said.None
}
