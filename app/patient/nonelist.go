package patient

import (
	"maps"
	"strings"
)

// noneCodes are codes that say that no allergy is known. What is said of another kind
// than drugs (food, insects, what is in the air, latex) this record does not tell apart.
var noneCodes = map[string]AllergyStatus{
	"716186003": NoKnownAllergies, "160244002": NoKnownAllergies, "NKA": NoKnownAllergies, "NONE": NoKnownAllergies,
	"409137002": NoKnownDrugAllergies, "NKDA": NoKnownDrugAllergies, "NKMA": NoKnownDrugAllergies,
	"429625007": AllergiesNotRecorded, "428197003": AllergiesNotRecorded, "428607008": AllergiesNotRecorded,
	"1003774007": AllergiesNotRecorded, "NKFA": AllergiesNotRecorded, "NKEA": AllergiesNotRecorded,
	"ASKU": AllergiesNotRecorded, "NASK": AllergiesNotRecorded, "UNK": AllergiesNotRecorded,
}

// noneShort are the short forms, folded.
var noneShort = map[string]AllergyStatus{
	"nka": NoKnownAllergies, "n k a": NoKnownAllergies, "nkda": NoKnownDrugAllergies, "n k d a": NoKnownDrugAllergies,
	"nkma": NoKnownDrugAllergies, "nkfa": AllergiesNotRecorded, "nkea": AllergiesNotRecorded,
}

// The kinds of allergy that are said, and the words for an allergy.
const (
	ofDrugs = "[drug|drugs|medication|medications|medicine|medicines|med|meds|drug or food|food or drug|" +
		"drug and food|food and drug|medication or food|food or medication]"
	ofOthers = "[food|foods|latex|environmental|environment|insect|insect sting|venom|contrast|contrast media|dye|" +
		"seasonal|pollen|animal|other|food or environmental|environmental or food]"
	vonMitteln = "[medikamenten|medikamenten |arzneimittel|arzneimittel ]"
	vonAnderem = "[nahrungsmittel|nahrungsmittel |lebensmittel|lebensmittel |insektengift|pollen|latex|" +
		"kontrastmittel|umwelt]"
	allergy = "[allergy|allergies|allergic reactions|adverse reactions|allergies or adverse reactions|" +
		"allergies or intolerances|allergies or sensitivities]"
	allergie = "[allergie|allergien|allergien oder unverträglichkeiten|allergien und unverträglichkeiten|" +
		"allergien oder intoleranzen]"
)

// noneOf is what is said that there is none of; § stands for the kind. Each [a|b] is
// one of its alternatives.
var noneOf = []string{
	"[no|nil] [|known|reported] [|history of] § " + allergy + " [|known|reported]",
	"§ " + allergy + " [none|nil|none known|nil known|none reported]",
	"[|patient|the patient|pt] [denies|denied] [|any] [|known] § " + allergy,
	"[patient|the patient|pt] [has|reports] no [|known] § " + allergy,
}

var keineVon = []string{
	"[keine|keinerlei] [|bekannten|bekannte] §" + allergie + " [|bekannt|angegeben|berichtet]",
	"§" + allergie + " [keine|keine bekannt|verneint|werden verneint]",
	"[|patient|patientin] verneint §" + allergie,
	"[patient|patientin] [hat|gibt] keine [|bekannten] §" + allergie + " [|an]",
}

// otherNone are the sentences that need no kind.
var otherNone = map[AllergyStatus][]string{
	NoKnownAllergies: {
		"[none|nil] [|known|reported]",
		"no known",
		"keine [|bekannt|bekannten]",
		allergy + " [nka|n k a]",
		"aucune [allergie|allergies] [|connue|connues]",
		"pas [d'allergie|d'allergies] [connue|connues]",
		"geen [|bekende] allergieën [|bekend]",
		"sin alergias [|conocidas]",
		"niega alergias",
		"nessuna allergia [|nota]",
		"sem alergias [|conhecidas]",
		"nega alergias",
	},
	NoKnownDrugAllergies: {"no [|known] adverse drug [reaction|reactions]", allergy + " [nkda|n k d a]",
		"aucune allergie médicamenteuse [|connue]"},
	AllergiesNotRecorded: {"", "no [|known] allergies other types", "[|allergies|allergy|allergy status] " +
		"[unknown|not known|" +
		"not on file|not recorded|not documented|not assessed|not asked|not reviewed|not verified|unverified|not stated|" +
		"not available]", "unknown allergies", "unk", "na", "n a", "not applicable", "no active allergies",
		"no [|active] allergies [on file|recorded|documented|verified|assessed]",
		"[none|nil] [on file|recorded|documented]",
		"[|patient|pt] [refused|refuses|declined|declines] [|to say|to state|to answer]",
		"[|patient|pt] [|is] unable to [obtain|assess|state|say|answer|determine|verify] " +
			"[|allergies|allergy status|allergy history]", "no [|allergy] information [|available|on file]",
		"no information [on|about] allergies", "unbekannt", "nicht bekannt",
		"[allergie|allergien|allergiestatus] [unbekannt|nicht bekannt|nicht erhoben|nicht erfragt|nicht erfasst|" +
			"nicht dokumentiert]", "nicht [erhoben|erfragt|erfasst|dokumentiert]",
		"keine [angabe|angaben|informationen]",
		"keine [angaben|informationen] zu allergien"},
}

// noneTexts is the list, folded.
var noneTexts = listed()

func listed() map[string]AllergyStatus {
	out := maps.Clone(noneShort)
	for status, kinds := range map[AllergyStatus][2]string{NoKnownAllergies: {},
		NoKnownDrugAllergies: {ofDrugs, vonMitteln}, AllergiesNotRecorded: {ofOthers, vonAnderem}} {
		for n, sentences := range [][]string{noneOf, keineVon} {
			for _, sentence := range sentences {
				for _, text := range spelled(strings.ReplaceAll(sentence, "§", kinds[n])) {
					out[Fold(text)] = status
				}
			}
		}
	}
	for status, sentences := range otherNone {
		for _, sentence := range sentences {
			for _, text := range spelled(sentence) {
				out[Fold(text)] = status
			}
		}
	}
	return out
}

// spelled is each text that a sentence with alternatives stands for.
func spelled(sentence string) []string {
	before, rest, some := strings.Cut(sentence, "[")
	if !some {
		return []string{sentence}
	}
	choices, rest, _ := strings.Cut(rest, "]")
	var out []string
	for _, end := range spelled(rest) {
		for choice := range strings.SplitSeq(choices, "|") {
			out = append(out, before+choice+end)
		}
	}
	return out
}
