package patient

import (
	"regexp"
	"strings"
	"unicode"
)

// Substance reads what stands where an allergy's substance does: its codes and its
// texts. name is what it names, as sent. If it is empty, all of them say something
// else: status is the least of that, and [AllergiesNotRecorded] is that nothing is
// known, or something that this record does not tell apart. Nothing but what is on the
// list of [noneSaid] is read so. against means that one of the codes or texts says
// that no allergy is known, and another one names one.
func Substance(codes, texts []string) (name string, status AllergyStatus, against bool) {
	all := texts
	if len(texts) == 0 {
		all = codes
	}
	status = AllergiesRecorded
	said := false
	for _, text := range all {
		none, is := noneSaid(text)
		switch {
		case is:
			status, said = leastKnown(status, none), true
		case name == "":
			name = text
		}
	}
	for _, code := range codes {
		if none, is := noneCode(code); is && len(texts) > 0 {
			status, said = leastKnown(status, none), true
		}
	}
	if name != "" {
		return name, AllergiesRecorded, said
	}
	if !said {
		status = AllergiesNotRecorded
	}
	return "", status, false
}

// leastKnown is the more cautious of two answers.
func leastKnown(a, b AllergyStatus) AllergyStatus {
	for _, s := range []AllergyStatus{AllergiesNotRecorded, NoKnownDrugAllergies, NoKnownAllergies} {
		if a == s || b == s {
			return s
		}
	}
	return AllergiesRecorded
}

// noneCode reads a code by itself.
func noneCode(code string) (AllergyStatus, bool) {
	s, is := noneCodes[strings.ToUpper(strings.TrimSpace(code))]
	return s, is
}

// noneSaid reads a whole text that names no allergy. All of it must be on the list:
// what is only begun as one there ends in "except penicillin".
func noneSaid(text string) (AllergyStatus, bool) {
	if s, is := noneCode(text); is {
		return s, true
	}
	if strings.ContainsFunc(text, doubtful) || sentences.MatchString(text) {
		return AllergiesNotRecorded, false
	}
	folded := Fold(text)
	if s, is := noneTexts[folded]; is {
		return s, true
	}
	for _, kind := range kindsOfTerm {
		folded = strings.TrimSuffix(folded, " "+kind)
	}
	status, said := noneTexts[folded]
	for short, s := range noneShort { // "NKA - No Known Allergies", "No Known Allergies (NKA)"
		rest, before := strings.CutPrefix(folded, short+" ")
		if !before {
			if rest, before = strings.CutSuffix(folded, " "+short); !before {
				continue
			}
		}
		if long, is := noneTexts[rest]; is {
			return leastKnown(s, long), true
		}
	}
	return status, said
}

// kindsOfTerm are what a terminology writes behind its terms.
var kindsOfTerm = []string{"situation", "finding", "disorder", "context dependent category"}

// sentences is where one ends and another begins.
var sentences = regexp.MustCompile(`\p{L}{2,}[.;!]\s*\p{L}`)

// doubtful are the signs that mean something, which [Fold] leaves out.
func doubtful(r rune) bool { return r == '?' || unicode.IsSymbol(r) }
