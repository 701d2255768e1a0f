package patient

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// glimpse is the score of what is typed, beside Save, while the end of the form that says it in full is out of sight:
// whoever types a value sees at once what it does. It takes its room whether it is drawn or not: Save stays in its
// place.
type glimpse struct {
	c     *obsCard
	badge *widgets.Badge
	score *fyne.Container // NEWS2, and the number
	box   *fyne.Container // with the buttons
	out   bool            // the score in full is out of sight
	room  bool            // as laid out last
}

// glimpseGap is between the buttons and the score.
const glimpseGap = 12

func newGlimpse(c *obsCard) *glimpse {
	b := &glimpse{c: c, badge: widgets.NewBadge(board.Badge{Text: "–"}, 1)}
	b.score = widgets.Row(8, widgets.Text("NEWS2", 13, theme.SemiBold, theme.Muted), b.badge)
	b.box = container.New(b, c.buttons.box, b.score)
	c.s.scroll.Watch(c.total, func(seen bool) { b.out = !seen; b.show() })
	return b
}

// arrange follows the phase of the form.
func (b *glimpse) arrange() {
	b.box.Hidden = b.c.buttons.box.Hidden
	b.show()
}

func (b *glimpse) show() {
	if hidden := !b.out || !b.room || !b.scores(); hidden != b.score.Hidden {
		b.score.Hidden = hidden
		b.score.Refresh()
	}
}

// scores reports whether there is a score to be shown.
func (b *glimpse) scores() bool { return !b.c.form.Hidden && b.c.view.scoring().Applies() }

// beside reports whether the score has room in the line of the buttons, above whether it has a line of its own: where
// the form is higher than what is seen of it, or another card may stand above it.
func (b *glimpse) beside(w float32) bool {
	need := b.score.MinSize().Width + glimpseGap
	for _, o := range b.c.buttons.line.Objects {
		if o.Visible() {
			need += o.MinSize().Width + 8
		}
	}
	return need-8 <= w
}

func (b *glimpse) above(w float32) bool {
	if !b.scores() || b.beside(w) {
		return false
	}
	_, seen := b.c.s.scroll.Seen()
	p := b.c.panel
	form := widgets.HeightFor(b.c.above, w) + 8 + widgets.HeightFor(b.c.buttons.box, w) + p.T + p.B
	return form > seen || p.Size().Width >= b.c.s.body.Size().Width
}

// Layout implements fyne.Layout.
func (b *glimpse) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	m, y := b.score.MinSize(), float32(0)
	aside, above := b.beside(s.Width), b.above(s.Width)
	if above {
		y = m.Height + 6
	}
	h := widgets.HeightFor(b.c.buttons.box, s.Width)
	b.c.buttons.box.Move(fyne.NewPos(0, y))
	b.c.buttons.box.Resize(fyne.NewSize(s.Width, h))
	b.score.Move(fyne.NewPos(0, 0))
	if aside {
		line := widgets.HeightFor(b.c.buttons.line, s.Width)
		b.score.Move(fyne.NewPos(s.Width-m.Width, h-line+(line-m.Height)/2))
	}
	b.score.Resize(m)
	b.room = aside || above
	b.show()
}

// MinSize implements fyne.Layout.
func (b *glimpse) MinSize([]fyne.CanvasObject) fyne.Size { return b.c.buttons.box.MinSize() }

// HeightFor is that of the buttons, and of the score above them.
func (b *glimpse) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	h := widgets.HeightFor(b.c.buttons.box, w)
	if b.above(w) {
		h += b.score.MinSize().Height + 6
	}
	return h
}
