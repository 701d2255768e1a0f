package board_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// What a second in which one row changed costs with a thousand patients.
func BenchmarkShowThousand(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	snap := hospital(1000)
	s := board.New(board.Actions{})
	w := test.NewTempWindow(b, s.Content())
	w.Resize(fyne.NewSize(1200, 900))
	for i := 0; b.Loop(); i++ {
		rows := snap.Select(appboard.Query{})
		rows[3].Taken = fixture.Now.Add(-time.Duration(i%50) * time.Minute)
		s.Show(board.View{Snapshot: snap, Rows: rows, Now: fixture.Now})
	}
}

// What a board of 24 beds costs on the UI goroutine: a second in which nothing
// changed, one in which one row did, and one in which all did.
func BenchmarkShow(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	snap := fixture.Snapshot()
	for name, change := range map[string]func(rows []appboard.Row, i int){
		"same": func([]appboard.Row, int) {},
		"one": func(rows []appboard.Row,
			i int) {
			rows[3].Taken = fixture.Now.Add(-time.Duration(i%50) * time.Minute)
		},
		"all": func(rows []appboard.Row, i int) {
			for j := range rows {
				rows[j].Taken = fixture.Now.Add(-time.Duration(i%50) * time.Minute)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			s := board.New(board.Actions{})
			w := test.NewTempWindow(b, s.Content())
			w.Resize(fyne.NewSize(1200, 900))
			i := 0
			for b.Loop() {
				rows := snap.Select(appboard.Query{})
				change(rows, i)
				s.Show(board.View{Snapshot: snap, Rows: rows, Now: fixture.Now})
				i++
			}
		})
	}
}
