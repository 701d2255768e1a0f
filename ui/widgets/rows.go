package widgets

import (
	"math"

	"fyne.io/fyne/v2"
)

// A scroller over rows of people rests on whole rows: whatever the hand scrolls, the uppermost row begins at the
// upper edge, so that values never stand there without the name and the bed they belong to. The lower edge cuts no
// line of a row through its letters. And one row can be kept in view, whatever above the scroller changes its size.

// RowShape is what the rows of a scroller look like.
type RowShape struct {
	// Step is from one row to the next, Space what of it is between them; a Step of 0: no rows.
	Step, Space float32
	// Cuts are how much of a row may be seen where the view ends within it, ascending: never half a line.
	Cuts []float32
}

// rows are the rows of a scroller, if it has any.
type rows struct {
	shape func() RowShape
	keep  func() (y, h float32, is bool)
}

// Rows tells the scroller that its content is rows, and which stretch of it stays in view for as long as no hand
// scrolls away from it. It is said before the scroller is shown. UI goroutine only.
func (v *VScroll) Rows(shape func() RowShape, keep func() (y, h float32, is bool)) {
	v.rows = rows{shape, keep}
	v.scroll.Content = newWheel(v)
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
func (v *VScroll) rest() { v.content.Move(fyne.NewPos(v.Edge, v.Edge+v.shift())) }

// fit is how much of a height the view takes, so that it cuts no line of a row.
func (v *VScroll) fit(height float32) float32 {
	s := v.shape()
	if s.Step <= 0 {
		return height
	}
	room := height - v.Edge
	whole := float32(math.Floor(float64((room + s.Space - v.Edge) / s.Step)))
	end := whole*s.Step - s.Space + v.Edge
	for _, c := range s.Cuts {
		if at := max(whole, 0)*s.Step + c; at <= room {
			end = max(end, at)
		}
	}
	if end <= v.Edge {
		return height // not even a name has room
	}
	return v.Edge + end
}

// reach is how high what is scrolled is in a view, so that its last row can be reached.
func (v *VScroll) reach(content, view float32) float32 {
	if content <= view {
		return content
	}
	return view + v.rests(content-view, math.Ceil)
}

// keeps reports whether what is kept in view can be seen, or nothing is.
func (v *VScroll) keeps() bool {
	if v.rows.keep == nil {
		return true
	}
	y, h, is := v.rows.keep()
	top, height := v.top(), v.scroll.Size().Height
	y += v.Edge
	return !is || y >= top && min(y+h, y+height-2*v.Edge) <= top+height
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
