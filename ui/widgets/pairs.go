package widgets

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
)

// Pair is one line of a two-column list.
type Pair struct{ Left, Right string }

// NewPairs lists pairs: keys and what they do, names and values.
func NewPairs(pairs []Pair) fyne.CanvasObject {
	box := Col(6)
	for _, p := range pairs {
		box.Add(RowAt(AlignTop, 12,
			Wide(func() float32 { return theme.Sp(110) }, Text(p.Left, 13.5, theme.SemiBold, theme.Ink)),
			Grow(Text(p.Right, 13.5, theme.Regular, theme.Ink).Wrapped())))
	}
	return box
}
