package shell

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// filter is the field that leaves the choices with a text in them. Enter in it chooses the one
// that is left.
func (l *choiceList) filter() *widgets.Field {
	g := l.dialog
	field := widgets.NewField(g.spec.Filter, false).Named("dialog.filter")
	none := widgets.Text("", 14, theme.SemiBold, theme.Ink).Wrapped()
	none.Hide()
	spots.Mark("dialog.none", none)
	l.list.Add(none) // in place of the choices: nothing moves
	field.Entry.OnChanged = func(string) {
		before := l.shown()
		why := l.narrow(field.Text())
		if left := l.shown(); len(left) != 1 || !slices.Equal(left, before) { // what stood there alone is read
			l.since = widgets.Hand().Time()
		}
		if none.Hidden = why == ""; !none.Hidden {
			none.Set(why)
		}
		l.scroll.ToTop()
		l.scroll.Refresh()
		l.list.Refresh()
	}
	field.Entry.OnSubmitted = func(string) {
		switch left := l.shown(); {
		case len(left) == 0: // that nobody is there is said already
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

// narrow leaves the choices with a text in them, or, where one of them is what it says, that one alone; none where
// what it says is not among them. It returns why none is shown, "" where one is.
func (l *choiceList) narrow(text string) (why string) {
	letters, spec := patient.Letters(text), &l.dialog.spec
	is := func(c Choice) bool { return c.Is != nil && letters != "" && c.Is(text) }
	one := slices.ContainsFunc(spec.Choices, is)
	if !one && spec.Nobody != nil {
		why = spec.Nobody(text)
	}
	shown := 0
	for i, b := range l.all {
		c := spec.Choices[i]
		b.Hidden = why != "" || one && !is(c) || !one && !strings.Contains(patient.Letters(c.Text), letters)
		if !b.Hidden {
			shown++
		}
	}
	if shown == 0 && why == "" && spec.Unmatched != nil {
		why = spec.Unmatched(strings.TrimSpace(text))
	}
	return why
}
