package task

import (
	"maps"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/patient"
)

// salts are words that stand in the names of substances which have nothing else in
// common: alone they tell of no allergy.
var salts = stems(`acid acids sodium potassium calcium magnesium chloride sulphate sulfate hydrochloride phosphate
	citrate acetate natrium kalium säure chlorid sulfat hydrochlorid phosphat citrat acetat oil öl`)

// filling are words around a substance that name none.
var filling = stems(`allergy allergic allergie reaction reaktion intolerance intoleranz drug drugs food other known
	severe mild the and any all with for from after der die das und mit alle nach bei von auf dose dosis gabe`)

// general are words that need the one behind them to name anything: a vitamin, a factor.
var general = stems(`vitamin factor faktor`)

// strengths are words for how strong a medicine is, beside [forms].
var strengths = stems(`mite forte retard`)

// formed are [forms], as they are held against an allergy.
var formed = stems(strings.Join(slices.Collect(maps.Keys(forms)), " "))

// within are short names that stand at the end of other words and mean the same there: a peanut is
// a nut to whoever wrote "nuts", and fluconazole is one of the "azoles".
var within = stems(`nut nuss fish milk azol olol`)

// A word of leastShort letters or more names a substance where it stands by itself, as ASS
// and MTX do; from leastStart on also at the start of a word, from leastEnd on at the end of one
// behind leastBefore others, as Milch is in Vollmilch, and from leastPart on anywhere in one, as
// codeine is in dihydrocodeine. Iron is not in buspirone, and Eisen not in Reisen.
const leastShort, leastStart, leastEnd, leastPart, leastBefore = 3, 4, 5, 6, 3

// allergicTo are those of a patient's allergies whose substance a task names, as they are
// recorded: in the same words in number and ending, at the start or the end of a word, or all of one
// in the other, however it is hyphenated. The penicillins are one substance here, as all of their
// names end in -cillin, and so are the ACE inhibitors (-pril) and the local anaesthetics (-caine). A form or a
// route is no substance, unless the allergy says nothing else. What a ward meets by several names is found by
// any of them ([same]), and what is called by a number and letters however these are joined ([coded]).
//
// Not found is what only a formulary knows: which other medicines are of one class, what is
// in a brand, and what any other abbreviation stands for. No question is therefore no word that a
// patient tolerates a medicine.
func allergicTo(line string, recorded []patient.Allergy) []string {
	all := strings.Fields(patient.Fold(line))
	var named []string // without how strong it is
	for n, w := range all {
		last := n+1 == len(all) || numbered(all[n+1]) || formed[stem(all[n+1])]
		if n == 0 || !last || !strengths[stem(w)] {
			named = append(named, w)
		}
	}
	codes := coded(all)
	var out []string
	for _, a := range recorded {
		words := strings.Fields(patient.Fold(a.Substance))
		own, code := substance(words), coded(words)
		is := slices.ContainsFunc(code, func(c string) bool { return slices.Contains(codes, c) }) ||
			isSame(slices.Concat(named, codes), slices.Concat(own, code)) || names(named, all, own)
		if is && !slices.Contains(out, a.Substance) {
			out = append(out, a.Substance)
		}
	}
	return out
}

// substance are the words of an allergy that may name one, without what German joins to them.
func substance(recorded []string) (out []string) {
	for _, w := range recorded {
		for _, end := range []string{"allergie", "intoleranz", "unvertraglichkeit"} {
			w = strings.TrimSuffix(w, end)
		}
		if w != "" && !numbered(w) && !filling[stem(w)] {
			out = append(out, w)
		}
	}
	return out
}

// names reports whether a medicine's words name a substance; all are its words with those of its
// strength.
func names(medicine, all, substance []string) bool {
	recorded := len(substance)
	substance = slices.DeleteFunc(slices.Clone(substance), func(w string) bool { return bound[w] }) // [same] has them
	for n := range classes {
		of := func(w string) bool { return ofClass(w, n) }
		if slices.ContainsFunc(substance, of) && slices.ContainsFunc(all, of) {
			return true
		}
	}
	without := func(not ...map[string]bool) []string {
		return slices.DeleteFunc(slices.Clone(substance), func(w string) bool {
			return slices.ContainsFunc(not, func(m map[string]bool) bool { return m[stem(w)] })
		})
	}
	if len(substance) < recorded && len(without(formed, strengths, salts, general, heads)) == 0 {
		return false // of corn syrup the syrup alone tells of no allergy
	}
	in := func(word string) bool {
		return slices.ContainsFunc(medicine, func(w string) bool { return holds(w, stem(word)) })
	}
	if len(without(formed, strengths)) == 0 {
		return slices.ContainsFunc(substance, func(form string) bool {
			return slices.ContainsFunc(all, func(w string) bool { return ofForm(w, stem(form)) })
		})
	}
	substance = without(formed)
	joined := stem(strings.Join(substance, ""))
	if len(joined) >= leastStart && !salts[joined] {
		for n := range medicine {
			if holds(strings.Join(medicine[n:], ""), joined) {
				return true
			}
		}
	}
	whole := slices.DeleteFunc(without(salts, general), func(w string) bool { return len(w) < leastShort })
	if len(whole) > 0 {
		return slices.ContainsFunc(whole, in)
	}
	return !slices.ContainsFunc(substance, func(w string) bool { return !in(w) })
}

// holds reports whether a word of a medicine names what a word of an allergy with this stem does.
func holds(word, stemmed string) bool {
	return stem(word) == stemmed || len(stemmed) >= leastStart && strings.HasPrefix(word, stemmed) &&
		!isClass(stemmed) ||
		len(stemmed) >= leastPart && strings.Contains(word, stemmed) || ends(word, stemmed)
}

// ends reports whether a word of a medicine, or of the oil of it, ends with this stem: a Thunfisch is a Fisch.
func ends(word, stemmed string) bool {
	if len(stemmed) < leastEnd && !within[stemmed] {
		return false
	}
	for _, w := range []string{stem(word), strings.TrimSuffix(word, "ol")} {
		if before, is := strings.CutSuffix(w, stemmed); is && len(before) >= leastBefore {
			return true
		}
	}
	return false
}

// ofForm reports whether a word of a medicine is of a form with this stem: salbutamol is no Salbe,
// a Schmerzpflaster is a Pflaster.
func ofForm(word, stemmed string) bool {
	own := stem(word)
	return own == stemmed || len(stemmed) >= leastStart && strings.HasSuffix(own, stemmed)
}
