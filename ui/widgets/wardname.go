package widgets

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2"
)

// wardMark follows the ward's name: it opens a list.
const wardMark = "  ▾"

// wardFit is what a ward's name was fitted to last. A head is laid out far more often than one of these changes.
type wardFit struct {
	name           string
	width, letters float32 // of its button, and the size of its text
}

// fitWard says as much of the ward's name as has room, from its beginning: it gives way before a number does, or
// another line is taken from the patients.
func (b *TopBar) fitWard() {
	b.ward.MinSize() // and the size of its text with it
	to := wardFit{b.shown.WardName, b.wardW, b.ward.label.TextSize}
	if to == b.fitted {
		return
	}
	b.fitted = to
	text, about := to.name+wardMark, ""
	if letters := []rune(to.name); len(letters) > 1 && !b.wardFits(text) {
		cut := func(n int) string { return strings.TrimRight(string(letters[:n]), " ,") + "…" + wardMark }
		n := sort.Search(len(letters)-1, func(i int) bool { return !b.wardFits(cut(i + 1)) })
		text, about = cut(max(n, 1)), to.name
	}
	b.ward.About(about).Set(text)
}

// wardFits reports whether a text has room in the ward's button.
func (b *TopBar) wardFits(text string) bool { return b.ward.WidthOf(text) <= b.wardW+0.5 }

// unfolded is as high as its object with a text of one line, whatever text that has now: by the time that it is drawn,
// the text is fitted to the width.
type unfolded struct{ grow }

// HeightFor is the height at any width.
func (unfolded) HeightFor(o []fyne.CanvasObject, _ float32) float32 { return o[0].MinSize().Height }

// MinSize implements fyne.Layout.
func (unfolded) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
