package hl7

import (
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/foreign"
)

// lines are all repetitions of a field as text.
func (s Segment) lines(field int) string {
	var out []string
	for n := range s.Repeats(field) {
		if line := s.Whole(field, n); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// bulky are the types of OBX-5 that are files and waves: they are named, not kept.
var bulky = []string{"ED", "MA"}

// content is OBX-5 as text: the repetitions of a text are its lines, a coded value
// is shown by its words. raw is the field as it was sent where the text does not
// say all of it. kept is false for what is no text.
func content(obx Segment) (text, raw string, kept bool) {
	kind := strings.ToUpper(obx.Text(2, 1))
	if slices.Contains(bulky, kind) {
		return "", "", false
	}
	whole := obx.lines(5)
	var lines []string
	for n := range obx.Repeats(5) {
		var line string
		switch kind {
		case "CE", "CWE", "CNE", "CF":
			line = firstOf(
				obx.Component(5, n, 2),
				obx.Component(5, n, 9),
				obx.Component(5, n, 5),
				obx.Component(5, n, 1),
				obx.Component(5, n, 4),
			)
		case "SN": // comparator^number^separator^number
			line = obx.Rep(5, n, 1) + obx.Rep(5, n, 2) + obx.Rep(5, n, 3) + obx.Rep(5, n, 4)
			if obx.Rep(5, n, 1) == "=" {
				line = line[1:]
			}
		case "CQ": // number^unit
			line = strings.TrimSpace(obx.Rep(5, n, 1) + " " + firstOf(obx.Rep(5, n, 2), obx.Sub(5, n, 2, 2)))
		default:
			line = obx.Whole(5, n)
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	text = strings.Join(lines, "\n")
	if text != whole {
		raw = foreign.Text(obx.Raw(5))
	}
	return text, raw, true
}

// digitsOf is what of OBX-5 can be the number of a sign: of one value alone, and of
// one that is nothing but a number. units are what OBX-6 and OBX-5 say of its unit.
func digitsOf(obx Segment, text string) (digits string, units []string) {
	for _, c := range []int{1, 2, 4, 5} {
		units = append(units, obx.Text(6, c))
	}
	if strings.EqualFold(obx.Text(2, 1), "CQ") && obx.Repeats(5) == 1 {
		text = obx.Text(5, 1)
		for s := 1; s <= 5; s++ {
			units = append(units, obx.Sub(5, 0, 2, s))
		}
	}
	return text, units
}
