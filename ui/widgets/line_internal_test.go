package widgets

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// Between the bed and the name there is a gap, however much the bed says. Seen red: "no
// bed" touched the surname.
func TestTheBedOfALineLeavesAGap(t *testing.T) {
	app := test.NewApp()
	defer app.Quit()
	for _, scale := range []float32{1, 2} {
		app.Settings().SetTheme(theme.New(theme.Day, scale))
		for _, width := range []float32{500, 1100, 1600} {
			for _, mine := range []bool{false, true} {
				l := NewLine()
				w := app.NewWindow("")
				w.SetContent(l)
				l.SetMine(mine)
				l.Set(board.Row{Patient: "p", Surname: "MARSH", Badge: board.Badge{Text: "0"},
					Marks: []board.Mark{board.NoBed}}, time.Now())
				l.Resize(fyne.NewSize(width, l.shape.Height(width)))
				end := l.bed.box.Position().X + l.bed.box.Size().Width
				if gap := l.name.Position().X - end; gap < 6 {
					t.Errorf("scale %v, %v wide, mine %v: the gap is %v", scale, width, mine, gap)
				}
				w.Close()
			}
		}
	}
}
