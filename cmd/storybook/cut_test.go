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
// letters is shortened, and what a strip that folds says after its first words.
//
// Seen red with the blood pressures of the table at their full size at text 200 %, and with one line for each name
// on a tile (nameLines).
func noLabelIsCut(t *testing.T, root fyne.CanvasObject) {
	t.Helper()
	var in []fyne.CanvasObject
	screentest.Walk(root, func(o fyne.CanvasObject) {
		if s, is := o.(*widgets.Strip); is {
			in = append(in, s)
			for _, l := range screentest.All[*widgets.Label](s) {
				in = append(in, l)
			}
		}
	})
	folds := map[fyne.CanvasObject]bool{}
	for _, o := range in {
		folds[o] = true
	}
	for _, l := range screentest.All[*widgets.Label](root) {
		said, drawn := bare(l.SpotText()), bare(screentest.Texts(l))
		if said == drawn || l.Size().Width <= 0 {
			continue
		}
		if number.MatchString(drawn) {
			t.Errorf("%q is cut in its number: %q", l.SpotText(), drawn)
			continue
		}
		if name, is := strings.CutSuffix(drawn, "…"); is && (folds[l] || utf8.RuneCountInString(said) > 40 &&
			strings.Contains(name, ",")) {
			continue
		}
		t.Errorf("%q is cut: %q", l.SpotText(), drawn)
	}
}
