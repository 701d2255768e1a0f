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

// In the least window at the largest text, with a banner above, a message takes nothing from the screens that could be
// read before: neither the field with the keyboard from an editor, nor values, allergies and resuscitation from the
// patient who is chosen on the board.
//
// Seen red with the message between the screens and the links: what stands below a field was hidden, and name, bed and
// buttons of the chosen patient.
func TestAMessageTakesNothingFromALowWindow(t *testing.T) {
	withoutRace(t)
	measured := 0
	for _, rest := range []string{"", "Look where you are, wait a moment, then type."} {
		app := test.NewApp()
		app.Settings().SetTheme(theme.New(theme.Day, 2))
		s := newStage(app)
		s.window.Resize(small)
		crowded := func() {
			head := top()
			head.Drafts = 2
			s.shell.SetTop(head)
			s.shell.SetSound(widgets.Sound{Text: "No sound: no device", Bad: true, Do: "Check sound"})
		}
		atChart(s)
		crowded()
		strip, next := mute()
		s.shell.SetStrip(widgets.Warn, strip, next)
		says := func(head, rest string) {
			s.shell.Say(head, rest)
			s.window.Resize(small.AddWidthHeight(1, 0)) // the window is laid out
			s.window.Resize(small)
		}
		stays := func(what string, o fyne.CanvasObject) {
			t.Helper()
			whole := func() map[string]bool {
				all := map[string]bool{}
				for _, w := range screentest.Seen(s.window.Content(), small) {
					for _, in := range w.Of {
						if in == o && w.Whole() {
							all[w.Text] = true
						}
					}
				}
				return all
			}
			says("", "")
			before := whole()
			says("The press before counted. What you typed after it did nothing: nothing here takes it.", rest)
			after := whole()
			for text := range before {
				if measured++; !after[text] {
					t.Errorf("%s: a message hides %q", what, text)
				}
			}
		}
		s.patient.SetEdit(editing())
		for _, f := range screentest.All[*widgets.ObsField](s.patient.Content()) {
			if es := screentest.All[*widgets.Entry](f); len(es) > 0 && f.Visible() && widgets.Shows(s.window.Content(), f) {
				s.window.Canvas().Focus(es[0])
				name, _, _ := strings.Cut(screentest.Texts(f), "\n")
				stays("the field "+name, f)
			}
		}
		atBoard(s)
		crowded()
		stays("the board", s.board.Content())
		s.window.Close()
		app.Quit()
	}
	if measured < 40 {
		t.Errorf("only %d texts were measured", measured)
	}
}
