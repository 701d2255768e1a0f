package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/theme"
)

// lines is as high as so many lines of text, whatever is said on them.
type lines struct {
	n       func() int
	pt, pad float32
}

// Layout implements fyne.Layout.
func (l lines) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		place(c, 0, 0, s.Width, s.Height)
	}
}

// MinSize implements fyne.Layout.
func (l lines) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, l.HeightFor(o, 0)) }

// HeightFor implements the height at a width: the same at each.
func (l lines) HeightFor([]fyne.CanvasObject, float32) float32 {
	one, _ := measure("0", theme.Sp(l.pt), theme.SemiBold)
	return float32(l.n())*one.Height*leading + 2*l.pad
}

// Lines sets objects upon each other, in room for n lines of text of a size and for a pad above and below: the room
// stays the same, whatever the text.
func Lines(n func() int, pt, pad float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(lines{n, pt, pad}, o...)
}
