package hl7

import (
	"cmp"
	"slices"
	"strings"
)

// reason is why the patient is here, and whether the message says so: PV2-3, and
// the diagnoses. All of them are read as text, whole, whatever in them was not escaped.
func reason(m *Message) (text string, says bool) {
	var parts []string
	add := func(s string) {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	for _, s := range m.Segments {
		switch s.Name {
		case "PV2":
			says = says || s.Raw(3) != ""
			add(codedText(s, 3))
		case "DG1":
			says = says || s.Raw(3) != "" || s.Raw(4) != ""
			coded, words := codedText(s, 3), strings.ReplaceAll(s.lines(4), "\n", " ~ ")
			switch {
			case words == "" || words == coded:
				add(coded)
			case coded == "":
				add(words)
			default:
				add(words + " (" + coded + ")")
			}
		}
	}
	return strings.Join(parts, "; "), says
}

// codedText is a coded text: its words, else its code.
func codedText(s Segment, field int) string {
	return cmp.Or(s.Component(field, 0, 2), s.Component(field, 0, 1))
}
