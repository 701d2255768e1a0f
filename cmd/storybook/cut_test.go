package main

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// number is a text whose number was cut: what is left is another.
var number = regexp.MustCompile(`[0-9][./,]?…`)

// noLabelIsCut: a label says all of its text. Only the given name of somebody whose names are longer than 40
// letters is shortened, and the words of the newest alert, after how urgent it is and where: a press leads to them.
//
// Seen red with the blood pressures of the table at their full size at text 200 %, with one line for each name
// on a tile (nameLines), and with a strip cut to one line: "Values may…".
func noLabelIsCut(t *testing.T, root fyne.CanvasObject) {
	t.Helper()
	names := map[*widgets.Label]bool{}
	for _, l := range screentest.All[*widgets.Label](root) {
		names[l] = true
	}
	for _, s := range screentest.All[*widgets.Strip](root) {
		for _, l := range screentest.All[*widgets.Label](s) {
			names[l] = false
		}
	}
	for l, name := range names {
		said, drawn := bare(l.SpotText()), bare(screentest.Texts(l))
		if said == drawn || l.Size().Width <= 0 {
			continue
		}
		if number.MatchString(drawn) {
			t.Errorf("%q is cut in its number: %q", l.SpotText(), drawn)
			continue
		}
		if whose, is := strings.CutSuffix(drawn, "…"); is && name && utf8.RuneCountInString(said) > 40 &&
			strings.Contains(whose, ",") {
			continue
		}
		if head, is := strings.CutSuffix(drawn, "…"); is && strings.Contains(said, "Newest:") &&
			strings.Count(head, "·") == strings.Count(said, "·") {
			continue
		}
		t.Errorf("%q is cut: %q", l.SpotText(), drawn)
	}
}
