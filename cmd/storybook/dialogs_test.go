package main

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// fewAnswers is how many answers are all to be seen at once; more are a list that scrolls.
const fewAnswers = 4

// The answers of every dialog of every story stand whole in the window, with the longest texts, too: none is cut at
// its edge, nor is the ring around the one that has the keyboard, and of a list that scrolls no choice is seen by half.
//
// Seen red without clipped: at text 200 % the ring around the choice of two-sets was open below; with the choices among
// what is asked, and long texts: so it was there; and with the list as high as the window allows: of the last ward that
// was seen the lower edge was cut.
func TestAnswersAreWhole(t *testing.T) {
	withoutRace(t)
	defer func() { fixture.MakeHard(false); _ = speak("en") }()
	answers, asking := 0, map[string]bool{} // the stories with a dialog
	for _, c := range []struct {
		language string
		hard     bool
		scale    float32
	}{{"en", false, 1}, {"en", false, 2}, {"en", true, 2}, {"de", true, 2}} {
		fixture.MakeHard(c.hard)
		if err := speak(c.language); err != nil {
			t.Fatal(err)
		}
		for _, st := range stories {
			if (c.hard || c.scale > 1) && !asking[st.name] {
				continue
			}
			t.Run(fmt.Sprintf("%s/%+v", st.name, c), func(t *testing.T) {
				app := test.NewApp()
				defer app.Quit()
				app.Settings().SetTheme(theme.New(theme.Day, c.scale))
				s := newStage(app)
				defer s.window.Close()
				s.window.Resize(small)
				if st.play(s); s.shell.Modal() {
					asking[st.name] = true
					answersAreWhole(t, s, &answers)
				}
			})
		}
	}
	if t.Logf("%d answers were measured", answers); answers < 250 {
		t.Error("too few were measured")
	}
}

func answersAreWhole(t *testing.T, s *stage, answers *int) {
	t.Helper()
	all := screentest.All[*widgets.Button](s.root())
	seen := 0
	for _, b := range all {
		at, is := screentest.Visible(s.root(), b, small)
		if is.H <= 1 && len(all) > fewAnswers {
			continue // further down in the list
		}
		if seen++; is.H < at.H-0.5 || is.W < at.W-0.5 {
			t.Errorf("%q stands at %.1f, seen is %.1f", b.SpotText(), at, is)
		}
	}
	if *answers += seen; seen == 0 {
		t.Error("nothing answers")
	}
	if b, is := s.window.Canvas().Focused().(*widgets.Button); is {
		ringIsWhole(t, s, b)
	}
}

// ringIsWhole: every scroller that a button with the keyboard stands in leaves its ring the room that it takes, and
// below a pixel more, for there it is cut at a whole one.
func ringIsWhole(t *testing.T, s *stage, b *widgets.Button) {
	t.Helper()
	const ring, pixel = 3 + 1, 1 // from the button's edge, and half its width
	screentest.Within(s.root(), func(o fyne.CanvasObject, at fyne.Position, _ screentest.Rect) {
		scroll, is := o.(*container.Scroll)
		if !is || !widgets.Shows(scroll.Content, b) {
			return
		}
		box, _ := screentest.Visible(s.root(), b, small)
		if box.Y-ring < at.Y-0.1 || box.Y+box.H+ring+pixel > at.Y+scroll.Size().Height {
			t.Errorf("%q stands at %.1f, its ring is cut by what scrolls from %.1f to %.1f", b.SpotText(), box, at.Y,
				at.Y+scroll.Size().Height)
		}
	})
}
