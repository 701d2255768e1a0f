package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
)

// buttons are those below the question.
func (g *dialog) buttons() fyne.CanvasObject {
	row := container.New(dialogButtons{})
	if g.spec.Cancel != "" {
		g.cancel = widgets.NewButton(widgets.Secondary, g.spec.Cancel, "Esc", g.dismiss)
		g.cancel.Since(g.since).Came(g.came).Named("dialog.cancel")
		row.Add(g.cancel)
	}
	if len(g.spec.Choices) == 0 {
		kind := widgets.Primary
		if g.spec.Danger {
			kind = widgets.Danger
		}
		text := g.spec.Confirm
		if text == "" {
			text = tongue.T("Close")
		}
		g.confirm = widgets.NewButton(kind, text, "", g.answer).Since(g.since).Came(g.came).Named("dialog.confirm")
		g.confirm.SetEnabled(g.isReasoned())
		row.Add(g.confirm)
	}
	return widgets.Pad(4, 0, 0, 0, row)
}

// dialogButtons stand side by side at the right, or below each other where one names somebody with a long name:
// what is confirmed, and for whom, is said whole.
type dialogButtons struct{}

// buttonGap is between two buttons.
const buttonGap = 8

// stacks reports whether a width is too small for all of them side by side.
func (dialogButtons) stacks(o []fyne.CanvasObject, w float32) bool {
	need := -float32(buttonGap)
	for _, c := range o {
		need += c.MinSize().Width + buttonGap
	}
	return need > w
}

// run measures the buttons in a width and, with put, places them.
func (d dialogButtons) run(o []fyne.CanvasObject, width float32, put bool) (h float32) {
	stacks := d.stacks(o, width)
	x := width
	for _, c := range slices.Backward(o) {
		m := c.MinSize()
		at, w, y := x-m.Width, m.Width, float32(0)
		if stacks {
			m.Height = widgets.HeightFor(c, width)
			at, w, y = 0, width, h
			h += m.Height + buttonGap
		} else {
			h = max(h, m.Height+buttonGap)
		}
		if put {
			c.Move(fyne.NewPos(at, y))
			c.Resize(fyne.NewSize(w, m.Height))
		}
		x = at - buttonGap
	}
	return max(h-buttonGap, 0)
}

func (d dialogButtons) Layout(o []fyne.CanvasObject, s fyne.Size) { d.run(o, s.Width, true) }

// HeightFor makes the buttons answer like the widgets' own layouts.
func (d dialogButtons) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return d.run(o, width, false)
}

func (d dialogButtons) MinSize(o []fyne.CanvasObject) (m fyne.Size) {
	for _, c := range o {
		m = m.Max(c.MinSize())
	}
	return m
}
