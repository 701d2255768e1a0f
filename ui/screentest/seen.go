package screentest

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// Box is a rectangle in the window, in pixels at scale 1.
type Box struct{ X, Y, W, H float32 }

func (b Box) within(o Box) Box {
	x, y := max(b.X, o.X), max(b.Y, o.Y)
	return Box{x, y, min(b.X+b.W, o.X+o.W) - x, min(b.Y+b.H, o.Y+o.H) - y}
}

func (b Box) empty() bool { return b.W <= 0 || b.H <= 0 }

// Word is a text as it is drawn: where, what of it can be seen, and the part of the screen it belongs to.
type Word struct {
	Text string
	// At is where its letters stand; Seen is what of that the window and every scroller leave.
	At, Seen Box
	// Part is the innermost widget around it, Of the objects around it, outermost first.
	Part Box
	Of   []fyne.CanvasObject
}

// Seen are the texts drawn of o, of which anything can be seen in a window of a size. Unlike [Texts] it measures:
// what a scroller or the window's edge hides is not among them. UI goroutine only.
func Seen(o fyne.CanvasObject, window fyne.Size) (out []Word) {
	all := Box{W: window.Width, H: window.Height}
	seen(o, fyne.Position{}, all, all, nil, &out)
	return slices.DeleteFunc(out, func(w Word) bool { return w.Seen.empty() })
}

func seen(o fyne.CanvasObject, at fyne.Position, clip, part Box, of []fyne.CanvasObject, out *[]Word) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	box := Box{at.X, at.Y, o.Size().Width, o.Size().Height}
	of = append(of[:len(of):len(of)], o)
	switch o := o.(type) {
	case *canvas.Text:
		text := strings.TrimSpace(o.Text)
		if text == "" {
			return
		}
		size := fyne.MeasureText(strings.TrimRight(o.Text, " "), o.TextSize, o.TextStyle)
		// A line of text is higher than its letters by a quarter.
		w := Word{Text: o.Text, At: Box{at.X, at.Y + size.Height*0.14, size.Width, size.Height * 0.72}, Part: part, Of: of}
		if w.Seen = w.At.within(clip); !w.Seen.empty() {
			*out = append(*out, w)
		}
	case *container.Scroll:
		seen(o.Content, at, clip.within(box), part, of, out)
	case *fyne.Container:
		for _, c := range o.Objects {
			seen(c, at, clip, part, of, out)
		}
	case interface{ Covers() bool }:
		cover(*out, box)
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			seen(c, at, clip, box, of, out)
		}
	}
}

// cover takes from what can be seen of texts what lies under a ground that is drawn over them, as a scroller's
// edge does.
func cover(words []Word, ground Box) {
	for i := range words {
		w := &words[i]
		if b := w.Seen.within(ground); !b.empty() {
			w.Seen.H = max(ground.Y-w.Seen.Y, 0)
		}
	}
}

// Whole reports whether all of a text can be seen.
func (w Word) Whole() bool {
	return w.Seen.W > w.At.W-1.5 && w.Seen.H > w.At.H-1.5
}

// Overlaps reports whether two texts are drawn over each other.
func (w Word) Overlaps(o Word) bool {
	b := w.Seen.within(o.Seen)
	return b.W > 1.5 && b.H > 1.5
}
