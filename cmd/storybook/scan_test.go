package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

var (
	// value is a text that reads as something measured: a number, a pressure, a
	// score. It is found by its look, so that a new screen is looked at, too.
	value = regexp.MustCompile(`^(≥?\d{1,3}([.,]\d)?|\d{2,3}/\d{2,3}|(RR|SpO₂|HR|BP|T)\x{a0}[\d./]+)$`)
	// age says when: a clock time, or how long ago; or that nobody knows.
	age = regexp.MustCompile(`(?m)\d\d:\d\d|\d (s|min|h|d)( |$)|not confirmed|no observations yet|future date`)
)

// everyValueHasAnAge: every value on every screen shows its age or stands in something that does: its
// tile, its line, its card or the banner. What is no measurement is named here.
//
// Seen red with the age in the banner turned off: the big score there said nothing of
// when.
func everyValueHasAnAge(t *testing.T, s *stage, values *int) {
	var walk func(o fyne.CanvasObject, in []fyne.CanvasObject)
	walk = func(o fyne.CanvasObject, in []fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch x := o.(type) {
		case *canvas.Text:
			if !value.MatchString(x.Text) || !measured(in) {
				return
			}
			*values++
			for i := len(in) - 1; i >= 0; i-- {
				if holds(in[i]) {
					if b, is := in[i].(interface{ Row() board.Row }); is && b.Row().Patient == "" {
						*values--
						return // the number of an empty bed
					}
					if !age.MatchString(screentest.Texts(in[i])) {
						t.Errorf("%q has no age in its %T", x.Text, in[i])
					}
					return
				}
			}
			t.Errorf("%q stands in no card", x.Text)
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c, append(in, o))
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(x).Objects() {
				walk(c, append(in, o))
			}
		}
	}
	walk(s.window.Content(), nil)
}

// holds reports whether an object is what gives its values their age.
func holds(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *widgets.Tile, *widgets.Line, *widgets.PatientBanner, *widgets.Panel, *widgets.AlertCard:
		return true
	}
	return false
}

// measured reports whether a number can be a measurement where it stands: not in a
// button, not in the mark of a bed or of points, not in the counts of the head.
func measured(in []fyne.CanvasObject) bool {
	for _, o := range in {
		switch o.(type) {
		case *widgets.Button, *widgets.Segmented, *widgets.Tag, *widgets.Entry, *widgets.TopBar:
			return false
		}
	}
	return true
}

// buttonsKeepTheirWords: every button shows its whole text, and nothing lies over it: only a name longer
// than any card may be cut. It is here because a button whose least width was taken
// from what it shows once lost its words on every screen.
func buttonsKeepTheirWords(t *testing.T, s *stage) {
	for _, b := range screentest.All[*widgets.Button](s.window.Content()) {
		if !strings.Contains(screentest.Texts(b), b.SpotText()) && len(b.SpotText()) < 60 {
			t.Errorf("%q shows %q", b.SpotText(), screentest.Texts(b))
		}
	}
}

// everythingActionableIsNamed: everything one can act on says to a screen reader what it is.
//
// Seen red with the label of the password's field left empty.
func everythingActionableIsNamed(t *testing.T, s *stage, seen *int) {
	roots := append([]fyne.CanvasObject{s.window.Content()}, s.window.Canvas().Overlays().List()...)
	for _, root := range roots {
		screentest.Walk(root, func(o fyne.CanvasObject) {
			if strings.Contains(fmt.Sprintf("%T", o), "widget.scrollBar") ||
				slices.Contains([]string{"*widget.passwordRevealer", "*widget.selectable"}, fmt.Sprintf("%T", o)) {
				return // the toolkit's own; the keyboard has no need of them
			}
			_, focus := o.(fyne.Focusable)
			_, tap := o.(fyne.Tappable)
			if !focus && !tap {
				return
			}
			*seen++
			a, ok := o.(fyne.Accessible)
			if !ok || strings.TrimSpace(a.AccessibilityLabel()) == "" {
				t.Errorf("%T at %v has no name for a screen reader", o, o.Position())
			}
		})
	}
}
