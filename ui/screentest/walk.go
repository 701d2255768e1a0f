package screentest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Walk visits o and all that is drawn of it, outer before inner. The toolkit's own
// LaidOutObjects makes every widget a second renderer, which then no longer
// follows the widget. UI goroutine only.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			Walk(c, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			Walk(c, visit)
		}
	}
}

// All are the objects of a kind that are drawn of o, in order. UI goroutine only.
func All[T fyne.CanvasObject](o fyne.CanvasObject) (out []T) {
	Walk(o, func(c fyne.CanvasObject) {
		if x, ok := c.(T); ok {
			out = append(out, x)
		}
	})
	return out
}
