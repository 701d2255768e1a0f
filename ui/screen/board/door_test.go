package board_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

func ofADay(s *board.Screen, charge bool) board.View {
	snap := appboard.Build(fixture.InputOfADay())
	v := board.View{Snapshot: snap, Rows: snap.Select(appboard.Query{}), Now: fixture.Now, Charge: charge}
	s.Show(v)
	return v
}

// Two patients in one bed, and three without one, each have their own tile: tapped, it
// selects and opens its own patient. Seen red with tiles keyed by the bed.
func TestWhoSharesABedOrHasNoneHasATileOfTheirOwn(t *testing.T) {
	var opened []string
	s, _, w := show(t, board.Actions{Open: func(id string) { opened = append(opened, id) }})
	w.Resize(fyne.NewSize(1200, 2400))
	ofADay(s, false)
	seen := map[string]int{}
	for _, x := range tiles(s.Content()) {
		id := x.Row().Patient
		if id == "" {
			continue
		}
		seen[id]++
		if x.Row().Bed != "" && x.Row().Bed != "04" {
			continue
		}
		opened = nil
		test.Tap(x)
		test.Tap(x)
		if s.Selected() != id || len(opened) != 1 || opened[0] != id {
			t.Errorf("the tile of %s selected %s and opened %v", id, s.Selected(), opened)
		}
		label := x.AccessibilityLabel()
		if x.Row().Bed == "" && !strings.Contains(label, "o bed") || x.Row().Bed == "04" &&
			!strings.Contains(label, "Two in bed 04") {
			t.Errorf("a screen reader hears %q", label)
		}
	}
	for _, id := range []string{"p-n1", "p-n2", "p-n3", "p-n4", "p-04"} {
		if seen[id] != 1 {
			t.Errorf("%s has %d tiles", id, seen[id])
		}
	}
}

// The board says that messages wait, to whom it concerns, and says nothing where none
// does. Seen red with the strip left out.
func TestTheBoardSaysThatMessagesWait(t *testing.T) {
	s, v, _ := show(t, board.Actions{})
	for _, c := range []struct {
		charge bool
		want   string
	}{{false, "2 unassigned messages since 09:12."},
		{true, "3 unassigned messages since 09:12."}} {
		ofADay(s, c.charge)
		if text := strings.Join(strings.Fields(screentest.Texts(s.Content())), " "); !strings.Contains(text, c.want) {
			t.Errorf("charge %v: %q is not said", c.charge, c.want)
		}
	}
	s.Show(v)
	if strings.Contains(screentest.Texts(s.Content()), "assigned") {
		t.Error("nothing waits, and the board says that something does")
	}
}

// A tile keeps the word that asks to check the patient beside an allergy of any length.
// Seen red with the room of the check left out of the chips.
func TestAnAllergyLeavesRoomForTheCheck(t *testing.T) {
	s, _, _ := show(t, board.Actions{})
	in := fixture.InputOfADay()
	k := in.Patients["p-14"]
	k.Summary.Allergy, k.Summary.Allergic = "recorded", in.Patients["p-07"].Summary.Allergic
	k.Summary.Allergic[0].Substance = strings.Repeat("Sulfamethoxazole and ", 4)
	in.Patients["p-14"] = k
	snap := appboard.Build(in)
	s.Show(board.View{Snapshot: snap, Rows: snap.Select(appboard.Query{Text: "okonjo"}), Now: fixture.Now})
	x := screentest.All[*widgets.Tile](s.Content())[0]
	text := screentest.Texts(x)
	if strings.Count(text, "0 sent") != 4 || !strings.Contains(text, "⚠ Sulfa") {
		t.Errorf("the tile says %q", text)
	}
}
