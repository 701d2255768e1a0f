package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// forms are the stories in which something is typed, and how to open a form from where one reads.
var forms = []story{
	{"note-from-observations", func(s *stage) {
		atChart(s)
		s.patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Editing,
			Now: fixture.Now, Draft: chart.Draft{Version: 3}})
	}},
	{"observations-from-notes", func(s *stage) {
		atChart(s)
		s.patient.ShowTab(patient.Notes)
		s.patient.SetEdit(editing())
	}},
	{"observations-from-tasks", func(s *stage) {
		atChart(s)
		s.patient.ShowTab(patient.Tasks)
		s.patient.SetEdit(editing())
	}},
}

// Whatever has the keyboard stands whole in view, with its label, in every form and dialog, as it opens and after
// each Tab; and so does what saves it.
//
// Seen red with follow turned off in Entry.FocusGained: the note opened below the window; and with settle left out
// of VScroll's layout: Save stood over the head of the window, and the first field above it.
func TestWhatHasTheKeyboardIsInView(t *testing.T) {
	withoutRace(t)
	typed := []string{"edit", "edit-strip", "edit-stale", "edit-incomplete", "note-sbar", "note-change", "time-offer",
		"time-offer-note", "reason-beside-whole", "lease-lost", "taken-over", "conflict", "conflict-note",
		"scale2-dialog", "take-over", "emergency-dialog", "wards", "commands", "my-drafts", "two-sets", "jump",
		"discard", "alert-take-back", "patient-names",
		"sign-in", "sign-in-alerts", "sign-in-storm", "sign-in-record-away", "sign-in-refused", "locked", "locked-deaf"}
	all := append([]story(nil), forms...)
	for _, st := range stories {
		if has(typed, st.name) {
			all = append(all, st)
		}
	}
	if len(all) != len(typed)+len(forms) {
		t.Fatal("a story is gone")
	}
	fields := 0
	for _, scale := range []float32{1, 2} {
		for _, st := range all {
			t.Run(fmt.Sprintf("%s/%v", st.name, scale), func(t *testing.T) {
				app := test.NewApp()
				defer app.Quit()
				app.Settings().SetTheme(theme.New(theme.Day, scale))
				s := newStage(app)
				defer s.window.Close()
				s.window.Resize(fyne.NewSize(1280, 800))
				st.play(s)
				focusIsSeen(t, s, "after opening", &fields)
				commits(t, s)
				first := s.window.Canvas().Focused()
				for range 12 {
					s.window.Canvas().(interface{ FocusNext() }).FocusNext()
					if now := s.window.Canvas().Focused(); now == first || now == nil {
						break
					}
					focusIsSeen(t, s, "after Tab", &fields)
				}
			})
		}
	}
	if t.Logf("%d were looked at", fields); fields < 300 {
		t.Error("too few were looked at")
	}
}

// root is what a person can reach now.
func (s *stage) root() fyne.CanvasObject {
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return s.window.Content()
}

// focusIsSeen looks at what has the keyboard, if it is a field or a button.
func focusIsSeen(t *testing.T, s *stage, when string, fields *int) {
	t.Helper()
	f, is := s.window.Canvas().Focused().(fyne.CanvasObject)
	switch f.(type) {
	case *widgets.Entry, *widgets.Button:
	default:
		if when == "after opening" && is {
			t.Logf("the keyboard is on %T", f)
		}
		return
	}
	*fields++
	at, seen := screentest.Visible(s.root(), f, s.window.Canvas().Size())
	if seen.H < at.H-1.5 && seen.H < 0.4*s.window.Canvas().Size().Height || seen.W < at.W-1.5 {
		t.Errorf("%s: %q stands at %.0f, seen is %.0f", when, f.(fyne.Accessible).AccessibilityLabel(), at, seen)
	}
}

// commits: what saves, signs in or confirms stands whole in the window.
func commits(t *testing.T, s *stage) {
	t.Helper()
	window, any := s.window.Canvas().Size(), false
	for _, b := range screentest.All[*widgets.Button](s.root()) {
		text := b.SpotText()
		if !strings.HasPrefix(text, "Save") && text != "Sign in" && text != "Continue" &&
			(len(s.window.Canvas().Overlays().List()) == 0 || b.Kind != widgets.Primary && b.Kind != widgets.Danger &&
				text != "Cancel" && text != "Close") {
			continue
		}
		if any = true; len([]rune(text)) > 60 {
			continue // no bar holds a name of a hundred letters
		}
		if at, seen := screentest.Visible(s.root(), b, window); seen.W < at.W-1.5 || seen.H < at.H-1.5 {
			t.Errorf("%q stands at %.0f, seen is %.0f", text, at, seen)
		}
	}
	if !any {
		t.Log("nothing commits")
	}
}

// While a value is typed the whole of its line can be seen, with its label and what is said against it, and so can Save
// and what the values come to: in large letters on a small screen, under a strip, in both languages.
//
// Seen red with the tabs above the chart whatever is typed, and with the score at the end of the form alone.
func TestTheFormShowsWhatIsTyped(t *testing.T) {
	withoutRace(t)
	defer func() { _ = speak("en") }()
	lines := 0
	for _, language := range []string{"en", "de"} {
		if err := speak(language); err != nil {
			t.Fatal(err)
		}
		for _, scale := range []float32{1, 1.5, 2} {
			for _, st := range stories {
				if !has([]string{"edit", "edit-strip", "edit-stale"}, st.name) {
					continue
				}
				t.Run(fmt.Sprintf("%s/%s/%v", st.name, language, scale), func(t *testing.T) {
					app := test.NewApp()
					defer app.Quit()
					app.Settings().SetTheme(theme.New(theme.Day, scale))
					s := newStage(app)
					defer s.window.Close()
					s.window.Resize(small)
					st.play(s)
					for _, f := range screentest.All[*widgets.ObsField](s.window.Content()) {
						lines++
						lineIsSeen(t, s, f)
					}
				})
			}
		}
	}
	if t.Logf("%d were looked at", lines); lines < 150 {
		t.Error("too few were looked at")
	}
}

// lineIsSeen brings the keyboard to a line of the form, and types into it what cannot be.
func lineIsSeen(t *testing.T, s *stage, f *widgets.ObsField) {
	t.Helper()
	s.window.Canvas().Focus(f.Input())
	if _, is := f.Input().(*widgets.Entry); is {
		for _, r := range "9999" {
			f.Input().TypedRune(r)
		}
	}
	whole := func(o fyne.CanvasObject) bool {
		at, seen := screentest.Visible(s.root(), o, small)
		return at.H > 0 && seen.H > at.H-1.5 && seen.W > at.W-1.5
	}
	if !whole(f) {
		at, seen := screentest.Visible(s.root(), f, small)
		t.Errorf("%q stands at %.0f, seen is %.0f", screentest.Texts(f), at, seen)
	}
	if !slices.ContainsFunc(screentest.All[*widgets.Button](s.patient.Content()),
		func(b *widgets.Button) bool { return b.Kind == widgets.Primary && whole(b) }) {
		t.Errorf("at %q Save is not seen", screentest.Texts(f))
	}
	scores := screentest.All[*widgets.Badge](s.patient.Content())[1:] // the first is the banner's
	if !slices.ContainsFunc(scores, func(b *widgets.Badge) bool { return whole(b) }) {
		t.Errorf("at %q no score is seen", screentest.Texts(f))
	}
}
