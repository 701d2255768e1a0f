package widgets

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

// VScroll scrolls content whose height follows its width. Room at the edges
// keeps focus rings from being cut.
type VScroll struct {
	widget.BaseWidget
	content fyne.CanvasObject
	scroll  *container.Scroll
	holder  *fyne.Container
	height  float32
	led     bool // the program scrolls, and not the hand
	seen    float32
	moved   time.Time // when the content moved by itself
	afloat  []*floating
	kept    bool // a hand scrolled away from what has the keyboard
	rows    rows
	away    bool // a hand scrolled away from what the rows keep in view
	// Edge is room around the content; Fill stretches it to the whole height.
	Edge float32
	Fill bool
}

// NewVScroll makes a scroller.
func NewVScroll(content fyne.CanvasObject) *VScroll {
	v := &VScroll{content: content, Edge: 4}
	v.holder = container.New(held{v}, content)
	v.scroll = container.NewVScroll(v.holder)
	v.OnScroll(func() {})
	v.ExtendBaseWidget(v)
	return v
}

// ScrollRoom is what a scroller keeps free at the left, above and below of its
// content, and at the right, where the bar is.
func ScrollRoom() (edge, bar float32) { return 4, barRoom }

// barRoom keeps the scroll bar off the content.
const barRoom = 9

type held struct{ v *VScroll }

func (h held) Layout(o []fyne.CanvasObject, s fyne.Size) {
	e := h.v.Edge
	w := s.Width - e - max(e, barRoom)
	height := HeightFor(o[0], w)
	if h.v.Fill {
		height = max(height, h.v.scroll.Size().Height-2*e)
	}
	place(o[0], e, e+h.v.shift(), w, height)
}

func (h held) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, h.v.height) }

// Reveal brings an object of the content into view; of one that is higher than the view
// its beginning, which says what it is.
func (v *VScroll) Reveal(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(v.content).Y
	v.RevealAt(y, o.Size().Height)
}

// Shows reports whether the beginning of an object of the content is on the screen.
func (v *VScroll) Shows(o fyne.CanvasObject) bool {
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(v.scroll).Y
	return y >= -v.Edge && y+min(o.Size().Height, theme.Sp(40))/2 < v.scroll.Size().Height
}

// OnScroll says who hears that the content moved.
func (v *VScroll) OnScroll(f func()) {
	v.scroll.OnScrolled = func(fyne.Position) {
		if !v.led {
			v.seen, v.kept = v.scroll.Offset.Y, true
			hand.Scrolled()
			v.rest()
			v.away = !v.keeps()
		}
		v.float()
		f()
	}
}

// Seen is the part of the content that is on the screen, from its own top.
func (v *VScroll) Seen() (top, height float32) {
	return max(v.top()-v.Edge, 0), v.scroll.Size().Height
}

// RevealAt brings a stretch of the content into view, also one of which nothing is
// drawn yet.
func (v *VScroll) RevealAt(y, h float32) {
	v.reveal(y+v.Edge, h, v.scroll.Size().Height)
}

// reveal brings into view what stands at y of what is scrolled, where a height of the view is free. Of what is
// higher it is the beginning.
func (v *VScroll) reveal(y, h, height float32) {
	top := v.top()
	switch {
	case y < top+v.Edge, h > height-2*v.Edge:
		v.to(fyne.NewPos(0, v.rests(max(y-2*v.Edge, 0), math.Round)))
	case y+h > top+height-v.Edge:
		v.to(fyne.NewPos(0, v.rests(y+h-height+2*v.Edge, math.Ceil)))
	}
}

func (v *VScroll) to(at fyne.Position) {
	v.leads(func() { v.scroll.ScrollToOffset(at) })
	v.rest()
	v.note()
}

// leads runs what may scroll without the hand.
func (v *VScroll) leads(f func()) {
	was := v.led
	v.led = true
	defer func() { v.led = was }()
	f()
}

// note remembers when the content came to stand elsewhere without the hand: the program
// led it there, or it grew shorter than it was scrolled.
func (v *VScroll) note() {
	if v.scroll.Offset.Y != v.seen {
		v.seen, v.moved = v.scroll.Offset.Y, hand.Time()
	}
}

// Moved is when the content moved last that the hand did not scroll; never for nil.
func (v *VScroll) Moved() (t time.Time) {
	if v != nil {
		t = v.moved
	}
	return t
}

// ToTop scrolls to the beginning.
func (v *VScroll) ToTop() { v.to(fyne.Position{}) }

// parts are what is drawn of it.
func (v *VScroll) parts() []fyne.CanvasObject {
	if v.rows.more == nil {
		return []fyne.CanvasObject{v.scroll}
	}
	return []fyne.CanvasObject{v.scroll, v.rows.more, v.rows.wheel}
}

// CreateRenderer implements fyne.Widget.
func (v *VScroll) CreateRenderer() fyne.WidgetRenderer {
	return &view{
		self: v, objects: v.parts(),
		layout: func(s fyne.Size) {
			h := v.fit(s.Height)
			v.height = v.reach(HeightFor(v.content, s.Width-v.Edge-max(v.Edge, barRoom))+2*v.Edge, h)
			v.leads(func() { // content that grew shorter than it was scrolled comes back: no hand did that
				place(v.scroll, 0, 0, s.Width, h)
				v.scroll.Refresh()
			})
			if v.rows.wheel != nil {
				place(v.rows.wheel, 0, 0, s.Width, h)
			}
			v.rest()
			v.note()
			if !v.stay() { // nobody is chosen: what has the keyboard is
				v.settle()
			}
		},
		min: func() fyne.Size { return fyne.NewSize(40, 40) },
	}
}
