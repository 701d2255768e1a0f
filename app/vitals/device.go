package vitals

import (
	"regexp"
	"slices"
	"strings"
)

// Devices that give oxygen, as their names or parts of them stand in a text: English
// and German.
var givesOxygen = regexp.MustCompile(`\b(?:nc|nrb|nrm|nrbm|nrbr|fm|sfm|vm|hfno|hfnc|hfnp|hfn|hfot|hfo2)\b` +
	`|\b(?:cpap|bipap|bpap|niv|nippv|nppv|oxygen|o2|tent|hood|ventilated)\b|\bspecs\b` +
	`|mask|cannula|prongs|spectacles|hudson|venturi|rebreath|reservoir|headbox|head box|t piece|ambu|bag valve` +
	`|high ?flow|optiflow|airvo|vapotherm|bilevel|ventilator|mechanical ventilation|respirator` +
	`|nasenkanüle|nasal kanüle|nasenbrille|nasensonde|nasopharyngealsonde|o2 brille|sauerstoff|beatmung|beatmet`)

// notGiven are words beside a device that leave it open whether it gives anything, and
// masks that do not.
var notGiven = regexp.MustCompile(`\b(?:no|not|none|nil|without|off|removed|stopped|discontinued|weaned|ceased` +
	`|refused|declined|prn|if|ex|air|ra|raumluft|self|spontaneously|kein\w*|nicht|ohne|ab|entfernt|abgesetzt` +
	`|surgical|ffp\d?|mns|unknown)\b`)

// Words that say air, or that no oxygen is given, and nothing else.
var (
	airWords = strings.Fields(`air room ra ambient raumluft breathing self ventilating spontaneously sv on in at the
		patient is fio2 21 21% 0.21 % auf an unter atmet`)
	air     = []string{"air", "ra", "raumluft", "21%", "0.21"}
	noWords = strings.Fields(`no not none nil on without kein keine keinen ohne oxygen o2 sauerstoff supplemental
		supplementary additional therapy device given required needed`)
	noOxygen = []string{"no", "not", "none", "nil", "without", "kein", "keine", "keinen", "ohne"}
)

var parted = regexp.MustCompile(`[^\pL\pN%.]+|\.(?:\s|$)`)

// OnOxygen reads of the words for an oxygen device whether the patient breathes more
// than air. known is false where they do not say so plainly: then nothing is guessed.
func OnOxygen(device string) (oxygen, known bool) {
	words := strings.Fields(parted.ReplaceAllString(strings.ToLower(strings.ReplaceAll(device, "21 %", "21%")), " "))
	text := strings.Join(words, " ")
	switch {
	case only(words, airWords, air), only(words, noWords, noOxygen):
		return false, true
	case givesOxygen.MatchString(text) && !notGiven.MatchString(text):
		return true, true
	}
	return false, false
}

// only reports whether all words are of a list, and one of them is decisive.
func only(words, list, decisive []string) bool {
	some := false
	for _, w := range words {
		if !slices.Contains(list, w) {
			return false
		}
		some = some || slices.Contains(decisive, w)
	}
	return some
}
