package patient

// GivenFits reports whether two names have a given name in common, or forms of one.
func GivenFits(a, b FullName) bool {
	x, y := givens(a.Given), givens(b.Given)
	return len(x) > 0 && len(y) > 0 && alike(x, y, true)
}

// OtherSurname reports whether two family names have no word in common.
func OtherSurname(a, b FullName) bool {
	return !alike(parts(Fold(a.Surname)), parts(Fold(b.Surname)), false)
}

// BirthFits reports whether two dates of birth are known and may be one person's.
func BirthFits(a, b Birth) bool {
	return !NobodysBirth(a) && !NobodysBirth(b) && !OtherBirth(a, b)
}

// generation is how many years of age part a parent from a child at the least.
const generation = 15

// GenerationAway reports whether two dates of birth are as far from each other as
// those of a parent and a child.
func GenerationAway(a, b Birth) bool {
	years := a.Day.Year() - b.Day.Year()
	return years >= generation || -years >= generation
}
