package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// notch is the least that one notch of a wheel scrolls, in the toolkit's units: 10 on macOS, 25 elsewhere. A touchpad
// scrolls by less at a time.
const notch = 10

// wheel lies over the rows of a scroller and hears of each turn in place of the toolkit's scroller; nothing else is
// heard there, and nothing drawn. It lies over them and not around: the toolkit's painter in memory clips by the
// innermost of what scrolls. A row is as high as six to fifteen notches, and a hand that turned the wheel once and
// saw nothing move would not know that it counts.
type wheel struct {
	widget.BaseWidget
	v *VScroll
}

var _ fyne.Scrollable = (*wheel)(nil)

func newWheel(v *VScroll) *wheel {
	w := &wheel{v: v}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	turned := *ev
	turned.Scrolled.DY = w.v.turn(ev.Scrolled.DY)
	w.v.scroll.Scrolled(&turned)
}

// turn is how far the toolkit's offset goes for a turn of the wheel, above 0 for up: of a whole notch or more to the
// next row, or as many rows as it is high; smaller steps add up. The toolkit keeps it within the ends.
func (v *VScroll) turn(by float32) float32 {
	step := v.shape().Step
	if step <= 0 || by < notch && by > -notch {
		return by
	}
	rows := max(float32(int(max(by, -by)/step)), 1)
	if by > 0 {
		rows = -rows
	}
	return v.scroll.Offset.Y - (v.top() + rows*step)
}

// CreateRenderer implements fyne.Widget: there is nothing to see.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return &view{self: w, layout: func(fyne.Size) {}, min: func() fyne.Size { return fyne.Size{} }}
}
