package widgets_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/widgets"
)

// A bed that a list puts into its first place has only just come there, also where that place is the first of all; put
// there again it has not moved. Seen red with steady.to not asking whether it was laid.
func TestABedThatCameHasJustMoved(t *testing.T) {
	now := time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)
	widgets.Hand().Now = func() time.Time { return now }
	t.Cleanup(func() { widgets.Hand().Now = nil })
	tile := widgets.NewTile()
	tile.Move(fyne.NewPos(0, 0))
	came := now
	if !tile.Moved().Equal(came) {
		t.Errorf("it came %v, and moved %v", came, tile.Moved())
	}
	now = now.Add(time.Minute)
	tile.Move(fyne.NewPos(0, 0))
	if !tile.Moved().Equal(came) {
		t.Errorf("put where it is it has moved %v", tile.Moved())
	}
}

// A bed whose list moved by itself has moved with it, also where the list put it nowhere else. Seen
// red with steady.since not asking the scroller.
func TestABedMovesWithItsList(t *testing.T) {
	now := time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)
	widgets.Hand().Now = func() time.Time { return now }
	t.Cleanup(func() { widgets.Hand().Now = nil })
	test.NewTempApp(t)
	tile := widgets.NewTile()
	below := widgets.NewButton(widgets.Secondary, "Below", "", nil)
	v := widgets.NewVScroll(container.NewVBox(tile, container.New(atTheEnd{600}, below)))
	tile.In = v
	test.NewTempWindow(t, v).Resize(fyne.NewSize(300, 190))
	now = now.Add(time.Minute)
	if tile.Moved().Equal(now) {
		t.Fatal("it has moved, and nothing moved it")
	}
	v.RevealAt(300, 150)
	if !tile.Moved().Equal(now) {
		t.Errorf("its list moved %v, and it %v", v.Moved(), tile.Moved())
	}
}

// A list that grew shorter than it was scrolled comes back by itself, also where it is higher than the view still: what
// that brings under a hand was not there before. Seen red with the scroller's own way back taken for the hand's.
func TestABedMovesWithItsListThatGrewShorter(t *testing.T) {
	now := time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)
	widgets.Hand().Now = func() time.Time { return now }
	t.Cleanup(func() { widgets.Hand().Now = nil })
	test.NewTempApp(t)
	tile := widgets.NewTile()
	below := widgets.NewButton(widgets.Secondary, "Below", "", nil)
	end := container.New(atTheEnd{600}, below)
	list := container.NewVBox(tile, end)
	v := widgets.NewVScroll(list)
	tile.In = v
	test.NewTempWindow(t, v).Resize(fyne.NewSize(300, 190))
	v.RevealAt(600, 150)
	top, _ := v.Seen()
	now = now.Add(time.Minute)
	end.Layout = atTheEnd{200}
	v.Refresh()
	if at, height := v.Seen(); at <= 0 || at >= top || height >= list.MinSize().Height {
		t.Fatalf("it was scrolled to %v and is to %v, of %v", top, at, list.MinSize().Height)
	}
	if !tile.Moved().Equal(now) {
		t.Errorf("its list came back %v, and it moved %v", v.Moved(), tile.Moved())
	}
}
