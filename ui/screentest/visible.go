package screentest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// Visible is where an object stands in what is drawn of root, and what of that the window, every scroller and
// what lies over it leave. Nothing of one that is not drawn. UI goroutine only.
func Visible(root, of fyne.CanvasObject, window fyne.Size) (at, seen Box) {
	all := Box{W: window.Width, H: window.Height}
	found := false
	var walk func(o fyne.CanvasObject, from fyne.Position, clip Box)
	walk = func(o fyne.CanvasObject, from fyne.Position, clip Box) {
		if o == nil || !o.Visible() {
			return
		}
		from = from.Add(o.Position())
		box := Box{from.X, from.Y, o.Size().Width, o.Size().Height}
		if o == of {
			at, seen, found = box, box.within(clip), true
		}
		switch o := o.(type) {
		case *container.Scroll:
			walk(o.Content, from, clip.within(box))
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c, from, clip)
			}
		case interface{ Covers() bool }:
			if b := seen.within(box); found && !b.empty() {
				seen.H = box.Y - seen.Y
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c, from, clip)
			}
		}
	}
	walk(root, fyne.Position{}, all)
	seen.W, seen.H = max(seen.W, 0), max(seen.H, 0)
	return at, seen
}
