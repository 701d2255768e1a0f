package task

import (
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/patient"
)

// same are words of one substance each, in English and German, with what it is called in the names of
// what holds it. kind is the wider word for it: an allergy to nuts is one to hazelnuts too, and
// whoever is allergic to hazelnuts is asked about nuts, not about walnuts.
//
// Where they are from: the foods from Annex II of Regulation (EU) No 1169/2011, which lists in both languages
// what causes allergies; maize, rice, aniseed, arachis (peanut) oil, soya-bean oil and iodine from the titles of the
// European Pharmacopoeia in both; the medicines, the last ones, are international nonproprietary names beside
// those of a country, and the abbreviations that wards write.
var same = []struct{ names, kind map[string]bool }{
	{names: folded(`latex naturlatex kautschuk`)},
	{names: folded(`iod jod iodine jodine iodid jodid iodide iodiert jodiert iodinated iodised iodized iodoform jodoform
		radioiod radiojod`)},
	{names: folded(`kontrastmittel contrast`)},
	{names: folded(`soy soya soja soybean soyabean sojabohne`)},
	{names: folded(`mais maize corn popcorn sweetcorn zuckermais`)},
	{names: folded(`reis rice milchreis puffreis basmatireis`)},
	{names: folded(`anis anise aniseed sternanis`)},
	{names: folded(`gras grass gräser`)},
	{names: folded(`weizen wheat`)},
	{names: folded(`sellerie celery celeriac`)},
	{names: folded(`senf mustard`)},
	{names: folded(`sesam sesame`)},
	{names: folded(`sulfit sulphite`)},
	{names: folded(`milch milk`)},
	{names: folded(`fisch fish`)},
	{names: folded(`ei eier egg hühnerei rührei spiegelei eigelb eidotter eiklar`)},
	{names: folded(`erdnuss peanut arachis`), kind: nuts},
	{names: folded(`haselnuss hazelnut`), kind: nuts},
	{names: folded(`walnuss walnut`), kind: nuts},
	{names: folded(`paranuss brazilnut`), kind: nuts},
	{names: folded(`pekannuss pecan`), kind: nuts},
	{names: folded(`mandel mandeln almond`), kind: nuts},
	{names: folded(`cashew kaschunuss`), kind: nuts},
	{names: folded(`pistazie pistachio`), kind: nuts},
	{names: folded(`5fu fluorouracil`)},
	{names: folded(`3tc lamivudin`)},
	{names: folded(`5asa mesalazin mesalamin`)},
	{names: folded(`6mp mercaptopurin`)},
	{names: folded(`mtx methotrexat`)},
	{names: folded(`ass asa aspirin acetylsalicylic acetylsalicylsäure`)},
	{names: folded(`paracetamol acetaminophen`)},
	{names: folded(`metamizol novaminsulfon dipyron`)},
}

var nuts = folded(`nut nuss schalenfrucht`)

// bound are names of [same] with which many other words begin: they are found by themselves and before
// one of [heads]. Reisen is no rice, Anisokorie no anise, Mandelentzündung no almond, and Mai no maize.
var bound = folded(`reis rice mais corn anis anise gras mandel mandeln`)

// heads are words that stand behind a substance in the name of what is made of it, joined to it in
// German. A form does as well: Jodsalbe.
var heads = stems(`öl oil stärke starch mehl flour milch milk protein eiweiss sirup syrup zucker sugar extrakt extract
	pollen butter mus brei keim kleie bran flocke flake waffel samen saat bohne bean lezithin lecithin
	schleim tee tea speise salat joghurt brot bread kuchen drink seife soap salz haltig tinktur tincture kost`)

// folded are the words of a list, as they are compared with those of a task.
func folded(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(patient.Fold(list)) {
		out[w] = true
	}
	return out
}

// isSame reports whether a medicine names a substance of [same] that an allergy does, in whichever words.
func isSame(medicine, allergy []string) bool {
	has := func(all []string, names map[string]bool, in func(word, name string) bool) bool {
		return slices.ContainsFunc(all, func(w string) bool {
			for name := range names {
				if in(w, name) {
					return true
				}
			}
			return false
		})
	}
	for _, s := range same {
		own := has(allergy, s.names, isMade)
		if (own || has(allergy, s.kind, stands)) && has(medicine, s.names, isOf) ||
			own && has(medicine, s.kind, stands) {
			return true
		}
	}
	return false
}

// stands reports whether a word is a name, in whichever number, or what is made of it.
func stands(word, name string) bool {
	if word == name || !bound[name] && stem(word) == stem(name) {
		return true
	}
	behind, is := strings.CutPrefix(word, name)
	return is && isHead(behind)
}

// isHead reports whether what stands behind a name is one of [heads] or a form, or several, as in Maiskeimöl.
func isHead(behind string) bool {
	if heads[stem(behind)] || formed[stem(behind)] {
		return true
	}
	for head := range heads {
		if rest, is := strings.CutPrefix(behind, head); is && len(head) >= leastStart && isHead(rest) {
			return true
		}
	}
	return false
}

// isMade reports whether a name stands in a word, or a long one at its start, end or anywhere, as [holds] has it.
func isMade(word, name string) bool {
	return stands(word, name) || !bound[name] && len(stem(name)) >= leastEnd && holds(word, stem(name))
}

// isOf reports whether a word of a medicine is of the substance with a name: walnuts are nuts, not the other way.
func isOf(word, name string) bool {
	return isMade(word, name) || !bound[name] && ends(word, stem(name))
}
