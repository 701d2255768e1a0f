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

// sayMore says below the last row in view that there is more, where there is and where it has room.
func (v *VScroll) sayMore() {
	more := v.rows.more
	if more == nil {
		return
	}
	s, h := v.shape(), v.scroll.Size().Height
	text := s.More
	switch {
	case s.Step <= 0, h <= 0, v.Size().Height-h < v.moreHeight():
		text = ""
	case v.whole(s, v.Size().Height) < 1:
		text = s.Rest
	case v.top() >= v.height-h-1:
		text = ""
	}
	if more.Hidden = text == ""; !more.Hidden {
		more.SetRuns(Run{Text: "↓ " + text, Role: theme.Muted})
		place(more, v.Edge+tileLeft, h+2, v.Size().Width-v.Edge-tileLeft-barRoom, v.moreHeight()-2)
	}
	more.Refresh()
}
