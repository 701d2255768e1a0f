package patient

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// FullName is a name as one system has it.
type FullName struct{ Surname, Given string }

// FullName is the patient's name as the record has it.
func (p Patient) FullName() FullName { return FullName{Surname: p.Surname, Given: p.Given} }

// nobody are words that, as a surname, make the whole name nobody's.
var nobody = words(
	`unknown unk unkn unbekannt unbekannte unbekannter n inconnu unidentified unident patient trauma nn na noname none nil null
	anonymous anonym anon notknown emergency xxx xx x test testpatient mustermann dummy zztest zzz`,
)

// nobodysGiven are words that stand where a given name does.
var nobodysGiven = words(
	`unknown unk unbekannt man woman male female boy girl baby babyboy babygirl newborn infant neonate
	twin twina twinb patient nn na none nil test anonymous mann frau kind saugling`,
)

// NobodysName reports whether a name is a placeholder: no person is called so, and
// it tells nothing of whose a message is.
func NobodysName(n FullName) bool {
	sur, given := parts(Fold(n.Surname)), parts(Fold(n.Given))
	if len(sur) == 0 {
		return len(given) == 0 ||
			!slices.ContainsFunc(given, func(w string) bool { return !nobodysGiven[w] && !nobody[w] })
	}
	if sur[0] == Fold("doe") && len(sur) == 1 && (len(given) == 0 || given[0] == "john" || given[0] == "jane") {
		return true
	}
	if nobodysGiven[sur[0]] && sur[0] != "man" && sur[0] != "mann" && sur[0] != "kind" && len(sur) == 1 &&
		len(given) == 0 {
		return true // "BABY" alone
	}
	return !slices.ContainsFunc(sur, func(w string) bool { return !nobody[w] && !digits(w) })
}

// OtherName reports whether two names are plainly those of two people. Accents and
// spellings, family and given name swapped, a double name and a part of it, a
// surname that changed beside the same given name, a short form and one wrong
// letter are no other person; nor is a name that is nobody's or not given.
func OtherName(a, b FullName) bool {
	if NobodysName(a) || NobodysName(b) || !sameScript(a.Surname+a.Given, b.Surname+b.Given) {
		return false
	}
	surA, surB := parts(Fold(a.Surname)), parts(Fold(b.Surname))
	givenA, givenB := givens(a.Given), givens(b.Given)
	switch {
	case len(givenA) > 0 && len(givenB) > 0:
		if alike(givenA, givenB, true) { // whatever the surname: it may be the maiden name
			return false
		}
	case alike(surA, surB, false): // one system has no given name
		return false
	}
	// All in one field, or swapped.
	allA, allB := append(slices.Clone(surA), givenA...), append(slices.Clone(surB), givenB...)
	if len(givenA) == 0 || len(givenB) == 0 {
		return !alike(allA, allB, false)
	}
	return !(alike(surA, givenB, true) && alike(surB, givenA, true))
}

// givens are the parts of a given name that are somebody's.
func givens(given string) []string {
	return slices.DeleteFunc(parts(Fold(given)), func(w string) bool { return nobodysGiven[w] || digits(w) })
}

// alike reports whether two lists of words have one in common, or are one word
// parted differently. given allows for short forms.
func alike(a, b []string, given bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range append(slices.Clone(a), strings.Join(a, "")) {
		for _, y := range append(slices.Clone(b), strings.Join(b, "")) {
			if likeWord(x, y, given) {
				return true
			}
		}
	}
	return false
}

func likeWord(x, y string, given bool) bool {
	if x == y || min(len(x), len(y)) >= 4 && OneEdit(x, y) {
		return true
	}
	if !given {
		return false
	}
	short, long := x, y
	if len(short) > len(long) {
		short, long = long, short
	}
	return strings.HasPrefix(long, short) || shortForms[x] != "" && shortForms[x] == shortForms[y]
}

// shortForms maps given names to one of their group, where a prefix does not tell.
var shortForms = groups(
	"thomas tom tommy",
	"william bill billy will wilhelm willi",
	"robert bob bobby rob robbie",
	"richard dick rick",
	"elizabeth liz lizzie betty beth bess elisabeth lisa elise",
	"margaret peggy maggie meg greta",
	"james jim jimmy jamie",
	"john jack johnny jon",
	"katherine kate kathy katie catherine cathy",
	"anthony tony",
	"edward ted ned eddie",
	"michael mike mick",
	"charles chuck charlie",
	"mary molly polly",
	"susan sue suzy",
	"andrew drew andy",
	"henry harry hal heinrich heinz",
	"alexander alex sasha sandy xander",
	"johannes hans johann jan hannes",
	"joseph joe josef sepp",
	"matthew matt",
	"patricia pat patty tricia",
	"stephen steve steven stefan",
	"lawrence larry",
	"ronald ron",
	"georg george jorg",
	"franz franziskus francis frank",
	"anna anne ann hanna hannah",
	"ludwig lutz",
	"helena helen lena ellen",
	"magdalena lena",
	"christine christina tina",
	"dorothy dot dolly",
	"sarah sally",
	"eleanor nell ellie nora",
)

func groups(lists ...string) map[string]string {
	out := map[string]string{}
	for _, list := range lists {
		all := strings.Fields(list)
		for n := range all {
			all[n] = Fold(all[n])
		}
		for _, w := range all {
			if out[w] == "" {
				out[w] = all[0]
			}
		}
	}
	return out
}

// sameScript reports whether two names have letters of one script: else they
// cannot be compared.
func sameScript(a, b string) bool {
	for _, table := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic,
		unicode.Hebrew,
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Devanagari} {
		in := func(r rune) bool { return unicode.Is(table, r) }
		if strings.ContainsFunc(a, in) && strings.ContainsFunc(b, in) {
			return true
		}
	}
	return false
}

func digits(w string) bool {
	return w != "" && strings.Trim(w, "0123456789") == ""
}

// Birth is a date of birth and how much of it is known.
type Birth struct {
	Day time.Time // midnight UTC; zero if not known
	In  BornIn
}

// Birth is the patient's date of birth as the record has it.
func (p Patient) Birth() Birth { return Birth{Day: p.Born, In: p.BornIn} }

// NobodysBirth reports whether a date of birth is none: not known, or one that
// programs write where they know none.
func NobodysBirth(b Birth) bool {
	if b.Day.IsZero() || b.Day.Year() < 1850 {
		return true
	}
	switch b.Day.Format(time.DateOnly) {
	case "1900-01-01", "1899-12-30", "1899-12-31", "2222-02-22", "9999-12-31", "9999-09-09":
		return true
	}
	return b.Day.Year() == 1900 && b.In == YearOnly
}

// OtherBirth reports whether two dates of birth are plainly those of two people.
// Day and month swapped, one wrong digit, two digits swapped, and a date of which
// a part is known are no other.
func OtherBirth(a, b Birth) bool {
	if NobodysBirth(a) || NobodysBirth(b) {
		return false
	}
	form := "20060102"
	switch {
	case a.In == YearOnly || b.In == YearOnly:
		form = "2006"
	case a.In == YearMonth || b.In == YearMonth:
		form = "200601"
	case a.Day.Year() == b.Day.Year() && (a.Day.YearDay() == 1 || b.Day.YearDay() == 1):
		return false // a system that knows the year only and writes its first day
	}
	x, y := a.Day.Format(form), b.Day.Format(form)
	if oneDigit(x, y) {
		return false
	}
	return form != "20060102" || x[:4]+x[6:]+x[4:6] != y
}

// oneDigit reports whether at most one digit is another, or two neighbours are
// swapped.
func oneDigit(x, y string) bool {
	n := 0
	for n < len(x) && x[n] == y[n] {
		n++
	}
	if n >= len(x)-1 || x[n+1:] == y[n+1:] {
		return true
	}
	return x[n] == y[n+1] && x[n+1] == y[n] && x[n+2:] == y[n+2:]
}
