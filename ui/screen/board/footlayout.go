package board

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// footHead sets the buttons beside the name where it has its one line there, else below it.
type footHead struct{ f *foot }

func (h footHead) run(o []fyne.CanvasObject, width float32, put bool) (height float32) {
	at := func(o fyne.CanvasObject, x, y, w float32) float32 {
		high := widgets.HeightFor(o, w)
		if put {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, high))
		}
		return high
	}
	name, buttons := h.f.who.LineWidth()+1, o[1].MinSize().Width
	if h.f.who.Hidden {
		name = 0
	}
	if name+8+buttons <= width {
		b := at(o[1], width-buttons, 0, buttons)
		return max(b, at(o[0], 0, max(b-widgets.HeightFor(o[0], name), 0)/2, name))
	}
	height = at(o[0], 0, 0, width)
	if buttons > 0 {
		height += at(o[1], width-buttons, height+2, buttons) + 2
	}
	return height
}

func (h footHead) Layout(o []fyne.CanvasObject, s fyne.Size) { h.run(o, s.Width, true) }

func (h footHead) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

// HeightFor is that of both at a width.
func (h footHead) HeightFor(o []fyne.CanvasObject, w float32) float32 { return h.run(o, w, false) }

// footRoom is as high as the foot, up to what it may take of the window and of the board; beyond that it scrolls.
type footRoom struct {
	f     *foot
	board func() (height, left float32) // that of the board, and what of it is left beside a bed
}

// The parts of the window's and of the board's height that the foot may take: above it a bed stands whole.
const footMost, footMostHere = 0.28, 0.45

func (r footRoom) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

func (r footRoom) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Sp(200), theme.Sp(20))
}

// HeightFor is that of the foot at a width.
func (r footRoom) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	left, bar := widgets.ScrollRoom()
	h := widgets.HeightFor(r.f.inner, w-left-bar) + 2*left
	if here, rest := r.board(); here > 0 {
		least := widgets.HeightFor(r.f.head, w-left-bar) + 2*left
		switch {
		case rest < least: // the bed goes first, and says whose it is itself
			rest = 0
		case rest < least+theme.Sp(22): // no room for half a line
			rest = least
		}
		h = min(h, here*footMostHere, rest)
	}
	if c := widgets.CanvasOf(r.f.panel); c != nil {
		h = min(h, c.Size().Height*footMost)
	}
	return h
}

// footLayout gives the reasons the whole width where large text needs it.
type footLayout struct {
	f        *foot
	one, two *fyne.Container
}

func (l footLayout) pick(width float32) *fyne.Container {
	if footFolds(width) {
		return l.two
	}
	return l.one
}

func (l footLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.f.say(s.Width)
	widgets.PlaceAs(l.pick(s.Width), s)
}

func (l footLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Sp(200), l.one.MinSize().Height)
}

// HeightFor is the greatest since the foot has this width: what is pointed at may change what it says, and no bed
// goes under it for that.
func (l footLayout) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	l.f.say(width)
	t := &l.f.tall
	if t.width != width || t.scale != theme.Sp(1) {
		*t = tallest{width: width, scale: theme.Sp(1)}
	}
	t.height = max(t.height, widgets.HeightFor(l.pick(width), width))
	return t.height
}

// tallest is how high the foot was at a width and a size of text.
type tallest struct{ width, scale, height float32 }

// footGap is between the reasons and the monitor.
const footGap = 18

// room is the width of the first line.
func (f *foot) room(width float32) float32 {
	for _, b := range []*widgets.Button{f.mine, f.assign} {
		if !b.Hidden {
			width -= b.MinSize().Width + 8
		}
	}
	return width
}

func footFolds(width float32) bool { return width < theme.Sp(640) }
