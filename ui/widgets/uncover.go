package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Uncover is called when a message has made what floats higher: it lies over no score, points or field then. What its
// upper edge would cut in two is brought above it, as far as what has the keyboard stays in view. UI goroutine only.
func (v *VScroll) Uncover() {
	for _, f := range v.afloat {
		if f.floats {
			v.lift(f)
		}
	}
}

// lift scrolls the line of a form that the upper edge of what floats cuts to above it.
func (v *VScroll) lift(f *floating) {
	d := fyne.CurrentApp().Driver()
	from := d.AbsolutePositionForObject(v.scroll).Y
	edge, top := d.AbsolutePositionForObject(f.ground).Y-from, float32(0)
	for _, o := range formLines(f.form) {
		y, h := d.AbsolutePositionForObject(o).Y-from, o.Size().Height
		if y < edge-1 && y+h > edge+1 && h <= edge-2*v.Edge {
			top = max(top, y+h-edge+v.Edge)
		}
	}
	if followed.o != nil && slices.Contains(followed.in, f.form) {
		top = min(top, d.AbsolutePositionForObject(shownWith()).Y-from-v.Edge)
	}
	if top > 0 {
		v.to(fyne.NewPos(0, v.scroll.Offset.Y+top))
		v.float()
	}
}

// formLines are the lines of a form from top to bottom: what its columns set below each other.
func formLines(o fyne.CanvasObject) (lines []fyne.CanvasObject) {
	if !o.Visible() {
		return nil
	}
	if p, is := o.(*Panel); is {
		return formLines(p.Content)
	}
	c, is := o.(*fyne.Container)
	if !is {
		return []fyne.CanvasObject{o}
	}
	switch c.Layout.(type) {
	case col:
		for _, in := range c.Objects {
			lines = append(lines, formLines(in)...)
		}
		return lines
	case *floating:
		return nil
	}
	return []fyne.CanvasObject{o}
}
