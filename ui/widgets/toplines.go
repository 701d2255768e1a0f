package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
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
// stands below. The ward's name takes what its line leaves, see [TopBar.fitWard]; where a user's is too long for that
// both get lines of their own. Where the counts have no room, some of them go whole; where not even those have that
// ask for a nurse, all get a line of their own.
type top struct {
	bar   *TopBar
	one   *fyne.Container
	heads [2][]fyne.CanvasObject // lines of who and where; the last where no other fits
	state [2][]fyne.CanvasObject // lines of how it stands; so, too
	ways  [2][2]*fyne.Container  // a head above a state
}

func topLayout(b *TopBar, brand, ward, counts, live, sound, hush, drafts, user,
	lock fyne.CanvasObject) *fyne.Container {
	name := container.New(unfolded{}, ward)
	fitted := Wide(func() float32 { return b.wardW }, name)
	t := top{bar: b, one: Row(20, brand, fitted, Grow(counts), live, sound, hush, drafts, user, lock),
		heads: [2][]fyne.CanvasObject{{Row(20, brand, fitted, Spring(), user, lock)},
			{Row(20, brand, Spring(), lock), RowAt(AlignFill, 20, Grow(name)), RowAt(AlignFill, 20, Grow(user))}},
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
	if t.bar.giveWard(t.one.Objects, all, width) {
		return t.one
	}
	head, state := 0, 0
	if !t.bar.giveWard(t.heads[0][0].(*fyne.Container).Objects, 0, width) {
		head, t.bar.wardW = 1, width // a line of its own
	}
	if t.bar.need(t.state[0][0].(*fyne.Container).Objects, urgent) > width {
		state = 1
	}
	return t.ways[head][state]
}

// wardLeast is how wide the button with the ward's name is at least, before the text scale, if the name is longer.
const wardLeast = 140

// giveWard gives the ward's name what its line leaves, in which what grows needs some, and reports whether the line
// has room in a width with the least of it.
func (b *TopBar) giveWard(line []fyne.CanvasObject, growing, width float32) bool {
	whole := b.ward.WidthOf(b.shown.WardName + wardMark)
	b.wardW = min(whole, theme.Sp(wardLeast))
	rest := width - b.need(line, growing)
	b.wardW = min(whole, b.wardW+max(rest, 0))
	return rest >= 0
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
	way := t.pick(s.Width)
	t.bar.fitWard()
	PlaceAs(way, s)
}

func (t top) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, t.one.MinSize().Height)
}

// HeightFor is the height at a width.
func (t top) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	return HeightFor(t.pick(width), width)
}
