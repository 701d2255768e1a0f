package patient

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/widgets"
)

// ahead has the keyboard while a form opens: a section is asked for over the network,
// and a nurse types on meanwhile. What she types goes into the form, in order, once it
// is there. Without it a digit would turn to another tab.
type ahead struct {
	widget.BaseWidget
	widgets.Keyed
	keys    []typed
	section chart.Section // whose form is waited for; "" for none
}

// typed is a rune, or a plain key.
type typed struct {
	r   rune
	key *fyne.KeyEvent
}

// mostAhead bounds what is kept; a book on the keyboard is no observation.
const mostAhead = 200

var _ fyne.Tabbable = (*ahead)(nil)

func newAhead() *ahead {
	a := &ahead{}
	a.ExtendBaseWidget(a)
	a.Hide() // Tab must not come by
	return a
}

// wait takes the keyboard until the form of a section is there.
func (a *ahead) wait(section chart.Section) {
	a.keys, a.section = nil, section
	a.Show()
	widgets.Focus(a)
}

// end stops waiting: the form is here, or will not come.
func (a *ahead) end() { a.section = ""; a.Hide() }

// waits reports whether any form is waited for.
func (a *ahead) waits() bool { return a.section != "" }

// waitsElsewhere reports whether the form of another section than this is waited for: what is typed
// is for that one, and nothing of this one takes the keyboard.
func (s *Screen) waitsElsewhere(section chart.Section) bool {
	return s.ahead.waits() && s.ahead.section != section
}

func (a *ahead) add(t typed) {
	if len(a.keys) < mostAhead {
		a.keys = append(a.keys, t)
	}
}

// TypedRune implements fyne.Focusable.
func (a *ahead) TypedRune(r rune) {
	if !widgets.Hand().Spent() { // the key that asked for the form is no part of it
		a.add(typed{r: r})
	}
}

// TypedKey implements fyne.Focusable. What leads away is not kept.
func (a *ahead) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyEscape, len(ev.Name) > 1 && ev.Name[0] == 'F': // and the function keys
		widgets.ForwardKey(a, ev)
	case !widgets.Hand().Spent():
		a.add(typed{key: ev})
	}
}

// AcceptsTab implements fyne.Tabbable.
func (a *ahead) AcceptsTab() bool { return true }

// FocusGained implements fyne.Focusable.
func (a *ahead) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (a *ahead) FocusLost() {}

// CreateRenderer implements fyne.Widget: there is nothing to see.
func (a *ahead) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&canvas.Rectangle{})
}

// play types what was typed into the field that has the keyboard now, and on. It stops
// at the first button that does something: that was not on the screen when the key was
// pressed.
func (a *ahead) play(c fyne.Canvas) {
	keys := a.keys
	a.keys = nil
	for _, k := range keys {
		f := c.Focused()
		if b, is := f.(*widgets.Button); f == nil || is && !b.Chooses() {
			return
		}
		switch {
		case k.key == nil:
			f.TypedRune(k.r)
		case k.key.Name == fyne.KeyTab:
			c.FocusNext()
		default:
			f.TypedKey(k.key)
		}
	}
}

// drop forgets what was typed and reports whether that was anything.
func (a *ahead) drop() bool {
	any := len(a.keys) > 0
	a.keys = nil
	return any
}
