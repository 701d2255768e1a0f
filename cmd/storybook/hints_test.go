package main

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// What stands in an empty field of the chart never looks like a value: no hint has a digit, in either language.
//
// Seen red with "120/80" in the empty field of the blood pressure.
func TestNoHintLooksLikeAValue(t *testing.T) {
	withoutRace(t)
	defer func() { _ = speak("en") }()
	for _, language := range []string{"en", "de"} {
		if err := speak(language); err != nil {
			t.Fatal(err)
		}
		app := test.NewApp()
		app.Settings().SetTheme(theme.New(theme.Day, 1))
		s, hints := newStage(app), 0
		s.window.Resize(fyne.NewSize(1600, 1000))
		atChart(s)
		e := editing()
		e.Draft.Fields = nil
		s.patient.SetEdit(e)
		for _, f := range screentest.All[*widgets.Entry](s.window.Content()) {
			if f.PlaceHolder != "" {
				hints++
			}
			if strings.ContainsAny(f.PlaceHolder, "0123456789") {
				t.Errorf("%s: the hint %q looks like a value", language, f.PlaceHolder)
			}
		}
		if hints < 2 {
			t.Errorf("only %d hints were looked at", hints)
		}
		s.window.Close()
		app.Quit()
	}
}
