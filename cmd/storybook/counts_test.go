package main

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A count that gains or loses a digit moves nothing: every tile and every button of the board, its head and the
// alert column stands where it stood, in both languages, sizes of window and sizes of text.
//
// Seen red with Keep giving no room: the choices above the beds moved with the tenth patient; and with the head
// arranged by the counts as they are: in some widths it folded, and Pause sound moved by 360.
func TestCountsMoveNothing(t *testing.T) {
	withoutRace(t)
	defer func() { _ = speak("en") }()
	for _, language := range []string{"en", "de"} {
		if err := speak(language); err != nil {
			t.Fatal(err)
		}
		for _, scale := range []float32{1, 2} {
			sizes := []fyne.Size{{Width: 1280, Height: 800}, {Width: 1600, Height: 1000}}
			for w := float32(1320); scale == 1 && language == "en" && w < 1560; w += 20 {
				sizes = append(sizes, fyne.NewSize(w, 900)) // the head folds somewhere between
			}
			for _, size := range sizes {
				t.Run(fmt.Sprintf("%s/%v/%v", language, scale, size), func(t *testing.T) {
					countsMoveNothing(t, size, scale)
				})
			}
		}
	}
}

func countsMoveNothing(t *testing.T, size fyne.Size, scale float32) {
	app := test.NewApp()
	defer app.Quit()
	app.Settings().SetTheme(theme.New(theme.Day, scale))
	s := newStage(app)
	defer s.window.Close()
	s.window.Resize(size)
	atBoard(s)
	var first []string
	for _, n := range []int{0, 1, 2, 8, 9, 10, 11, 42, 99, 100, 111, 120} {
		v, head, a := boardView(), top(), fixture.Alerts()
		c := appboard.Counts{Patients: n, Free: n, High: n, Overdue: n, Attention: n}
		v.Snapshot.Counts, head.Counts, a.Waiting = c, c, max(n, len(a.Open))
		for len(a.Mine) < min(n, 99) {
			m := a.Open[0]
			m.Alert.ID = fmt.Sprint("mine", len(a.Mine))
			a.Mine = append(a.Mine, m)
		}
		s.board.Show(v)
		s.shell.SetTop(head)
		s.alerts.Show(a)
		places := standing(s.window.Content())
		if first == nil {
			first = places
		}
		for i := range places {
			if i >= len(first) || places[i] != first[i] {
				t.Fatalf("with %d: %v, with 0: %v", n, places[i], first[min(i, len(first)-1)])
			}
		}
		if len(places) < 25 || len(places) != len(first) {
			t.Fatalf("%d things stand there, with 0 it was %d", len(places), len(first))
		}
	}
}

// standing is where all that can be pressed stands, and every bed.
func standing(root fyne.CanvasObject) (out []string) {
	driver := fyne.CurrentApp().Driver()
	screentest.Walk(root, func(o fyne.CanvasObject) {
		switch o.(type) {
		case *widgets.Button, *widgets.Tile, *widgets.Field:
			out = append(out, fmt.Sprintf("%T at %.1f of %.1f", o, driver.AbsolutePositionForObject(o), o.Size()))
		}
	})
	return out
}
