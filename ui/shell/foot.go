package shell

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// foot is the lower end of the window: what has just happened, a rule, and the links. Where the window is low for its
// text, the message takes the place of the links for as long as it stands: taken from the screens, that room hid the
// field that somebody typed in, and the allergies of the patient who was chosen.
type foot struct{ low func() bool }

// lowBelow is the height of a window, before the text scale, in which a message stands over the links.
const lowBelow = 500

func (s *Shell) low() bool { return s.canvas.Size().Height < theme.Sp(lowBelow) }

// Layout implements fyne.Layout.
func (f foot) Layout(o []fyne.CanvasObject, s fyne.Size) {
	said, rule, links := o[0], o[1], o[2]
	put := func(o fyne.CanvasObject, y, h float32) {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(s.Width, h))
	}
	over, y := said.Visible() && f.low(), float32(0)
	if over == links.Visible() {
		if over {
			links.Hide()
		} else {
			links.Show()
		}
	}
	switch {
	case over:
		put(rule, 0, 1)
		put(said, 1, s.Height-1)
		return
	case said.Visible():
		y = widgets.HeightFor(said, s.Width)
		put(said, 0, y)
	}
	put(rule, y, 1)
	put(links, y+1, s.Height-y-1)
}

// MinSize implements fyne.Layout.
func (f foot) MinSize(o []fyne.CanvasObject) fyne.Size { return o[2].MinSize() }

// HeightFor implements the height at a width.
func (f foot) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	said, links := float32(0), widgets.HeightFor(o[2], width)
	if o[0].Visible() {
		said = widgets.HeightFor(o[0], width)
	}
	if f.low() {
		return 1 + max(said, links)
	}
	return 1 + said + links
}
