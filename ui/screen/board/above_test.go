package board_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A board that is scrolled says how many beds stand above it, and how many of them are high: by acuity they are the
// worst. Seen red with nothing said of what is above.
func TestBedsAboveAreSaid(t *testing.T) {
	s, _, w := show(t, board.Actions{})
	w.Resize(fyne.NewSize(700, 520))
	snap := fixture.Snapshot()
	s.Show(board.View{Snapshot: snap, Rows: snap.Select(appboard.Query{}), Now: fixture.Now})
	said := func() string { return screentest.Texts(s.Content()) }
	if text := said(); !strings.Contains(text, "More beds below") || strings.Contains(text, "above") {
		t.Fatalf("at the top:\n%s", text)
	}
	last := snap.Select(appboard.Query{})
	s.Select(last[len(last)-8].Patient)
	s.FocusBeds()
	text := said()
	high := 0
	for _, r := range last[:len(last)-8] {
		if r.IsHigh() {
			high++
		}
	}
	if high == 0 || !strings.Contains(text, "more beds above") || !strings.Contains(text, "high") {
		t.Errorf("%d high above:\n%s", high, text)
	}
	widgets.Hand().Aside(func() { s.Show(board.View{Snapshot: snap, Rows: last[len(last)-3:], Now: fixture.Now}) })
	if strings.Contains(said(), "above") {
		t.Error("three beds are said to have more above")
	}
}
