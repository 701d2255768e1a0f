package widgets

import (
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// columns are the places of the five signs, before the text scale.
var columns = [5]float32{0, 42, 90, 136, 208}

// columnGap keeps apart what stands in two of them.
const columnGap = 4

// oldPt is the size of a sign with the age of its value beside it, oldLeast where several of them need the room.
const (
	oldPt    = 10
	oldLeast = theme.Smallest
)

func labelPt(c board.Cell) float32 {
	if c.Age != "" {
		return oldPt
	}
	return 11.5
}

// placeSigns places signs and values in their columns, which spread a little on a wide tile, and returns where the
// last ends. A sign with an age may be wider than its column: then what follows goes on, and never stands under
// another sign.
func (t *Tile) placeSigns(y, width, old float32) (end float32) {
	spread := min(max((width-tileLeft-tileRight)/theme.Sp(252), 1), 1.25)
	lh := t.labels[0].MinSize().Height
	for i, c := range t.row.Cells {
		if c.Age != "" {
			t.labels[i].TextSize = theme.Sp(old)
		}
		l, v := t.labels[i].MinSize(), t.values[i].MinSize()
		x := tileLeft + theme.Sp(columns[i])*spread
		if i > 0 {
			x = max(x, end+theme.Sp(columnGap))
		}
		place(t.labels[i], x, y, l.Width, l.Height)
		place(t.values[i], x, y+lh, v.Width, v.Height)
		end = x + max(l.Width, v.Width)
	}
	return end
}
