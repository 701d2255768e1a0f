package signin

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// beside sets the ward's alerts beside the form, or above it in a window too narrow for both. Without alerts the form
// has it all.
type beside struct {
	wall *widgets.Wall
	form func() float32
	all  fyne.CanvasObject // of the form
	// mild gives way, in this order, where there is no room for it beside the fields and their button.
	mild []fyne.CanvasObject
}

// formEdge is what the form keeps free above and below.
const formEdge = 24

// spare hides what must be hidden for the form to stand whole in a room.
func (b beside) spare(width, height float32) {
	for _, o := range b.mild {
		o.Show()
	}
	for _, o := range b.mild {
		if b.need(width) <= height {
			return
		}
		o.Hide()
	}
}

// need is the height of the form as it is.
func (b beside) need(width float32) float32 {
	return widgets.HeightFor(b.all, min(b.form(), width)) + formEdge
}

func (b beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	form, wall := o[0], o[1]
	wall.Hide()
	if b.wall.Hidden {
		b.spare(s.Width, s.Height)
		form.Move(fyne.NewPos(0, 0))
		form.Resize(s)
		return
	}
	wall.Show()
	if w := min(max(s.Width*0.4, widgets.WallWidth()), s.Width-b.form()-40); w >= widgets.WallWidth() {
		b.spare(s.Width-w, s.Height)
		form.Move(fyne.NewPos(0, 0))
		form.Resize(fyne.NewSize(s.Width-w, s.Height))
		wall.Move(fyne.NewPos(s.Width-w, 0))
		wall.Resize(fyne.NewSize(w, s.Height))
		return
	}
	h := min(b.wall.HeightFor(s.Width), s.Height*0.38)
	b.spare(s.Width, s.Height-h)
	// The wall counts what it has no room for; a button below the window signs nobody in.
	h = min(h, max(s.Height-b.need(s.Width), theme.Sp(70)))
	wall.Move(fyne.NewPos(0, 0))
	wall.Resize(fyne.NewSize(s.Width, h))
	form.Move(fyne.NewPos(0, h))
	form.Resize(fyne.NewSize(s.Width, s.Height-h))
}

func (b beside) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// centred sets one column in the middle, a little above the centre.
type centred struct{ width func() float32 }

func (c centred) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(c.width(), s.Width)
	h := widgets.HeightFor(o[0], w)
	o[0].Move(fyne.NewPos((s.Width-w)/2, max((s.Height-h)*0.42, 12)))
	o[0].Resize(fyne.NewSize(w, h))
}

func (c centred) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.width(), c.HeightFor(o, c.width()))
}

// HeightFor is the column's height and some air.
func (c centred) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return widgets.HeightFor(o[0], min(c.width(), width)) + formEdge
}
