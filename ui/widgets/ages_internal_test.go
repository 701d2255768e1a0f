package widgets

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
)

// A list says how old a value is that is older than its set, as the tiles do, in every arrangement and size of
// text, and draws it muted.
func TestAListSaysHowOldAValueIs(t *testing.T) {
	app := test.NewTempApp(t)
	row := board.Row{Patient: "p", Surname: "NOWAK", Bed: "05", Badge: board.Badge{Text: "≥1"},
		Cells: [5]board.Cell{{Label: "RR", Text: "18", Age: "4 h"}, {Label: "SpO₂", Text: "95"}, {Label: "HR", Text: "–"},
			{Label: "BP", Text: "–"}, {Label: "T", Text: "37.2"}}}
	for _, scale := range []float32{1, 2} {
		app.Settings().SetTheme(theme.New(theme.Day, scale))
		for _, width := range []float32{380, 800, 1200} {
			l := NewLine()
			w := app.NewWindow("")
			w.SetContent(l)
			shape := LineShape{}.Fit(row, false, width*scale, time.Now())
			l.SetShape(shape)
			l.Set(row, time.Now())
			size := fyne.NewSize(width*scale, shape.Height(width*scale))
			w.Resize(size)
			l.Resize(size)
			if text := screentest.Texts(l); !strings.Contains(text, "RR 4h\n") {
				t.Errorf("%v wide, text %v: %q", width, scale, text)
			}
			if l.values[0].Color != theme.Of(theme.Muted) || l.values[1].Color != theme.Of(theme.Ink) {
				t.Errorf("%v wide, text %v: old %v, new %v", width, scale, l.values[0].Color, l.values[1].Color)
			}
			w.Close()
		}
	}
}
