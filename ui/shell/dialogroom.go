package shell

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The part of the window's height that choices may take, and what is always to be seen of what is asked above them,
// before the text scale.
const choicesMost, askedLeast = 0.55, 44

// room shares between what is asked and the choices what title, head and buttons of a dialog leave of the window. Where
// large text or a low window leaves too little, what is asked scrolls first: an answer is never below the window, and
// never half seen.
type room struct {
	window         func() float32
	around         []fyne.CanvasObject // stands whole
	asked, choices fyne.CanvasObject   // nil: nothing
}

// rest is the height that what is asked and the choices share at a width.
func (r *room) rest(w float32) float32 {
	h := r.window() - middleEdge - 2*dialogEdge - 2
	for _, o := range r.around {
		h -= widgets.HeightFor(o, w) + dialogRoom
	}
	return h
}

// forAsked is the height that what is asked may take at a width.
func (r *room) forAsked(w float32) float32 {
	if r.choices == nil {
		return r.rest(w)
	}
	return r.rest(w) - dialogRoom - widgets.HeightFor(r.choices, w)
}

// forChoices is the height that the choices may take at a width, with what narrows them.
func (r *room) forChoices(w float32) float32 {
	h := r.rest(w)
	if r.asked != nil {
		h -= dialogRoom + min(widgets.HeightFor(r.asked, w), theme.Sp(askedLeast))
	}
	return min(h, r.window()*choicesMost)
}
