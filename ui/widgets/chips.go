package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// slot is a place of one line in which chips may stand.
type slot struct{ x, y, w float32 }

// chips draws the chips of a row in the slots that it is given: what is late or being edited at the right
// end of its slot, the rest at the left. Which of them, and in which words, says [packed].
type chips struct {
	widget.BaseWidget
	all   []board.Chip
	slots func(fyne.Size) []slot // nil: one, as wide as the widget
	view  *view
}

func newChips() *chips {
	c := &chips{}
	c.ExtendBaseWidget(c)
	return c
}

func (c *chips) set(all []board.Chip) {
	if !slices.Equal(all, c.all) {
		c.all = all
		c.Refresh()
	}
}

func atRight(k board.ChipKind) bool {
	return k == board.ChipDue || k == board.ChipEditing || k == board.ChipNext
}

const (
	chipPt   = 12
	chipGap  = 5 // between two of a line
	chipLead = 4 // between two lines
)

// chipHeight is that of every chip on a board.
func chipHeight() float32 {
	t := newTag(chipLook(board.ChipNeutral, chipPt))
	t.style("Ag")
	return t.size().Height
}

// CreateRenderer implements fyne.Widget.
func (c *chips) CreateRenderer() fyne.WidgetRenderer {
	c.view = &view{self: c, layout: c.layout, min: func() fyne.Size {
		return fyne.NewSize(theme.Sp(60), chipHeight())
	}}
	return c.view
}

func (c *chips) layout(s fyne.Size) {
	c.view.objects = c.view.objects[:0]
	slots := []slot{{w: s.Width}}
	if c.slots != nil {
		slots = c.slots(s)
	}
	if s.Width <= 0 || len(slots) == 0 {
		return
	}
	room := make([]float32, len(slots))
	for i, l := range slots {
		room[i] = l.w
	}
	put, _ := packed(c.all, room)
	left, right := make([]float32, len(slots)), make([]float32, len(slots))
	for i, l := range slots {
		left[i], right[i] = l.x, l.x+l.w
	}
	draw := func(p chipPlace, x float32) {
		t := newTag(chipLook(p.kind, chipPt))
		t.style(p.text)
		t.place(x, slots[p.slot].y, p.w, t.size().Height)
		c.view.objects = append(c.view.objects, t.box, t.text)
	}
	for _, p := range slices.Backward(put) {
		if atRight(p.kind) {
			right[p.slot] -= p.w
			draw(p, right[p.slot])
			right[p.slot] -= chipGap
		}
	}
	for _, p := range put {
		if !atRight(p.kind) {
			draw(p, left[p.slot])
			left[p.slot] += p.w + chipGap
		}
	}
}
