package main

import (
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/theme"
)

// A picture paints nothing outside the scroller that it stands in: what a field holds, above and below the part of
// a form that is seen, is on no picture.
//
// Seen red with withinScrollers turned off: the values of the form stood over the banner and over the head.
func TestPicturesStayWithinScrollers(t *testing.T) {
	withoutRace(t)
	found := 0
	for _, st := range append(append([]story(nil), forms...), stories...) {
		if !has([]string{"time-offer", "reason-beside-whole", "edit", "note-change", "scale2-dialog", "lease-lost",
			"conflict", "note-from-observations", "observations-from-notes"}, st.name) {
			continue
		}
		t.Run(st.name, func(t *testing.T) {
			app := test.NewApp()
			defer app.Quit()
			app.Settings().SetTheme(theme.New(theme.Day, 2))
			s := newStage(app)
			defer s.window.Close()
			s.window.Resize(fyne.NewSize(1280, 800))
			st.play(s)
			outside, seen := 0, []part{}
			eachNested(s.window, func(_ *container.Scroll, p part, whole bool) {
				if seen = append(seen, p); !whole {
					outside++
				}
			})
			found += outside
			withinScrollers(s.window)
			picture := s.window.Canvas().Capture()
			eachNested(s.window, func(inner *container.Scroll, _ part, _ bool) { inner.Content.Hide() })
			if x, y, is := differ(picture, s.window.Canvas().Capture(), seen); is {
				t.Errorf("something is painted outside its scroller at %d, %d", x, y)
			}
		})
	}
	if found < 10 {
		t.Errorf("only %d fields stood outside", found)
	}
}

// differ is where two pictures differ outside some parts.
func differ(a, b image.Image, parts []part) (x, y int, is bool) {
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y += 2 {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) && !slices.ContainsFunc(parts, func(p part) bool {
				return float32(x) >= p.x-1 && float32(x) <= p.right+1 && float32(y) >= p.y-1 && float32(y) <= p.bottom+1
			}) {
				return x, y, true
			}
		}
	}
	return 0, 0, false
}
