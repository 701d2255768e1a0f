package task

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// forms are the words for a form or a route, in English and German: they say how a
// medicine is given, not which it is. A word that names a medicine too, as PEG does, is
// not among them.
var forms = words(`
	tablet tablets tab tabs capsule capsules cap caps caplet caplets ampoule ampoules amp vial vials
	drop drops syrup solution soln suspension susp elixir sachet sachets powder granules
	injection inj infusion inf bolus suppository suppositories supp patch patches cream ointment gel spray
	inhaler inhalation neb nebs nebuliser nebulizer lozenge lozenges pessary pessaries
	oral orally intravenous intravenously intramuscular intramuscularly subcutaneous subcutaneously
	sublingual sublingually buccal rectal rectally topical topically nasal inhaled nebulised nebulized
	po iv im sc sq subcut subcutan sl pr pv inh ng by mouth per os tape tapes adhesive
	tablette tabletten tbl tabl filmtablette filmtabletten brausetablette brausetabletten retardtablette
	retardtabletten schmelztablette schmelztabletten kapsel kapseln kps ampulle ampullen durchstechflasche
	tropfen trpf gtt saft sirup lösung lsg emulsion pulver granulat beutel injektion infusionslösung
	injektionslösung kurzinfusion zäpfchen pflaster creme salbe dosieraerosol
	intravenös intramuskulär subkutan sublingual bukkal rektal topisch nasal inhalativ peroral`)

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(norm.NFC.String(s)) {
		out[w] = true
	}
	return out
}

// nameOf is the medicine that a text names, as two texts are compared: its words without
// case, signs, and what is a form or a route, up to the number that is the strength.
// "Paracetamol (1 g)", "PARACETAMOL-500mg" and "Paracetamol tablet i.v." are one
// medicine. A text that is nothing but forms is compared by all of its words.
//
// Not found are a brand and its substance, one substance by two names (paracetamol and
// acetaminophen), spelling mistakes and abbreviations, salts and additions ("morphine
// sulphate", "forte", "retard"), a strength before the name or written onto it ("1 g
// Paracetamol", "Paracetamol1g"), and what is in a mixture that has a name of its own. Two medicines that
// differ in what follows a number ("Vitamin B 6", "Vitamin B 12") count as one: that costs
// a question.
func nameOf(text string) string {
	all := strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	named := slices.IndexFunc(all, func(w string) bool { return !numbered(w) })
	if named < 0 {
		return strings.Join(all, " ")
	}
	if n := slices.IndexFunc(all[named:], numbered); n >= 0 {
		all = all[:named+n]
	}
	var out []string
	for n := 0; n < len(all); n++ {
		switch {
		case forms[all[n]]:
		case n+1 < len(all) && len(all[n]) == 1 && len(all[n+1]) == 1 && forms[all[n]+all[n+1]]: // "i. v."
			n++
		default:
			out = append(out, all[n])
		}
	}
	if len(out) == 0 || numbered(out[len(out)-1]) {
		out = all
	}
	return strings.Join(out, "")
}

// numbered reports whether a word begins with a number.
func numbered(word string) bool { return unicode.IsNumber([]rune(word)[0]) }
