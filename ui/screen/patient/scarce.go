package patient

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// leastChart is how much of the chart is to be seen below its tabs, before the text scale. Where large text and a
// banner full of what protects leave less, the tabs scroll with the chart: the banner never gives way.
const leastChart = 60

// leastForm is that while something is typed: a field with its label and what is refused of it, and Save below.
const leastForm = 150

// scarce sets the parts of an open chart below each other: gone, banner, notice, tabs, and the chart itself.
type scarce struct {
	s             *Screen
	col           fyne.Layout
	tabs          *fyne.Container
	above, within *fyne.Container // where the tabs stand: over the scroller, or in it
}

// newScarce makes the parts of an open chart.
func newScarce(s *Screen, tabs *fyne.Container) *fyne.Container {
	l := &scarce{s: s, tabs: tabs, above: widgets.Col(0, tabs), within: s.within}
	c := widgets.Col(6, widgets.Pad(0, 9, 2, 4, s.gone), widgets.Pad(0, 9, 2, 4, s.banner),
		widgets.Pad(0, 9, 2, 4, s.strip), l.above, widgets.Grow(s.scroll))
	l.within.Hide()
	l.col = c.Layout
	return container.New(l, c.Objects...)
}

// Layout implements fyne.Layout.
func (l *scarce) Layout(o []fyne.CanvasObject, size fyne.Size) {
	rest := size.Height - widgets.HeightFor(l.tabs, size.Width)
	for i, part := range []fyne.CanvasObject{l.s.gone, l.s.banner, l.s.strip} {
		if part.Visible() {
			rest -= widgets.HeightFor(o[i], size.Width) + 6
		}
	}
	least := theme.Sp(leastChart)
	if l.s.obs.edit.Phase.form() || l.s.notes.edit.Phase.form() {
		least = theme.Sp(leastForm)
	}
	if in := rest < least; in == l.within.Hidden {
		l.within.Hidden, l.above.Hidden = !in, in
		l.within.Objects, l.above.Objects = nil, []fyne.CanvasObject{l.tabs}
		if in {
			l.within.Objects, l.above.Objects = l.above.Objects, nil
		}
		l.s.scroll.Refresh()
	}
	l.col.Layout(o, size)
}

// MinSize implements fyne.Layout.
func (l *scarce) MinSize(o []fyne.CanvasObject) fyne.Size { return l.col.MinSize(o) }
