package main

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A message beside Save, which floats over a form, cuts nothing of it in two: not the score, no points, no field.
//
// Seen red with lift turned off: at 1280 the message lay over the score.
func TestMessagesLieOverNothing(t *testing.T) {
	withoutRace(t)
	measured := 0
	for _, scale := range []float32{1, 2} {
		for _, st := range stories {
			if !slices.Contains([]string{"time-offer", "reason-beside-whole", "edit-incomplete"}, st.name) {
				continue
			}
			for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1600, Height: 1000}} {
				t.Run(fmt.Sprintf("%s/%v/%v", st.name, scale, size), func(t *testing.T) {
					app := test.NewApp()
					defer app.Quit()
					app.Settings().SetTheme(theme.New(theme.Day, scale))
					s := newStage(app)
					defer s.window.Close()
					s.window.Resize(size)
					st.play(s)
					s.patient.Save()
					messageLiesOverNothing(t, s, &measured)
				})
			}
		}
	}
	if t.Logf("%d were measured", measured); measured < 20 {
		t.Error("too few were measured")
	}
}

func messageLiesOverNothing(t *testing.T, s *stage, measured *int) {
	t.Helper()
	driver := fyne.CurrentApp().Driver()
	var ground fyne.CanvasObject
	screentest.Walk(s.patient.Content(), func(o fyne.CanvasObject) {
		if c, is := o.(interface{ Covers() bool }); is && c.Covers() {
			ground = o
		}
	})
	if ground == nil {
		return // nothing floats
	}
	edge := driver.AbsolutePositionForObject(ground).Y
	screentest.Walk(s.patient.Content(), func(o fyne.CanvasObject) {
		switch o.(type) {
		case *widgets.ObsField, *widgets.Badge:
		default:
			return
		}
		*measured++
		y, h := driver.AbsolutePositionForObject(o).Y, o.Size().Height
		if x := driver.AbsolutePositionForObject(o).X; x < driver.AbsolutePositionForObject(ground).X {
			return
		}
		if y < edge-1.5 && y+h > edge+1.5 {
			t.Errorf("%T %q at %.0f to %.0f is cut by the message at %.0f", o, screentest.Texts(o), y, y+h, edge)
		}
	})
}
