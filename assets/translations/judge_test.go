package translations_test

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	verbs = regexp.MustCompile(`%[-+# 0]*(\[\d+\])?[\d*]*(\.[\d*]+)?[a-zA-Z%]`)
	id    = regexp.MustCompile(`^[a-z0-9%]*([.:-][a-z0-9%]*)+$`)
	reads = regexp.MustCompile(`\(\?|\?\|`) // an expression by which what people type is read
)

// everywhere are marks that are written alike in every language: names of signs,
// units, keys of the keyboard.
var everywhere = set(strings.Fields(
	`SpO₂ NEWS2 O₂ mmHg /min °C SBAR Wardlight Redis Esc Tab F1 F2 F3 A C V P U M N O R F E B G W Ag ms wardctl eExXpP_+- Δ`),
	[]string{"A   R   F", "E   B", "O   N", "SpO₂ %"})

// ids are words in the source that programs read: fields of a draft, the names of
// things in tests, reasons in the audit trail, lines of the log. One that is shown as well is
// wrapped where it is.
var ids = set(strings.Fields(
	`rr spo2 oxygen bp pulse acvpu temp taken notdone air sbp dbp day week month open mine history all
	attention overdue acuity bed due tiles list observations notes note amends written dialog strip default accept heard not-heard failed
	patient banner err alert error summary tasks 8h 24h 7d p- m WARDLIGHT_SPOTS deaf wardlight rest night late always theirs edit task who when low high typed future
	io.github.wardlight.Wardlight`), []string{"station cannot hear", "the window was held"})

func set(lists ...[]string) map[string]bool {
	m := map[string]bool{}
	for _, list := range lists {
		for _, s := range list {
			m[s] = true
		}
	}
	return m
}

// visible reports whether a text that stands in the source is one that a person
// reads and that differs between languages.
func visible(text string) bool {
	plain := strings.TrimSpace(strings.ReplaceAll(verbs.ReplaceAllString(text, ""), "\u00a0", " "))
	if strings.IndexFunc(plain, unicode.IsLetter) < 0 {
		return false
	}
	trimmed := strings.Trim(plain, " ·,.:;()/+-✎⚠●◆▲■→‹○✓…≥%0123456789")
	switch {
	case trimmed == "" || everywhere[plain] || everywhere[trimmed] || ids[strings.TrimSpace(text)] ||
		id.MatchString(text) || reads.MatchString(text):
		return false
	case strings.HasSuffix(text, ".png") || strings.HasSuffix(text, ".ttf"):
		return false
	}
	return true
}
