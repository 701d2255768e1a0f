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
	allergy allergic allergie reaction reaktion`)

// leastWord is the length from which a part of a name names a substance.
const leastWord = 4

// allergicTo are those of a patient's allergies whose substance a medicine's text names,
// as they are recorded: a word of one in a word of the other, so that penicillin is found
// in benzylpenicillin. The penicillins are one substance here: all of their names end in
// -cillin.
//
// Not found is what only a formulary knows: which other medicines are of one class, or what
// is in a brand. No question is therefore no word that a patient bears a medicine.
func allergicTo(text string, recorded []patient.Allergy) string {
	of := strings.Fields(patient.Fold(text))
	var out []string
	for _, a := range recorded {
		if names(of, strings.Fields(patient.Fold(a.Substance))) && !slices.Contains(out, a.Substance) {
			out = append(out, a.Substance)
		}
	}
	return strings.Join(out, ", ")
}

func names(medicine, substance []string) bool {
	if slices.ContainsFunc(substance, penicillin) && slices.ContainsFunc(medicine, penicillin) {
		return true
	}
	in := func(word string) bool {
		if len(word) < leastWord {
			return slices.Contains(medicine, word)
		}
		word = strings.TrimRight(word, "s") // penicillins
		return slices.ContainsFunc(medicine, func(w string) bool { return strings.Contains(w, word) })
	}
	whole := slices.DeleteFunc(slices.Clone(substance), func(w string) bool {
		return salts[w] || forms[w] || len(w) < leastWord || numbered(w)
	})
	if len(whole) > 0 {
		return slices.ContainsFunc(whole, in)
	}
	return len(substance) > 0 && !slices.ContainsFunc(substance, func(w string) bool { return !in(w) })
}

// penicillin reports whether a word names one of the penicillins, in English or German.
func penicillin(word string) bool {
	return strings.Contains(word, "cillin") || strings.Contains(word, "zillin")
}
