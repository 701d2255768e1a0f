package widgets

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
)

// moreSize is the size of what is said below the last row, before the text scale.
const moreSize = 12.5

// moreHeight is the room it takes.
func (v *VScroll) moreHeight() float32 {
	return fyne.MeasureText("0", theme.Sp(moreSize), fyne.TextStyle{}).Height + 2
}

// sayMore says below the last row in view where there are more, as far as that has room.
func (v *VScroll) sayMore() {
	more := v.rows.more
	if more == nil {
		return
	}
	s, h := v.shape(), v.scroll.Size().Height
	text := v.whereMore(s, h)
	if s.Step <= 0 || h <= 0 || v.Size().Height-h < v.moreHeight() {
		text = ""
	}
	if more.Hidden = text == ""; !more.Hidden {
		more.SetRuns(Run{Text: text, Role: theme.Muted})
		place(more, v.Edge+tileLeft, h+2, v.Size().Width-v.Edge-tileLeft-barRoom, v.moreHeight()-2)
	}
	more.Refresh()
}

// whereMore is where rows are that a view of a height does not show: sorted by acuity those above are the worst.
func (v *VScroll) whereMore(s RowShape, height float32) string {
	above, below := v.top() > 1, v.top() < v.height-height-1
	arrows, text := "", ""
	switch {
	case above && below:
		arrows, text = "↑↓ ", s.Both
	case above:
		arrows, text = "↑ ", s.Above
	case below:
		arrows, text = "↓ ", s.Below
	}
	if v.whole(s, v.Size().Height) < 1 {
		text = s.Rest
	}
	if text == "" {
		return ""
	}
	return arrows + text
}
