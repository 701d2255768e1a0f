package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// The toolkit asks an object for its least size without telling it the width it
// will get, so wrapped text cannot answer. Here whoever lays out asks for the
// height at a width.

type heighter interface{ HeightFor(width float32) float32 }

type heightLayout interface {
	HeightFor(objects []fyne.CanvasObject, width float32) float32
}

// HeightFor is the height an object needs at a width.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	if h, ok := o.(heighter); ok {
		return h.HeightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(heightLayout); ok {
			return l.HeightFor(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(w, 0), max(h, 0)))
}

// grow marks an object that takes a share of the room left over.
type grow struct{}

func (grow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		place(c, 0, 0, s.Width, s.Height)
	}
}

func (grow) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(o) == 0 {
		return fyne.Size{}
	}
	return o[0].MinSize()
}

func (grow) HeightFor(o []fyne.CanvasObject, w float32) float32 {
	if len(o) == 0 {
		return 0
	}
	return HeightFor(o[0], w)
}

// Grow lets an object take the room left over in a Row or Col.
func Grow(o fyne.CanvasObject) fyne.CanvasObject { return container.New(grow{}, o) }

// Spring is empty room that grows.
func Spring() fyne.CanvasObject { return container.New(grow{}) }

func grows(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(grow)
	return ok
}

func shown(o []fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(o))
	for _, c := range o {
		if there(c) {
			out = append(out, c)
		}
	}
	return out
}

// there reports whether an object takes room: a wrapper whose content is hidden
// takes none, an empty Spring does.
func there(o fyne.CanvasObject) bool {
	if !o.Visible() {
		return false
	}
	c, ok := o.(*fyne.Container)
	if !ok || len(c.Objects) == 0 {
		return true
	}
	if _, ours := c.Layout.(heightLayout); !ours {
		return true
	}
	for _, child := range c.Objects {
		if there(child) {
			return true
		}
	}
	return false
}

// Align is where a Row puts lower objects.
type Align int

// The alignments across a row.
const (
	AlignMiddle Align = iota
	AlignTop
	AlignBottom
	AlignFill
)

type row struct {
	gap   float32
	align Align
}

func (l row) widths(o []fyne.CanvasObject, w float32) []float32 {
	ws := make([]float32, len(o))
	free, n := w-l.gap*float32(max(len(o)-1, 0)), 0
	for i, c := range o {
		if grows(c) {
			n++
			continue
		}
		ws[i] = c.MinSize().Width
		free -= ws[i]
	}
	for i, c := range o {
		if grows(c) {
			ws[i] = max(free/float32(n), 0)
		}
	}
	return ws
}

func (l row) Layout(all []fyne.CanvasObject, s fyne.Size) {
	o := shown(all)
	x := float32(0)
	for i, w := range l.widths(o, s.Width) {
		h, y := min(HeightFor(o[i], w), s.Height), float32(0)
		switch l.align {
		case AlignMiddle:
			y = (s.Height - h) / 2
		case AlignBottom:
			y = s.Height - h
		case AlignFill:
			h = s.Height
		}
		place(o[i], x, y, w, h)
		x += w + l.gap
	}
}

func (l row) MinSize(all []fyne.CanvasObject) fyne.Size {
	o := shown(all)
	m := fyne.NewSize(l.gap*float32(max(len(o)-1, 0)), 0)
	for _, c := range o {
		cm := c.MinSize()
		m.Width += cm.Width
		m.Height = max(m.Height, cm.Height)
	}
	return m
}

func (l row) HeightFor(all []fyne.CanvasObject, w float32) float32 {
	o := shown(all)
	h := float32(0)
	for i, cw := range l.widths(o, w) {
		h = max(h, HeightFor(o[i], cw))
	}
	return h
}

// Row sets objects side by side, in the middle of the row's height.
func Row(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap: gap}, o...)
}

// RowAt is Row with another alignment.
func RowAt(a Align, gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap: gap, align: a}, o...)
}

type col struct{ gap float32 }

func (l col) Layout(all []fyne.CanvasObject, s fyne.Size) {
	o := shown(all)
	hs := make([]float32, len(o))
	free, n := s.Height-l.gap*float32(max(len(o)-1, 0)), 0
	for i, c := range o {
		if grows(c) {
			n++
			continue
		}
		hs[i] = HeightFor(c, s.Width)
		free -= hs[i]
	}
	y := float32(0)
	for i, c := range o {
		if grows(c) {
			hs[i] = max(free/float32(n), 0)
		}
		place(c, 0, y, s.Width, hs[i])
		y += hs[i] + l.gap
	}
}

func (l col) MinSize(all []fyne.CanvasObject) fyne.Size {
	o := shown(all)
	m := fyne.NewSize(0, l.gap*float32(max(len(o)-1, 0)))
	for _, c := range o {
		cm := c.MinSize()
		m.Height += cm.Height
		m.Width = max(m.Width, cm.Width)
	}
	return m
}

func (l col) HeightFor(all []fyne.CanvasObject, w float32) float32 {
	o := shown(all)
	h := l.gap * float32(max(len(o)-1, 0))
	for _, c := range o {
		h += HeightFor(c, w)
	}
	return h
}

// Col sets objects below each other at full width.
func Col(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(col{gap: gap}, o...)
}

type pad struct{ t, r, b, l float32 }

func (p pad) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		place(c, p.l, p.t, s.Width-p.l-p.r, s.Height-p.t-p.b)
	}
}

func (p pad) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for _, c := range o {
		m = m.Max(c.MinSize())
	}
	return m.AddWidthHeight(p.l+p.r, p.t+p.b)
}

func (p pad) HeightFor(o []fyne.CanvasObject, w float32) float32 {
	h := float32(0)
	for _, c := range o {
		h = max(h, HeightFor(c, w-p.l-p.r))
	}
	return h + p.t + p.b
}

// Pad puts room around objects: top, right, bottom, left.
func Pad(t, r, b, l float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(pad{t, r, b, l}, o...)
}

type fixed struct{ w func() float32 }

func (f fixed) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		place(c, 0, 0, s.Width, s.Height)
	}
}

func (f fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.w(), f.HeightFor(o, f.w()))
}

func (f fixed) HeightFor(o []fyne.CanvasObject, w float32) float32 {
	h := float32(0)
	for _, c := range o {
		h = max(h, HeightFor(c, w))
	}
	return h
}

// Wide gives an object a width; it is asked for on every layout, as the text
// scale may change.
func Wide(w func() float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixed{w}, o)
}

type flow struct{ gap, line float32 }

func (l flow) run(all []fyne.CanvasObject, w float32, put bool) float32 {
	x, y, lineH := float32(0), float32(0), float32(0)
	for _, c := range shown(all) {
		m := c.MinSize()
		if x > 0 && x+m.Width > w {
			x, y, lineH = 0, y+lineH+l.line, 0
		}
		h := HeightFor(c, min(m.Width, w))
		if put {
			place(c, x, y, min(m.Width, w), h)
		}
		x += m.Width + l.gap
		lineH = max(lineH, h)
	}
	return y + lineH
}

func (l flow) Layout(o []fyne.CanvasObject, s fyne.Size) { l.run(o, s.Width, true) }

func (l flow) MinSize(all []fyne.CanvasObject) fyne.Size {
	m := fyne.Size{}
	for _, c := range shown(all) {
		m = m.Max(c.MinSize())
	}
	return m
}

func (l flow) HeightFor(o []fyne.CanvasObject, w float32) float32 { return l.run(o, w, false) }

// Flow sets objects side by side and starts new lines where they do not fit.
func Flow(gap, line float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(flow{gap, line}, o...)
}

type ends struct{ gap, line float32 }

// aside reports whether both have room in one line.
func (e ends) aside(o []fyne.CanvasObject, w float32) bool {
	return o[0].MinSize().Width+e.gap+o[1].MinSize().Width <= w+0.5
}

func (e ends) Layout(o []fyne.CanvasObject, s fyne.Size) {
	a, b := o[0].MinSize(), o[1].MinSize()
	if e.aside(o, s.Width) {
		h := HeightFor(o[0], a.Width)
		place(o[0], 0, (s.Height-h)/2, s.Width-e.gap-b.Width, h)
		place(o[1], s.Width-b.Width, (s.Height-b.Height)/2, b.Width, b.Height)
		return
	}
	h := HeightFor(o[0], s.Width)
	place(o[0], 0, 0, s.Width, h)
	w := min(b.Width, s.Width)
	place(o[1], s.Width-w, h+e.line, w, HeightFor(o[1], w))
}

func (e ends) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}

func (e ends) HeightFor(o []fyne.CanvasObject, w float32) float32 {
	a, b := o[0].MinSize(), o[1].MinSize()
	if e.aside(o, w) {
		return max(HeightFor(o[0], a.Width), b.Height)
	}
	return HeightFor(o[0], w) + e.line + HeightFor(o[1], min(b.Width, w))
}

// Ends sets one object at the left and one at the right end of a line, or the second below the first where
// there is no room for both.
func Ends(gap, line float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(ends{gap, line}, left, right)
}

// PlaceAs lays a container out that is only measured with and never shown, and
// moves the objects within it to where they then stand: one set of objects can
// so be arranged in several ways.
func PlaceAs(c *fyne.Container, s fyne.Size) {
	c.Resize(s)
	settleAll(c, 0, 0)
}

func settleAll(c *fyne.Container, dx, dy float32) {
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, o := range c.Objects {
		if in, ok := o.(*fyne.Container); ok {
			settleAll(in, dx+in.Position().X, dy+in.Position().Y)
			continue
		}
		o.Move(o.Position().AddXY(dx, dy))
	}
}
