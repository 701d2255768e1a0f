package widgets

import (
	"math"

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
	runs := v.whereMore(s, h)
	if s.Step <= 0 || h <= 0 || v.Size().Height-h < v.moreHeight() {
		runs = nil
	}
	if more.Hidden = len(runs) == 0; !more.Hidden {
		more.SetRuns(runs...)
		place(more, v.Edge+tileLeft, h+2, v.Size().Width-v.Edge-tileLeft-barRoom, v.moreHeight()-2)
	}
	more.Refresh()
}

// whereMore is where rows are that a view of a height does not show: first those above, which are the worst where the
// rows stand by acuity.
func (v *VScroll) whereMore(s RowShape, height float32) (runs []Run) {
	add := func(arrow, text string, r Run) {
		if text == "" {
			return
		}
		if len(runs) > 0 {
			runs = append(runs, Run{Text: "  ·  ", Role: theme.Muted})
		}
		r.Text = arrow + " " + text
		runs = append(runs, r)
	}
	if above := v.top(); s.Step > 0 && above > 1 && s.Above != nil {
		text, short, urgent := s.Above(int(math.Round(float64(above / s.Step))))
		if v.whole(s, v.Size().Height) < 1 {
			text = short
		}
		r := Run{Role: theme.Ink, Style: theme.SemiBold}
		if urgent {
			r.Role = theme.Alarm
		}
		add("↑", text, r)
	}
	below := Run{Role: theme.Muted}
	switch {
	case v.whole(s, v.Size().Height) < 1 && len(runs) > 0: // both have one line
		below.Text = "  " + s.Rest
		runs = append(runs, below)
	case v.whole(s, v.Size().Height) < 1:
		add("↓", s.Rest, below)
	case v.top() < v.height-height-1:
		add("↓", s.Below, below)
	}
	return runs
}
