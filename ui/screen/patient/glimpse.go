package patient

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// glimpse is the score of what is typed, beside Save or above it, while the end of the form that says it in full is
// out of sight: whoever types a value sees at once what it does. It takes no room in the form: Save stays in its place.
type glimpse struct {
	buttons *formButtons
	badge   *widgets.Badge
	score   *fyne.Container // NEWS2, and the number
	box     *fyne.Container // with the buttons
	scores  bool            // there is a score to be shown
	unseen  bool            // the score in full is out of sight
}

// glimpseGap is between the buttons and the score beside them, glimpseLead below the score above them.
const glimpseGap, glimpseLead = 12, 6

// newGlimpse makes one over the buttons of a form: its box stands in their place.
func newGlimpse(of *formButtons) *glimpse {
	g := &glimpse{buttons: of, badge: widgets.NewBadge(board.Badge{Text: "–"}, 1)}
	g.score = widgets.Row(8, widgets.Text("NEWS2", 13, theme.SemiBold, theme.Muted), g.badge)
	g.score.Hide()
	g.box = container.New(g, of.box, g.score)
	return g
}

// arrange follows the form: scores tells whether it has a score.
func (g *glimpse) arrange(scores bool) {
	g.box.Hidden, g.scores = g.buttons.box.Hidden, scores
	g.show()
}

// turn tells that the score in full went out of sight, or came back.
func (g *glimpse) turn(unseen bool) {
	g.unseen = unseen
	g.show()
}

// show draws the score where there is one and it is out of sight elsewhere, and takes it away else.
func (g *glimpse) show() {
	if hidden := !g.unseen || !g.scores; hidden != g.score.Hidden {
		g.score.Hidden = hidden
		g.score.Refresh()
	}
}

// lid is how high above the buttons the score stands now, and at most.
func (g *glimpse) lid() (now, most float32) {
	if g.scores && !g.beside(g.box.Size().Width) {
		most = g.score.MinSize().Height + glimpseLead
	}
	if !g.score.Hidden {
		now = most
	}
	return now, most
}

// last is where the last line of the buttons ends at a width, and how high it is.
func (g *glimpse) last(w float32) (x, height float32) {
	for _, o := range g.buttons.line.Objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+buttonGap+m.Width > w {
			x, height = 0, 0
		}
		if x > 0 {
			x += buttonGap
		}
		x, height = x+m.Width, max(height, widgets.HeightFor(o, min(m.Width, w)))
	}
	return x, height
}

// beside reports whether the score has room in the last line of the buttons.
func (g *glimpse) beside(w float32) bool {
	x, _ := g.last(w)
	return x+glimpseGap+g.score.MinSize().Width <= w
}

// Layout implements fyne.Layout.
func (g *glimpse) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	m := g.score.MinSize()
	g.buttons.box.Move(fyne.NewPos(0, 0))
	g.buttons.box.Resize(s)
	g.score.Move(fyne.NewPos(0, -m.Height-glimpseLead))
	if g.beside(s.Width) {
		_, line := g.last(s.Width)
		g.score.Move(fyne.NewPos(s.Width-m.Width, s.Height-line+(line-m.Height)/2))
	}
	g.score.Resize(m)
}

// MinSize implements fyne.Layout.
func (g *glimpse) MinSize([]fyne.CanvasObject) fyne.Size { return g.buttons.box.MinSize() }

// HeightFor is that of the buttons.
func (g *glimpse) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	return widgets.HeightFor(g.buttons.box, w)
}
