package widgets

import "fyne.io/fyne/v2"

// lid stands above what floats, or beside it, for a part of the form that is out of sight meanwhile, such as the score
// of what is typed. It takes no room in the form.
type lid struct {
	part    fyne.CanvasObject
	changed func(unseen bool)
	heights func() (now, most float32)
	unseen  bool
}

// AfloatFor is [VScroll.Afloat] for an end that stands for a part of its form: changed is called when that part goes
// out of sight while the end floats, and when it comes back; heights are how high above the end something is drawn now,
// and at most. UI goroutine only.
func (v *VScroll) AfloatFor(form, end, part fyne.CanvasObject, changed func(unseen bool),
	heights func() (now, most float32)) fyne.CanvasObject {
	box := v.Afloat(form, end)
	v.afloat[len(v.afloat)-1].lid = &lid{part: part, changed: changed, heights: heights}
	return box
}

// heights are how high the lid of what floats is now, and at most.
func (f *floating) heights() (now, most float32) {
	if f.lid == nil {
		return 0, 0
	}
	return f.lid.heights()
}

// checkSight tells whether the part is out of sight: this must not depend on the lid, or it would flicker.
func (f *floating) checkSight() {
	if f.lid == nil {
		return
	}
	d := fyne.CurrentApp().Driver()
	part, from := f.lid.part, d.AbsolutePositionForObject(f.v.scroll).Y
	y, end := d.AbsolutePositionForObject(part).Y, d.AbsolutePositionForObject(f.inner).Y-floatEdge
	unseen := f.floats && part.Visible() && (y < from-1.5 || y+part.Size().Height > end+1.5)
	if unseen != f.lid.unseen {
		f.lid.unseen = unseen
		f.lid.changed(unseen)
		f.cover()
	}
}

// cover lays the ground under what floats, and under its lid.
func (f *floating) cover() {
	up, _ := f.heights()
	at, size := f.inner.Position(), f.inner.Size()
	f.ground.Move(fyne.NewPos(-floatEdge, at.Y-floatEdge-up))
	f.ground.Resize(fyne.NewSize(size.Width+2*floatEdge, size.Height+2*floatEdge+up))
}
