// Package widgets holds the station's own controls and marks. They draw what
// they are given and call back; they know no rules of the ward.
//
// All of it belongs to the UI goroutine.
package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// view is the renderer of every widget here: objects, a layout, and a restyle
// that reads colours and sizes from the theme again.
type view struct {
	self    fyne.Widget
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	restyle func()
}

func (v *view) Destroy() {}

func (v *view) Layout(s fyne.Size) { v.layout(s) }

func (v *view) MinSize() fyne.Size { return v.min() }

func (v *view) Objects() []fyne.CanvasObject { return v.objects }

func (v *view) Refresh() {
	if v.restyle != nil {
		v.restyle()
	}
	v.layout(v.self.Size())
	for _, o := range v.objects {
		o.Refresh()
	}
	canvas.Refresh(v.self)
}
