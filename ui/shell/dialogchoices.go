package shell

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// choiceList is the choices of a dialog, a button each, and the filter above them, if any.
type choiceList struct {
	dialog *dialog
	all    []*widgets.Button
	list   *fyne.Container
	scroll *widgets.VScroll
	since  time.Time // these are shown, and no others
}

// choices is a list that scrolls where it is longer than the height that it may take with its filter.
func (g *dialog) choices(most func(width float32) float32) fyne.CanvasObject {
	l := &choiceList{dialog: g, list: widgets.Col(choiceGap), since: g.opened}
	l.scroll = widgets.NewVScroll(l.list)
	for i, c := range g.spec.Choices {
		l.add(i, c)
	}
	g.confirm = l.all[0]
	if g.spec.Filter == "" {
		return container.New(atMost{wholeOf(l.list, most), l.list}, l.scroll)
	}
	g.filter = l.filter()
	left := func(w float32) float32 { return most(w) - widgets.HeightFor(g.filter, w) - choiceGap }
	return widgets.Col(choiceGap, g.filter, container.New(atMost{wholeOf(l.list, left), l.list}, l.scroll))
}

// choiceGap is between one choice and the next.
const choiceGap = 8

// wholeOf is a height, no more than most but for a first choice that is higher, in which the last choice of the list that is seen is whole.
func wholeOf(list *fyne.Container, most func(float32) float32) func(float32) float32 {
	return func(w float32) float32 {
		limit, h := most(w), float32(0)
		for _, o := range list.Objects {
			if !o.Visible() {
				continue
			}
			next := h + widgets.HeightFor(o, w)
			if next > limit && h > 0 {
				return h - choiceGap
			}
			h = next + choiceGap
		}
		return max(limit, h-choiceGap) // of one choice that is higher than the limit, too
	}
}

// add adds the choice with a number.
func (l *choiceList) add(i int, c Choice) {
	g := l.dialog
	b := widgets.NewButton(widgets.Secondary, c.Text, "", func() {
		if g.close() {
			run(c.Do)
			g.shell.AskNext()
		}
	}).Since(g.since).Came(g.came).Named(fmt.Sprintf("dialog.choice.%d", i))
	b.Keys = func(ev *fyne.KeyEvent) bool { return l.step(i, ev.Name) }
	l.all = append(l.all, b)
	if c.Head == "" {
		l.list.Add(b)
		return
	}
	b.About(c.Head)
	l.list.Add(widgets.Col(4, widgets.Text(c.Head, 13.5, theme.SemiBold, theme.Ink).Wrapped(), b))
}

// step moves the keyboard from a choice to another that is shown, and reports whether a key is for
// that.
func (l *choiceList) step(from int, k fyne.KeyName) bool {
	last := len(l.all) - 1
	to, is := map[fyne.KeyName]int{fyne.KeyUp: from - 1, fyne.KeyDown: from + 1, fyne.KeyHome: 0, fyne.KeyEnd: last}[k]
	by := 1
	if k == fyne.KeyUp || k == fyne.KeyEnd {
		by = -1
	}
	for is && to >= 0 && to <= last && !l.all[to].Visible() {
		to += by
	}
	if is && to >= 0 && to <= last {
		l.dialog.shell.canvas.Focus(l.all[to])
	}
	return is
}

// shown are the choices that the filter leaves.
func (l *choiceList) shown() (out []*widgets.Button) {
	for _, b := range l.all {
		if b.Visible() {
			out = append(out, b)
		}
	}
	return out
}

// wasRead reports whether something has stood there since a moment for long enough to be read, when
// a hand presses Enter; a program has read it.
func wasRead(since time.Time) bool {
	hand := widgets.Hand()
	return hand.Newest() == "" || hand.Time().Sub(since) >= press.Settle
}
