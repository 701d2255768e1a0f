package widgets

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
)

// A bed is drawn again for what an eye can tell, and not because its values were
// confirmed again or are late by another second: each time the whole window is drawn.
// Seen red with Confirmed left in asSeen.
func TestABedIsDrawnForWhatIsSeen(t *testing.T) {
	test.NewTempApp(t)
	now := time.Date(2026, 11, 23, 3, 10, 5, 0, time.UTC)
	row := board.Row{Bed: "07", Patient: "p7", Surname: "ADEBAYO", Taken: now.Add(-12 * time.Minute), Confirmed: now,
		Due: now.Add(-25 * time.Minute), Overdue: 25 * time.Minute}
	tile := NewTile()
	if !tile.Set(row, now) {
		t.Fatal("the first row was not drawn")
	}
	after := func(change func(r *board.Row)) board.Row {
		r := row
		change(&r)
		return r
	}
	for name, c := range map[string]struct {
		row   board.Row
		drawn bool
	}{
		"the same":         {row, false},
		"confirmed again":  {after(func(r *board.Row) { r.Confirmed = now.Add(5 * time.Second) }), false},
		"late by a second": {after(func(r *board.Row) { r.Overdue += time.Second }), false},
		"late by a minute": {after(func(r *board.Row) {
			r.Chips = []board.Chip{{Kind: board.ChipDue,
				Text: "26 min late"}}
		}), true},
		"no longer late": {after(func(r *board.Row) { r.Overdue = 0 }), true},
		"old":            {after(func(r *board.Row) { r.Stale = true }), true},
		"another bed's":  {after(func(r *board.Row) { r.Bed = "08" }), true},
	} {
		tile.Set(row, now)
		if drawn := tile.Set(c.row, now); drawn != c.drawn {
			t.Errorf("%s: drawn %v", name, drawn)
		}
	}
	tile.Set(row, now)
	if !tile.Set(row, now.Add(time.Minute)) {
		t.Error("the age of the values went on, and the bed was not drawn")
	}
}
