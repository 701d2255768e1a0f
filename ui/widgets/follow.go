package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Whatever has the keyboard stands in view: where it comes to a field or a button that a scroller hides, the
// scroller brings it, with its label, onto the screen, and keeps it there while the form around it grows. A hand
// that scrolls on is left alone.

// holder is a widget of this package that others stand in.
type holder interface{ holds() []fyne.CanvasObject }

func (p *Panel) holds() []fyne.CanvasObject      { return []fyne.CanvasObject{p.Content} }
func (f *Field) holds() []fyne.CanvasObject      { return []fyne.CanvasObject{f.Entry} }
func (o *ObsField) holds() []fyne.CanvasObject   { return []fyne.CanvasObject{o.line} }
func (v *VScroll) holds() []fyne.CanvasObject    { return []fyne.CanvasObject{v.content} }
func (b *LockBanner) holds() []fyne.CanvasObject { return []fyne.CanvasObject{b.panel} }
func (s *Segmented) holds() (all []fyne.CanvasObject) {
	for _, b := range s.buttons {
		all = append(all, b)
	}
	return all
}

// followed is what has the keyboard, and all that it stands in, outermost first; nil while that is not known,
// as of what was shown a moment ago. UI goroutine only.
var followed struct {
	o  fyne.CanvasObject
	in []fyne.CanvasObject
}

// follow brings into view what the keyboard came to.
func follow(o fyne.CanvasObject) {
	followed.o, followed.in = o, nil
	find()
	for _, c := range slices.Backward(followed.in) {
		if v, is := c.(*VScroll); is {
			v.kept = false
			v.settle()
		}
	}
}

// unfollow lets go of what lost the keyboard.
func unfollow(o fyne.CanvasObject) {
	if followed.o == o {
		followed.o, followed.in = nil, nil
	}
}

// find notes in what the followed one stands.
func find() {
	c := canvasFor(followed.o)
	if c == nil || followed.in != nil {
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	followed.in = pathTo(followed.o, root, nil)
}

// Shows reports whether o stands in what from shows: it, and all that it stands in, are there and visible. It asks
// the tree itself: the toolkit forgets on which canvas an object is once it was not drawn for a minute, and tells
// of each object alone whether it is visible. Found is what can have the keyboard, and not what any widget draws.
// UI goroutine only.
func Shows(from, o fyne.CanvasObject) bool { return pathTo(o, from, nil) != nil }

func pathTo(o, from fyne.CanvasObject, path []fyne.CanvasObject) []fyne.CanvasObject {
	if from == nil || !from.Visible() {
		return nil
	}
	path = append(path, from)
	if from == o {
		return slices.Clone(path)
	}
	var inner []fyne.CanvasObject
	switch from := from.(type) {
	case *fyne.Container:
		inner = from.Objects
	case holder:
		inner = from.holds()
	}
	for _, c := range inner {
		if found := pathTo(o, c, path); found != nil {
			return found
		}
	}
	return nil
}

// shownWith is what is brought into view for the followed one: the line of a form with its label and what is
// said of its value, or the field with its frame.
func shownWith() fyne.CanvasObject {
	for _, c := range followed.in {
		switch c.(type) {
		case *ObsField, *Field:
			return c
		}
	}
	return followed.o
}

// settle puts what floats in the scroller in its place, and what has the keyboard into view.
func (v *VScroll) settle() {
	if followed.o != nil && followed.in == nil {
		find()
	}
	v.float()
	if v.kept || !slices.Contains(followed.in, fyne.CanvasObject(v)) {
		return
	}
	below := float32(0)
	for _, f := range v.afloat {
		switch {
		case slices.Contains(followed.in, fyne.CanvasObject(f.box)):
			if f.floats {
				return
			}
		case slices.Contains(followed.in, f.form):
			_, lid := f.heights()
			below = f.box.Size().Height + 2*floatEdge + lid
		}
	}
	o := shownWith()
	d := fyne.CurrentApp().Driver()
	at, from := d.AbsolutePositionForObject(o), d.AbsolutePositionForObject(v.scroll)
	if at.IsZero() || v.scroll.Size().Height <= 0 {
		return // not laid out yet
	}
	if b, is := o.(*Button); is && b.carrier != nil {
		if _, on := b.scroller(); on != nil {
			if c, is := on.(worded); is {
				v.bring(c, b)
				return
			}
		}
	}
	v.reveal(at.Y-from.Y+v.top(), o.Size().Height, v.scroll.Size().Height-below)
	v.float()
}
