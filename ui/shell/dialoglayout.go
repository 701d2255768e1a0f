package shell

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/widgets"
)

// middle sets a dialog in the middle of the window, a little above the centre.
type middle struct{ width func() float32 }

// middleEdge is what a dialog leaves of the window's height.
const middleEdge = 16

func (m middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(m.width(), s.Width-32)
	h := min(widgets.HeightFor(o[0], w), s.Height-middleEdge)
	o[0].Move(fyne.NewPos((s.Width-w)/2, (s.Height-h)*0.4))
	o[0].Resize(fyne.NewSize(w, h))
}

func (m middle) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

// atMost is as high as its list, up to a limit for the width, and scrolls where
// that is less. The scroller's own room lies outside, so that a list stands in line
// with what is above and below it.
type atMost struct {
	most func(width float32) float32
	list fyne.CanvasObject
}

func (a atMost) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, right := widgets.ScrollRoom()
	o[0].Move(fyne.NewPos(-left, -left))
	o[0].Resize(fyne.NewSize(s.Width+left+right, s.Height+2*left+clipped))
}

// clipped is what a scroller may lose at its lower edge, which is cut at a whole pixel, and what the ring around the
// last button is wide. With the scroller's own room it is less than the gap between two choices.
const clipped = 3

func (a atMost) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	return max(min(widgets.HeightFor(a.list, w), a.most(w)), 40)
}

func (a atMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
