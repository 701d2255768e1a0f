package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
)

// countsWidth is the width of all counts at their most, and of those alone that never go: what they are decides of no
// arrangement.
func (b *TopBar) countsWidth() (all, urgent float32) {
	ways := countWays(board.Counts{Patients: MostCount, Free: MostCount, High: MostCount, Overdue: MostCount})
	b.whole.SetRuns(ways[len(ways)-1]...)
	urgent = b.whole.fullWidth()
	b.whole.SetRuns(ways[0]...)
	return b.whole.fullWidth(), urgent
}

// top lays out the head on one line, or on two where the text is too large for one: who and where above, how it
// stands below. Names that are too long for that get lines of their own. Where the counts have no room, some of
// them go whole; where not even those have that ask for a nurse, all get a line of their own.
type top struct {
	bar   *TopBar
	one   *fyne.Container
	heads [2][]fyne.CanvasObject // lines of who and where; the last where no other fits
	state [2][]fyne.CanvasObject // lines of how it stands; so, too
	ways  [2][2]*fyne.Container  // a head above a state
}

func topLayout(b *TopBar, brand, ward, counts, live, sound, hush, drafts, user,
	lock fyne.CanvasObject) *fyne.Container {
	t := top{bar: b, one: Row(20, brand, ward, Grow(counts), live, sound, hush, drafts, user, lock),
		heads: [2][]fyne.CanvasObject{{Row(20, brand, ward, Spring(), user, lock)},
			{Row(20, brand, Spring(), lock), RowAt(AlignFill, 20, Grow(ward)), RowAt(AlignFill, 20, Grow(user))}},
		state: [2][]fyne.CanvasObject{{Row(20, Grow(counts), live, sound, hush, drafts)},
			{Row(20, Grow(counts)), Row(20, live, sound, Spring(), hush, drafts)}}}
	for i, head := range t.heads {
		for j, state := range t.state {
			t.ways[i][j] = Col(8, slices.Concat(head, state)...)
		}
	}
	return container.New(t, brand, ward, counts, live, sound, hush, drafts, user, lock)
}

// pick is the first arrangement whose lines have room in a width.
func (t top) pick(width float32) *fyne.Container {
	all, urgent := t.bar.countsWidth()
	if t.bar.need(t.one.Objects, all) <= width {
		return t.one
	}
	head, state := 0, 0
	if t.bar.need(t.heads[0][0].(*fyne.Container).Objects, 0) > width {
		head = 1
	}
	if t.bar.need(t.state[0][0].(*fyne.Container).Objects, urgent) > width {
		state = 1
	}
	return t.ways[head][state]
}

// need is the width of a line in which what grows needs some.
func (b *TopBar) need(line []fyne.CanvasObject, growing float32) float32 {
	w, n := growing, 0
	for _, c := range line {
		if there(c) && !grows(c) {
			w += c.MinSize().Width
		}
		if there(c) {
			n++
		}
	}
	return w + 20*float32(max(n-1, 0))
}

// Layout places the objects as the picked arrangement would: the containers are
// only measured with, never shown.
func (t top) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	defer t.bar.fitCounts()
	PlaceAs(t.pick(s.Width), s)
}

func (t top) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, t.one.MinSize().Height)
}

// HeightFor is the height at a width.
func (t top) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	return HeightFor(t.pick(width), width)
}
