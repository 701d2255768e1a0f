package widgets_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// However old each value of a tile is, no sign runs into the next: "HR 33minBP 33min" is read as one word, and whose
// age is whose is a guess. Seen red with each sign at its column.
func TestOldSignsStandApart(t *testing.T) {
	app := test.NewTempApp(t)
	for _, scale := range []float32{1, 1.5, 2} {
		app.Settings().SetTheme(theme.New(theme.Day, scale))
		for old := range 32 {
			r := board.Row{Patient: "p", Surname: "NOWAK", Bed: "05", Badge: board.Badge{Text: "≥1"}}
			for i, c := range []board.Cell{{Label: "RR", Text: "28"}, {Label: "SpO₂", Text: "88"}, {Label: "HR", Text: "112"},
				{Label: "BP", Text: "104/58"}, {Label: "T", Text: "37.9"}} {
				if r.Cells[i] = c; old>>i&1 > 0 {
					r.Cells[i].Age = "48 min"
				}
			}
			tile := widgets.NewTile()
			tile.Set(r, fixture.Now)
			w := test.NewTempWindow(t, tile)
			w.SetPadded(false)
			w.Resize(fyne.NewSize(widgets.TileWidth(), 300))
			words := screentest.Seen(tile, w.Canvas().Size())
			for i, a := range words {
				if right := a.At.X + a.At.W; right > widgets.TileWidth()-2 {
					t.Errorf("at %v, old %05b: %q ends at %v", scale, old, a.Text, right)
				}
				for _, b := range words[i+1:] {
					if between(a.At, b.At) < 3*scale && a.At.Y < b.At.Y+b.At.H && b.At.Y < a.At.Y+a.At.H {
						t.Errorf("at %v, old %05b: %q and %q are %v apart", scale, old, a.Text, b.Text, between(a.At, b.At))
					}
				}
			}
		}
	}
}

// between is how far two boxes of a line stand from each other.
func between(a, b screentest.Box) float32 { return max(b.X-a.X-a.W, a.X-b.X-b.W) }

// Where large letters leave the counts no room beside all the head has to say, they get a line of their own, and no
// word is cut. Seen red with the counts always beside the rest: "3 overd…".
func TestCountsAreNeverCut(t *testing.T) {
	w := large(t)
	b := widgets.NewTopBar()
	w.SetContent(b.Panel)
	w.Resize(fyne.NewSize(1280, 400))
	for _, n := range []int{2, 88, widgets.MostCount} {
		for drafts := range 2 {
			b.Set(widgets.Top{WardName: "4B Medicine", User: "Nguyen, Thi · Nurse", Drafts: drafts,
				Counts: board.Counts{Patients: n, Free: n, High: n, Overdue: n},
				Live:   widgets.Link{Name: "Live, heard 14:03", State: widgets.LinkUp}})
			b.SetSound(widgets.Sound{Text: "No sound: no device", Bad: true, Do: "Check sound"})
			said := ""
			for _, word := range screentest.Seen(b.Panel, w.Canvas().Size()) {
				if said += word.Text; !word.Whole() {
					t.Errorf("%d, %d drafts: %q is cut", n, drafts, word.Text)
				}
			}
			for _, want := range []string{fmt.Sprint(n), "high", "overdue"} {
				if !strings.Contains(said, want) {
					t.Errorf("%d, %d drafts: no %q in %q", n, drafts, want, said)
				}
			}
		}
	}
}
