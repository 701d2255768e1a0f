package patient

import (
	"slices"
	"strings"
)

// noneCodes are codes that say that no allergy is known.
var noneCodes = map[string]AllergyStatus{
	"716186003": NoKnownAllergies, "160244002": NoKnownAllergies, "NKA": NoKnownAllergies, "NONE": NoKnownAllergies,
	"409137002": NoKnownDrugAllergies, "NKDA": NoKnownDrugAllergies, "NKMA": NoKnownDrugAllergies,
}

// otherNone are codes that say that no allergy of another kind is known: to food,
// to insects, to what is in the air, to latex.
var otherNone = []string{"429625007", "428197003", "428607008", "1003774007", "NKFA", "NKEA"}

// noneTexts are texts that say it by themselves, folded.
var noneTexts = map[string]AllergyStatus{
	"none": NoKnownAllergies, "none known": NoKnownAllergies, "nil": NoKnownAllergies, "nil known": NoKnownAllergies, "no known": NoKnownAllergies,
	"keine": NoKnownAllergies, "keine bekannt": NoKnownAllergies, "nka": NoKnownAllergies, "nkda": NoKnownDrugAllergies, "nkma": NoKnownDrugAllergies,
	"n k a": NoKnownAllergies, "n k d a": NoKnownDrugAllergies,
}

// NotASubstance reads what stands where an allergy's substance does. Where it is
// none, is says so, and status what it says instead: [AllergiesNotRecorded] is
// that nothing is known, or of something that this record does not tell apart.
func NotASubstance(code, words string) (status AllergyStatus, is bool) {
	for _, said := range []string{code, words} {
		key := strings.ToUpper(strings.TrimSpace(said))
		if s, known := noneCodes[key]; known {
			return s, true
		}
		if slices.Contains(otherNone, key) {
			return AllergiesNotRecorded, true
		}
	}
	if strings.TrimSpace(words) == "" {
		words = code
	}
	return noneText(Fold(words))
}

func noneText(folded string) (AllergyStatus, bool) {
	if s, known := noneTexts[folded]; known {
		return s, true
	}
	list := strings.Fields(folded)
	switch folded {
	case "", "unknown", "not known", "unk", "unable to obtain", "not asked", "unbekannt", "na":
		return AllergiesNotRecorded, true
	}
	has := func(stems ...string) bool {
		return slices.ContainsFunc(list, func(w string) bool {
			return slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(w, stem) })
		})
	}
	if !slices.Contains([]string{"no", "nil", "none", "not", "denies", "keine", "kein", "without", "ohne", "patient"}, list[0]) ||
		list[0] == "patient" && !has("no", "denies") {
		return "", false
	}
	// German writes the kind and the allergy in one word.
	allergy := slices.ContainsFunc(list, func(w string) bool { return strings.Contains(w, "allerg") }) || has("adverse", "intoleran", "sensitiv", "unvertraglich")
	drug := slices.ContainsFunc(list, func(w string) bool {
		return slices.ContainsFunc([]string{"drug", "medic", "medik", "pharma", "arzneimittel"}, func(stem string) bool { return strings.Contains(w, stem) })
	})
	switch {
	case !allergy:
		return "", false
	case has("record", "file", "document", "asked", "informat", "dokument", "erfasst", "angabe"):
		return AllergiesNotRecorded, true
	case drug:
		return NoKnownDrugAllergies, true
	case has("food", "insect", "environment", "latex", "contrast", "season", "pollen", "animal", "nahrung", "lebensmittel", "venom", "dye", "other"):
		return AllergiesNotRecorded, true
	}
	return NoKnownAllergies, true
}
