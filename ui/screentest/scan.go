package screentest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Scan visits every text that is drawn of o, or, with hidden, that o holds, until
// visit says no. It makes nothing and joins nothing: it can look at every frame. UI
// goroutine only.
func Scan(o fyne.CanvasObject, hidden bool, visit func(string) bool) bool {
	if !o.Visible() && !hidden {
		return true
	}
	switch o := o.(type) {
	case *canvas.Text:
		return visit(o.Text)
	case *fyne.Container:
		for _, c := range o.Objects {
			if !Scan(c, hidden, visit) {
				return false
			}
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			if !Scan(c, hidden, visit) {
				return false
			}
		}
	}
	return true
}
