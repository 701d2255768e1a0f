package patient

import (
	"slices"
	"strings"
)

// substanceOf is the name of a substance for comparison.
func substanceOf(a Allergy) string {
	if key := Fold(a.Substance); key != "" {
		return key
	}
	return strings.ToLower(strings.TrimSpace(a.Substance))
}

// SameSubstance reports whether two names are of one substance, whatever way they are
// written.
func SameSubstance(a, b string) bool {
	return substanceOf(Allergy{Substance: a}) == substanceOf(Allergy{Substance: b})
}

// entryOf names an entry of a substance: the one without an identifier by the
// substance alone.
func entryOf(substance, entry string) string {
	if entry == "" {
		return substance
	}
	return substance + "\t" + entry
}

// substanceIn is the substance of an entry's name.
func substanceIn(entry string) string {
	substance, _, _ := strings.Cut(entry, "\t")
	return substance
}

// bare reports whether nothing but a code names the substance.
func (a Allergy) bare() bool { return a.Code != "" && strings.EqualFold(a.Code, a.Substance) }

// sameCode reports whether both have one code, which is not yet that they mean the
// same: "other" is a code too. bare is that one of the two has no text that could be
// another.
func (a Allergy) sameCode(b Allergy) (same, bare bool) {
	systems := a.System == b.System || a.System == "" && a.bare() || b.System == "" && b.bare()
	return a.Code != "" && strings.EqualFold(a.Code, b.Code) && systems, a.bare() || b.bare()
}

// Join is all that two entries say of one substance: every reaction, the worse
// severity, the earlier day.
func (a Allergy) Join(b Allergy) Allergy {
	a.Reaction = joinReactions(a.Reaction, b.Reaction)
	if severity(b.Severity) > severity(a.Severity) {
		a.Severity = b.Severity
	}
	if a.Since.IsZero() || !b.Since.IsZero() && b.Since.Before(a.Since) {
		a.Since = b.Since
	}
	if a.Type == "" {
		a.Type = b.Type
	}
	if a.Code == "" {
		a.Code, a.System = b.Code, b.System
	}
	return a
}

// covers reports whether another says nothing worse and nothing more.
func (a Allergy) covers(b Allergy) bool {
	return severity(b.Severity) <= severity(a.Severity) &&
		len(joinReactions(a.Reaction, b.Reaction)) == len(joinReactions(a.Reaction, ""))
}

func joinReactions(a, b string) string {
	var all []string
	for _, r := range append(strings.Split(a, ", "), strings.Split(b, ", ")...) {
		if r != "" && !slices.ContainsFunc(all, func(had string) bool { return strings.EqualFold(had, r) }) {
			all = append(all, r)
		}
	}
	return strings.Join(all, ", ")
}

// severities of HL7 table 0128 and the words in use for them, from the least.
var severities = [][]string{{""}, {"U", "UNKNOWN"}, {"MI", "MILD", "LEICHT"}, {"MO", "MODERATE", "MITTEL"}, {},
	{"SV", "SEVERE", "SCHWER"}}

// severityCodes are those of HL7 table 0128 for the words of severities.
var severityCodes = []string{"", "U", "MI", "MO", "", "SV"}

// Severity is how bad a reaction is by the texts that a sender gives for it, a code and
// words: a code of HL7 table 0128 where one of them is known, else the last of the texts
// as it was sent, which may be words.
func Severity(texts []string) (severe string, known bool) {
	best := 0
	for _, text := range texts {
		if n := severity(text); severityCodes[n] != "" && n > best {
			best = n
		}
	}
	if best > 0 || len(texts) == 0 {
		return severityCodes[best], true
	}
	return texts[len(texts)-1], false
}

// Graver is the graver of two severities. One that nobody knows may be worse than
// moderate.
func Graver(a, b string) string {
	if severity(b) > severity(a) {
		return b
	}
	return a
}

// severity ranks what is sent. A word that nobody knows may be worse than moderate.
func severity(sent string) int {
	for n, words := range severities {
		if slices.Contains(words, strings.ToUpper(strings.TrimSpace(sent))) {
			return n
		}
	}
	return len(severities) - 2
}
