package widgets

import (
	"math"

	"fyne.io/fyne/v2"
)

// A scroller over rows of people rests on whole rows: whatever the hand scrolls, the uppermost row begins at the
// upper edge, so that values never stand there without the name and the bed they belong to. Where the lower edge falls
// within a row, of that stands only whose it is: with its values it would look whole, and hide allergies. What is
// free below says where there are more. And one row can be kept in view, whatever above the scroller changes its size.

// RowShape is what the rows of a scroller look like.
type RowShape struct {
	// Step is from one row to the next, Space what of it is between them; a Step of 0: no rows.
	Step, Space float32
	// Head is how much of a row may be seen where the view ends within it: whose it is. 0: nothing.
	Head float32
	// Above says what so many rows are that stand above the view, in words and beside Rest in short, and whether
	// somebody among them is urgent; nil: nothing. Below says that rows are below; Rest is said where not even one has
	// room, of what it then does not show.
	Above       func(rows int) (text, short string, urgent bool)
	Below, Rest string
}

// rows are the rows of a scroller, if it has any.
type rows struct {
	shape func() RowShape
	keep  func() (y, h float32, is bool)
	more  *Label
	wheel *wheel
}

// Rows tells the scroller that its content is rows, and which stretch of it stays in view for as long as no hand
// scrolls away from it. It is said before the scroller is shown. UI goroutine only.
func (v *VScroll) Rows(shape func() RowShape, keep func() (y, h float32, is bool)) {
	v.rows = rows{shape, keep, Runs(moreSize), newWheel(v)}
	v.rows.more.Ellipsis().Hide()
}

func (v *VScroll) shape() (s RowShape) {
	if v.rows.shape != nil {
		s = v.rows.shape()
	}
	return s
}

// rests is the place nearest to y, by a rounding, at which the view may begin.
func (v *VScroll) rests(y float32, round func(float64) float64) float32 {
	step := v.shape().Step
	if step <= 0 {
		return y
	}
	return float32(round(float64(y/step)-0.001)) * step
}

// top is where the view begins: the toolkit's offset goes on smoothly, and the content follows it by rows.
func (v *VScroll) top() float32 { return v.rests(v.scroll.Offset.Y, math.Round) }

// shift is how far the content stands below where the toolkit's offset would have it.
func (v *VScroll) shift() float32 { return v.scroll.Offset.Y - v.top() }

// rest puts the content where the view begins with a row.
func (v *VScroll) rest() {
	v.content.Move(fyne.NewPos(v.Edge, v.Edge+v.shift()))
	v.sayMore()
}

// whole is how many rows a height has room for.
func (v *VScroll) whole(s RowShape, height float32) float32 {
	return max(float32(math.Floor(float64((height+s.Space-2*v.Edge)/s.Step))), 0)
}

// fit is how much of a height the view takes: whole rows, and of one more whose it is, where that leaves the room to
// say that there is more.
func (v *VScroll) fit(height float32) float32 {
	s := v.shape()
	if s.Step <= 0 {
		return height
	}
	whole := v.whole(s, height)
	head := v.Edge + whole*s.Step + s.Head
	switch {
	case s.Head > 0 && head+v.moreHeight() <= height, whole < 1 && s.Head > 0 && head <= height:
		return head
	case whole < 1:
		return height // not even a name has room
	}
	return whole*s.Step - s.Space + 2*v.Edge
}

// reach is how high what is scrolled is in a view, so that its last row can be reached, and nothing beyond it.
func (v *VScroll) reach(content, view float32) float32 {
	if content <= view {
		return content
	}
	if s := v.shape(); s.Step > 0 {
		return view + v.rests(content-max(view, s.Step-s.Space+2*v.Edge), math.Ceil)
	}
	return content
}

// keeps reports whether what is kept in view can be seen, or nothing is.
func (v *VScroll) keeps() bool {
	if v.rows.keep == nil {
		return true
	}
	y, h, is := v.rows.keep()
	return !is || v.Sees(y, h)
}

// Sees reports whether a stretch of the content is on the screen, or, of one that is higher than the view, its
// beginning. UI goroutine only.
func (v *VScroll) Sees(y, h float32) bool {
	top, height := v.top(), v.scroll.Size().Height
	y += v.Edge
	return y >= top-0.5 && y+min(h, height-2*v.Edge) <= top+height+0.5
}

// stay brings back into view what is kept there, unless a hand scrolled away from it. It reports whether there is
// anything to be kept.
func (v *VScroll) stay() bool {
	if v.rows.keep == nil || v.scroll.Size().Height <= 0 {
		return false
	}
	y, h, is := v.rows.keep()
	if is && !v.away && !v.keeps() {
		v.RevealAt(y, h)
	}
	return is
}

// Attend keeps in view what is to be kept there, though a hand scrolled away from what was before.
func (v *VScroll) Attend() { v.away = false }
