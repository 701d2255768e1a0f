package task

import (
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/patient"
)

// salts are words that stand in the names of substances which have nothing else in
// common: alone they tell of no allergy.
var salts = words(`acid acids sodium potassium calcium magnesium chloride sulphate sulfate hydrochloride phosphate
	citrate acetate natrium kalium saure chlorid sulfat hydrochlorid phosphat citrat acetat
	allergy allergic allergie reaction reaktion and the any all der die das und mit alle`)

// general are words that need the one behind them to name anything: a vitamin, a factor.
var general = words(`vitamin factor faktor`)

// strengths are words for how strong a medicine is, beside [forms].
var strengths = words(`mite forte retard`)

// leastWord is the length from which a part of a name names a substance; from leastShort
// on a word does where it stands by itself, as ASS and MTX do.
const leastWord, leastShort = 4, 3

// allergicTo are those of a patient's allergies whose substance a medicine's text names,
// as they are recorded: a word of one in a word of the other, so that penicillin is found
// in benzylpenicillin, or all of one in the other, however it is hyphenated. The penicillins
// are one substance here: all of their names end in -cillin.
//
// Not found is what only a formulary knows: which other medicines are of one class, what is
// in a brand, and what an abbreviation stands for. No question is therefore no word that a
// patient bears a medicine.
func allergicTo(text string, recorded []patient.Allergy) []string {
	of := slices.DeleteFunc(strings.Fields(patient.Fold(text)), func(w string) bool { return strengths[w] })
	var out []string
	for _, a := range recorded {
		if names(of, strings.Fields(patient.Fold(a.Substance))) && !slices.Contains(out, a.Substance) {
			out = append(out, a.Substance)
		}
	}
	return out
}

func names(medicine, substance []string) bool {
	if slices.ContainsFunc(substance, penicillin) && slices.ContainsFunc(medicine, penicillin) {
		return true
	}
	substance = slices.DeleteFunc(slices.Clone(substance), func(w string) bool { return forms[w] || numbered(w) })
	if len(substance) == 0 {
		return false
	}
	joined := strings.Join(substance, "")
	if len(joined) >= leastWord && !salts[joined] && strings.Contains(strings.Join(medicine, ""), joined) {
		return true
	}
	in := func(word string) bool {
		if len(word) < leastWord {
			return slices.Contains(medicine, word)
		}
		// penicillins, and codeine, which is codein elsewhere
		if one := strings.TrimRight(word, "es"); len(one) > leastWord && len(word)-len(one) <= 2 {
			word = one
		}
		return slices.ContainsFunc(medicine, func(w string) bool { return strings.Contains(w, word) })
	}
	whole := slices.DeleteFunc(slices.Clone(substance), func(w string) bool {
		return salts[w] || general[w] || len(w) < leastShort
	})
	if len(whole) > 0 {
		return slices.ContainsFunc(whole, in)
	}
	return !slices.ContainsFunc(substance, func(w string) bool { return !in(w) })
}

// penicillin reports whether a word names one of the penicillins, in English or German.
func penicillin(word string) bool {
	return strings.Contains(word, "cillin") || strings.Contains(word, "zillin")
}
