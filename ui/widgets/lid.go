package widgets

import "fyne.io/fyne/v2"

// lid stands above what floats, or beside it, for a part of the form that is out of sight meanwhile, such as the score
// of what is typed. It takes no room in the form.
type lid struct {
	part   fyne.CanvasObject
	told   func(unseen bool)
	high   func() (now, most float32)
	unseen bool
}

// AfloatUnder is [VScroll.Afloat] for an end that stands for a part of its form: told is called when that part goes out
// of sight while the end floats, and when it comes back; high is how high above the end something is drawn now, and at
// most. UI goroutine only.
func (v *VScroll) AfloatUnder(form, end, part fyne.CanvasObject, told func(unseen bool),
	high func() (now, most float32)) fyne.CanvasObject {
	box := v.Afloat(form, end)
	v.afloat[len(v.afloat)-1].lid = &lid{part: part, told: told, high: high}
	return box
}

// heights are how high the lid of what floats is now, and at most.
func (f *floating) heights() (now, most float32) {
	if f.lid == nil {
		return 0, 0
	}
	return f.lid.high()
}

// look tells whether the part is out of sight: whether it is does not hang on the lid, which else would come and go.
func (f *floating) look() {
	if f.lid == nil {
		return
	}
	d := fyne.CurrentApp().Driver()
	part, from := f.lid.part, d.AbsolutePositionForObject(f.v.scroll).Y
	y, end := d.AbsolutePositionForObject(part).Y, d.AbsolutePositionForObject(f.inner).Y-floatEdge
	unseen := f.floats && part.Visible() && (y < from-1.5 || y+part.Size().Height > end+1.5)
	if unseen != f.lid.unseen {
		f.lid.unseen = unseen
		f.lid.told(unseen)
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
