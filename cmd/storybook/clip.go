package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// The toolkit's painter in memory clips by the innermost scroller alone, unlike the one that draws on a screen:
// what a field holds, which scrolls by itself, would be painted outside the scroller that the field stands in.

// part is a rectangle in the window.
type part struct{ x, y, right, bottom float32 }

func (p part) and(o part) part {
	return part{max(p.x, o.x), max(p.y, o.y), min(p.right, o.right), min(p.bottom, o.bottom)}
}

// withinScrollers hides what would be painted outside an outer scroller.
func withinScrollers(w fyne.Window) {
	eachNested(w, func(inner *container.Scroll, _ part, whole bool) {
		if !whole {
			inner.Content.Hide()
		}
	})
}

// eachNested visits the scrollers that stand within others, with what of them is to be seen.
func eachNested(w fyne.Window, visit func(inner *container.Scroll, seen part, whole bool)) {
	size := w.Canvas().Size()
	var walk func(o fyne.CanvasObject, at fyne.Position, clip part, nested bool)
	walk = func(o fyne.CanvasObject, at fyne.Position, clip part, nested bool) {
		if o == nil || !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		switch o := o.(type) {
		case *container.Scroll:
			own := part{at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height}
			if seen := own.and(clip); nested && o.Content != nil && o.Content.Visible() {
				visit(o, seen, seen.bottom > own.bottom-1.5 && seen.y < own.y+1.5)
			}
			walk(o.Content, at, own.and(clip), true)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c, at, clip, nested)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c, at, clip, nested)
			}
		}
	}
	all := part{right: size.Width, bottom: size.Height}
	for _, o := range append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...) {
		walk(o, fyne.Position{}, all, false)
	}
}

// scrollBeds turns the wheel over the beds to the end, as a hand does.
func scrollBeds(s *stage) {
	var beds fyne.Scrollable
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if scroll, is := o.(fyne.Scrollable); is && beds == nil {
			if _, toolkit := o.(*container.Scroll); !toolkit {
				beds = scroll
			}
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(s.board.Content())
	for range 60 {
		beds.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -37)})
	}
}
