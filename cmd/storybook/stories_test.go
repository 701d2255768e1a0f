package main

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
)

// Every story is played in every look, and scanned there; colours move nothing.
func TestStories(t *testing.T) {
	withoutRace(t)
	var values, seen int
	for _, l := range looks {
		if l.mode == theme.Dark {
			continue
		}
		for _, st := range stories {
			if l.only != nil && !has(l.only, st.name) {
				continue
			}
			t.Run(st.name+l.suffix, func(t *testing.T) {
				app := test.NewApp()
				defer app.Quit()
				app.Settings().SetTheme(theme.New(l.mode, l.scale))
				s := newStage(app)
				defer s.window.Close()
				s.window.Resize(fyne.NewSize(l.w, l.h))
				st.play(s)
				nothingRunsOut(t, s, l)
				if l.suffix != "" {
					return // what a screen says does not hang on its look
				}
				if st.name != "alarm-load" { // counts of alerts in a time that its head names
					everyValueHasAnAge(t, s, &values)
				}
				buttonsKeepTheirWords(t, s)
				everythingActionableIsNamed(t, s, &seen)
			})
		}
	}
	if values < 1500 || seen < 500 {
		t.Errorf("only %d values and %d things to act on were found: the test looks at too little", values, seen)
	}
	t.Logf("%d values, %d things to act on", values, seen)
}

// withoutRace skips what draws every story under the race detector: one goroutine draws, and
// the detector would only make it ten times slower. make unit runs this package by itself.
func withoutRace(t *testing.T) {
	t.Helper()
	if screentest.Race {
		t.Skip("runs without the race detector")
	}
}

// nothingRunsOut: every text of every story stands within the window and within the
// part of the screen it belongs to: nothing runs out at either side, at any size and
// in any look. Seen red with "not in last set" on one line in the trend (10 wide of its
// place at 1280), and with the list's second row turned off (Line.fold) at text 200 %,
// where the blood pressures left the window's left part. No text is smaller than the theme's smallest: seen red with
// labels that shrink to 7.
func nothingRunsOut(t *testing.T, s *stage, l look) {
	s.window.Resize(fyne.NewSize(l.w, l.h))
	if got := s.window.Canvas().Size(); got.Width > l.w || got.Height > l.h {
		t.Errorf("the window grew to %v", got)
	}
	walk(s.window.Content(), fyne.Position{}, 0, l.w, func(txt *canvas.Text, x, left, right float32) {
		if txt.TextSize < theme.Sp(theme.Smallest) {
			t.Errorf("%q is %v large, at least is %v", txt.Text, txt.TextSize, theme.Sp(theme.Smallest))
		}
		end := x + fyne.MeasureText(strings.TrimRight(txt.Text, " "), txt.TextSize, txt.TextStyle).Width
		if x < left-1.5 || end > right+1.5 {
			t.Errorf("%q stands from %.0f to %.0f, its part from %.0f to %.0f", txt.Text, x, end, left, right)
		}
	})
}

// walk visits every visible text with its left edge, and with both edges of the
// innermost container or widget around it that has a width.
func walk(o fyne.CanvasObject, at fyne.Position, left, right float32,
	visit func(txt *canvas.Text, x, left, right float32)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		if o.Text != "" {
			visit(o, at.X, left, right)
		}
	case *fyne.Container:
		if w := o.Size().Width; w > 0 {
			left, right = max(left, at.X), min(right, at.X+w)
		}
		for _, c := range o.Objects {
			walk(c, at, left, right, visit)
		}
	case fyne.Widget:
		if w := o.Size().Width; w > 0 {
			left, right = max(left, at.X), min(right, at.X+w)
		}
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, at, left, right, visit)
		}
	}
}
