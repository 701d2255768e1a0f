package patient

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// columns sets two cards side by side, the right one as wide as the form needs;
// below each other where the window or the text size leaves no room.
type columns struct {
	sideFirst *bool
	seen      func() float32 // the height that is on the screen
}

func (columns) split(width float32) (left, right float32, two bool) {
	right = theme.Sp(480)
	left = width - right - 10
	return left, right, left >= theme.Sp(330)
}

func (c columns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if len(o) == 1 { // the whole width
		o[0].Move(fyne.NewPos(0, 0))
		o[0].Resize(s)
	}
	if len(o) < 2 {
		return
	}
	left, right, two := c.split(s.Width)
	if two {
		o[0].Move(fyne.NewPos(0, 0))
		// As high as the screen, however long the other side: a trend that is stretched
		// with a form stands with its newest score and its times below the window.
		o[0].Resize(fyne.NewSize(left, min(s.Height, max(widgets.HeightFor(o[0], left), c.seen()))))
		o[1].Move(fyne.NewPos(left+10, 0))
		o[1].Resize(fyne.NewSize(right, s.Height))
		return
	}
	first, second := o[0], o[1]
	if *c.sideFirst {
		first, second = o[1], o[0]
	}
	h := widgets.HeightFor(first, s.Width)
	first.Move(fyne.NewPos(0, 0))
	first.Resize(fyne.NewSize(s.Width, h))
	second.Move(fyne.NewPos(0, h+10))
	second.Resize(fyne.NewSize(s.Width, max(s.Height-h-10, widgets.HeightFor(second, s.Width))))
}

// HeightFor is the height that both cards need.
func (c columns) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	switch len(o) {
	case 0:
		return 0
	case 1:
		return widgets.HeightFor(o[0], width)
	}
	left, right, two := c.split(width)
	if two {
		return max(widgets.HeightFor(o[0], left), widgets.HeightFor(o[1], right))
	}
	return widgets.HeightFor(o[0], width) + widgets.HeightFor(o[1], width) + 10
}

func (columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 200) }
