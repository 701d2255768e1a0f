package shell

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/patient"
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

// choices is a list that scrolls where it is longer than the window allows.
func (g *dialog) choices() fyne.CanvasObject {
	l := &choiceList{dialog: g, list: widgets.Col(8), since: g.opened}
	l.scroll = widgets.NewVScroll(l.list)
	for i, c := range g.spec.Choices {
		l.add(i, c)
	}
	g.confirm = l.all[0]
	most := func(float32) float32 { return g.shell.canvas.Size().Height * 0.55 }
	scroll := container.New(atMost{most, l.list}, l.scroll)
	if g.spec.Filter == "" {
		return scroll
	}
	g.filter = l.filter()
	return widgets.Col(8, g.filter, scroll)
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
	l.list.Add(widgets.Col(4, widgets.Text(c.Head, 13.5, theme.Regular, theme.Ink).Wrapped(), b))
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

// filter is the field that leaves the choices with a text in them. Enter in it chooses the one
// that is left.
func (l *choiceList) filter() *widgets.Field {
	g := l.dialog
	field := widgets.NewField(g.spec.Filter, false).Named("dialog.filter")
	field.Entry.OnChanged = func(string) {
		l.since = widgets.Hand().Time()
		text := patient.Letters(field.Text())
		for i, b := range l.all {
			b.Hidden = !strings.Contains(patient.Letters(g.spec.Choices[i].Text), text)
		}
		l.scroll.ToTop()
		l.scroll.Refresh()
		l.list.Refresh()
	}
	field.Entry.OnSubmitted = func(string) {
		switch left := l.shown(); {
		case len(left) == 0:
		case len(left) == 1 && wasRead(l.since):
			left[0].OnTap()
		default: // nobody chooses what they did not read
			g.shell.canvas.Focus(left[0])
		}
	}
	field.Entry.OnKey = func(ev *fyne.KeyEvent) bool {
		left := l.shown()
		if ev.Name != fyne.KeyDown || len(left) == 0 {
			return false
		}
		g.shell.canvas.Focus(left[0])
		return true
	}
	return field
}

// wasRead reports whether something has stood there since a moment for long enough to be read, when
// a hand presses Enter; a program has read it.
func wasRead(since time.Time) bool {
	hand := widgets.Hand()
	return hand.Newest() == "" || hand.Time().Sub(since) >= press.Settle
}
