package hl7_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
)

// listed is what stands of a patient's allergies: "Latex/SV/Rash; ...".
func listed(s patient.Summary) string {
	var out []string
	for _, a := range s.Allergic {
		out = append(out, a.Substance+"/"+a.Severity+"/"+a.Reaction)
	}
	return strings.Join(out, "; ")
}

// Seen red: of several substances only the first was taken, and a severity in words, or
// a second one, was lost.
func TestEverySubstanceAndSeverityIsRead(t *testing.T) {
	for segment, want := range map[string]string{
		"AL1|1|DA|^Penicillin~^Latex|SV|Anaphylaxis":       "Penicillin/SV/Anaphylaxis; Latex/SV/Anaphylaxis",
		"IAM|1|DA|^Penicillin~^Latex|SV|Rash|A|7":          "Penicillin/SV/Rash; Latex/SV/Rash",
		"AL1|1|DA|^Penicillin|^Severe|Rash":                "Penicillin/SV/Rash",
		"AL1|1|DA|^Penicillin|^Severe^L|^Rash":             "Penicillin/SV/Rash",
		"AL1|1|DA|^Penicillin|MI~SV|Rash":                  "Penicillin/SV/Rash",
		"AL1|1|DA|^Penicillin|SV~MI|Rash":                  "Penicillin/SV/Rash",
		"AL1|1|DA|^Penicillin|1^mild^L^MO^x^HL70128|Rash":  "Penicillin/MO/Rash",
		"AL1|1|DA|^Penicillin|MO^mässig^L|Rash":            "Penicillin/MO/Rash",
		"AL1|1|DA|^Penicillin|Moderate|Rash":               "Penicillin/MO/Rash",
		"AL1|1|DA|^Penicillin|3^life-threatening^L|Rash":   "Penicillin/life-threatening/Rash",
		"AL1|1|DA|^Penicillin|MI~3^life-threatening|Rash":  "Penicillin/life-threatening/Rash",
		"AL1|1|DA|^Penicillin|SV~3^life-threatening^|Rash": "Penicillin/SV/Rash",
	} {
		s := record(t)
		r := sendAll(t, s, adt("A01", "080000", marsh, marshBed, segment))
		if got := listed(find(t, s, "K100")); got != want ||
			warnsOf(r, "no severity that is known") != strings.Contains(segment, "life") {
			t.Errorf("%s: %s %q", segment, got, texts(r))
		}
	}
}

// Seen red: what IAM-7 identifies stood on without a word where IAM-3 named it
// otherwise, and nothing was said of one that is not recorded.
func TestTheIdentifierOfAnAllergyDecides(t *testing.T) {
	for name, c := range map[string]struct {
		then, want, warns string
	}{
		"taken back by another name": {"IAM|1|DA|^PENICILLIN G|SV|Rash|D|7", "Latex/MO/Itch", "IAM-7 is followed"},
		"taken back by no name":      {"IAM|1|DA|?||Rash|D|7", "Latex/MO/Itch", "IAM-7 is followed"},
		"renamed": {"IAM|1|DA|^Amoxicillin|SV|Rash|U|7", "Latex/MO/Itch; Amoxicillin/SV/Rash",
			"IAM-7 is followed"},
		"an identifier of nothing": {"IAM|1|DA|^Eggs|SV|Rash|D|9", "Penicillin/SV/Rash; Latex/MO/Itch",
			"not recorded"},
		"a name of nothing": {"IAM|1|DA|^Eggs|SV|Rash|D", "Penicillin/SV/Rash; Latex/MO/Itch", "not recorded"},
		"the name and another identifier": {"IAM|1|DA|^Penicillin|SV|Rash|D|9", "Penicillin/SV/Rash; Latex/MO/Itch",
			"these stand"},
		"as it was said": {"IAM|1|DA|^Penicillin|SV|Rash|D|7", "Latex/MO/Itch", ""},
		"one more under its identifier": {"IAM|1|DA|^Amoxicillin|SV|Rash|A|7",
			"Penicillin/SV/Rash; Latex/MO/Itch; Amoxicillin/SV/Rash", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A01", "080000", marsh, marshBed, "IAM|1|DA|^Penicillin|SV|Rash|A|7",
				"IAM|2|DA|^Latex|MO|Itch|A|8"))
			r := sendAll(t, s, adt("A60", "090000", marsh, c.then))
			if got := listed(find(t, s, "K100")); got != c.want || c.warns != "" && !warnsOf(r, c.warns) ||
				c.warns == "" && r.Warnings != 0 {
				t.Errorf("%s %q", got, texts(r))
			}
		})
	}
}
