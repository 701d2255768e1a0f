package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// cover hides the patients of a station that nobody looks at. Any key and any
// click lift it; it is no lock, and asks for no password.
type cover struct {
	widget.BaseWidget
	widgets.Keyed
	lift  func()
	title *widgets.Label
	text  *widgets.Label
	panel *widgets.Panel
}

var (
	_ fyne.Focusable    = (*cover)(nil)
	_ fyne.Tappable     = (*cover)(nil)
	_ fyne.Accessible   = (*cover)(nil)
	_ desktop.Hoverable = (*cover)(nil)
)

func newCover(lift func()) *cover {
	c := &cover{lift: lift, title: widgets.Text(tongue.T("Covered"), 22, theme.Bold, theme.Ink).Centred(),
		text: widgets.Runs(16).Wrapped().Centred()}
	c.panel = widgets.NewPanel(0, 40, 0, 40, widgets.Col(10, widgets.Spring(), c.title, c.text, widgets.Spring()))
	c.panel.Fill, c.panel.Stroke, c.panel.Radius = theme.Bg, theme.None, 0
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *cover) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.panel) }

// Tapped implements fyne.Tappable.
func (c *cover) Tapped(*fyne.PointEvent) { c.lift() }

// FocusGained implements fyne.Focusable.
func (c *cover) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (c *cover) FocusLost() {}

// TypedRune implements fyne.Focusable: the rune that lifts does nothing else.
func (c *cover) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *cover) TypedKey(ev *fyne.KeyEvent) { widgets.Hand().Once(press.Key(ev.Name), c.lift) }

// MouseIn implements desktop.Hoverable: nothing below hears the pointer.
func (c *cover) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (c *cover) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *cover) MouseOut() {}

// AccessibilityLabel implements fyne.Accessible.
func (c *cover) AccessibilityLabel() string { return tongue.Tf("Covered. %s", c.text.SpotText()) }

// AccessibilityRole implements fyne.Accessible.
func (c *cover) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Cover hides the screens, with what may be said to anybody who passes by. What
// is being typed stays where it is. At sign-in there is nothing to cover.
func (s *Shell) Cover(text string) {
	if s.place == SignIn {
		return
	}
	s.cover.text.Set(text)
	if s.cover.Visible() {
		return
	}
	s.CloseDialog() // it may name a patient
	s.work.Hide()
	s.cover.Show()
	s.root.Refresh()
	s.canvas.Focus(s.cover)
}

// Covered reports whether the screens are covered.
func (s *Shell) Covered() bool { return s.cover.Visible() }

// Uncover shows the screens again, as they were.
func (s *Shell) Uncover() {
	if !s.cover.Visible() {
		return
	}
	s.cover.Hide()
	if s.place != SignIn {
		s.work.Show()
	}
	s.root.Refresh()
	s.focusPlace()
	run(s.actions.Uncovered)
}
