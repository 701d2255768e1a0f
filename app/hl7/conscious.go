package hl7

import (
	"regexp"
	"strings"

	"github.com/wardlight/wardlight/app/vitals"
)

// levelCodes are the levels of consciousness as codes: their letters, and the answers
// of LOINC.
var levelCodes = map[string]vitals.Consciousness{"A": vitals.Alert, "C": vitals.Confused,
	"V": vitals.Voice, "P": vitals.Pain, "U": vitals.Unresponsive,
	"LA9340-6": vitals.Alert, "LA6560-2": vitals.Confused, "LA17108-4": vitals.Voice,
	"LA17107-6": vitals.Pain, "LA9343-0": vitals.Unresponsive}

// levelWords are the levels in words. "Confused" alone may be old; only C and "new
// confusion" mean what NEWS2 scores.
var levelWords = map[string]vitals.Consciousness{"alert": vitals.Alert, "new confusion": vitals.Confused,
	"newly confused": vitals.Confused, "voice": vitals.Voice, "verbal": vitals.Voice, "responds to voice": vitals.Voice,
	"pain": vitals.Pain, "painful": vitals.Pain, "responds to pain": vitals.Pain, "unresponsive": vitals.Unresponsive}

var (
	// explained parts a level from the words that explain it: "V - responds to voice".
	explained = regexp.MustCompile(`\s+[-–(]+\s*|\s*[:=(]\s*`)
	// otherwise are words that make it doubtful whether a text means the level beside it.
	otherwise = regexp.MustCompile(`\b(?:not|voice|verbal|pain|unresp|confus|drows|unknown|unable|assess|was)` +
		`|\b(?:no|[cvpu])\b`)
)

// consciousness reads a level of AVPU or ACVPU: the codes first, then the words. Of two
// that differ it is the worse one.
func (r *reporter) consciousness(obx Segment, where string) vitals.Consciousness {
	level, differ, doubt := vitals.NotAssessed, false, false
	said := func(found vitals.Consciousness, is bool) {
		differ = differ || is && level != vitals.NotAssessed && found != level
		if is && strings.Index("ACVPU", string(found)) >= strings.Index("ACVPU", string(level)) {
			level = found
		}
	}
	for n := range obx.Repeats(5) {
		codes, texts := []int{1, 4}, []string{obx.Component(5, n, 2), obx.Component(5, n, 5), obx.Component(5, n, 9)}
		if !coded(obx) {
			codes, texts = nil, []string{obx.Whole(5, n)}
		}
		for _, c := range codes {
			found, is := levelCodes[strings.ToUpper(obx.Rep(5, n, c))]
			if said(found, is); !is {
				texts = append(texts, obx.Rep(5, n, c))
			}
		}
		for _, text := range texts {
			parts := explained.Split(strings.ToLower(strings.Trim(text, " )")), 2)
			for i, part := range parts {
				part = strings.Trim(part, " )")
				found, is := levelWords[part]
				if letter, known := levelCodes[strings.ToUpper(part)]; known && i == 0 {
					found, is = letter, true
				}
				if said(found, is); !is {
					doubt = doubt || otherwise.MatchString(part) && !whole(part, level)
					if i == 0 {
						break // what explains it explains what is not known
					}
				}
			}
		}
	}
	switch {
	case level == vitals.NotAssessed:
		r.warnAt(obx, "%s: consciousness is none of A, C, V, P, U", where)
	case differ:
		r.warnAt(obx, "%s: two levels of consciousness differ: the worse one is taken", where)
	case doubt:
		r.warnAt(obx, "%s: consciousness is read by its code, and its words may say something else", where)
	}
	return level
}

// whole reports whether a text that is not known says nothing else than a level worse
// than alert: "unresponsive to voice and pain".
func whole(text string, level vitals.Consciousness) bool {
	for words, of := range levelWords {
		if of == level && of != vitals.Alert && strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// coded reports whether OBX-5 is a code with its words.
func coded(obx Segment) bool {
	switch strings.ToUpper(obx.Text(2, 1)) {
	case "CE", "CWE", "CNE", "CF":
		return true
	}
	return false
}
