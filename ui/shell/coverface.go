package shell

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// cover hides the patients of a station that nobody looks at, and leaves the ward's alerts. Any key and any
// click lift it; it is no lock, and asks for no password.
type cover struct {
	widget.BaseWidget
	widgets.Keyed
	lift  func()
	shown Covering
	title *widgets.Label
	text  *widgets.Label
	deaf  *widgets.Strip
	mute  *widgets.Strip
	away  *widgets.Strip // another ward is not watched here any more
	wall  *widgets.Wall
	panel *widgets.Panel
}

var (
	_ fyne.Focusable    = (*cover)(nil)
	_ fyne.Tappable     = (*cover)(nil)
	_ fyne.Accessible   = (*cover)(nil)
	_ desktop.Hoverable = (*cover)(nil)
)

// newCover makes a cover that a key or a click lifts.
func newCover(lift func()) *cover {
	c := &cover{lift: lift, title: widgets.Text(tongue.T("Covered"), 22, theme.Bold, theme.Ink).Wrapped().Centred(),
		text: widgets.Runs(16).Wrapped().Centred()}
	c.deaf, c.mute = widgets.NewStrip("cover.deaf").Across(), widgets.NewStrip("cover.mute").Across()
	c.away = widgets.NewStrip("cover.unwatched").Across()
	c.wall = widgets.NewWall("cover.alerts")
	c.panel = widgets.NewPanel(0, 0, 0, 0,
		container.New(coverLayout{c}, c.deaf, c.mute, c.away, c.wall, c.title, c.text))
	c.panel.Fill, c.panel.Stroke, c.panel.Radius = theme.Bg, theme.None, 0
	c.ExtendBaseWidget(c)
	return c
}

// coverLayout gives the alerts the window, or, without any, the words its middle.
type coverLayout struct{ c *cover }

func (l coverLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	const side, gap = 40, 10
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	c, top := l.c, float32(0)
	for _, strip := range []*widgets.Strip{c.deaf, c.mute, c.away} {
		if !strip.Hidden {
			h := strip.HeightFor(s.Width)
			put(strip, 0, top, s.Width, h)
			top += h
		}
	}
	w := s.Width - 2*side
	title, text := widgets.HeightFor(c.title, w), widgets.HeightFor(c.text, w)
	y := top + (s.Height-top-title-gap-text)/2
	if !c.wall.Hidden {
		y = s.Height - title - gap - text - 2*gap
		put(c.wall, 0, top, s.Width, y-top-gap)
	}
	put(c.title, side, y, w, title)
	put(c.text, side, y+title+gap, w, text)
}

func (l coverLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

// set shows what is said; the same again draws nothing.
func (c *cover) set(v Covering) {
	if reflect.DeepEqual(v, c.shown) {
		return
	}
	c.shown = v
	c.text.Set(v.Text)
	c.deaf.Set(widgets.Alarm, v.Deaf, v.DeafNext)
	c.mute.Set(widgets.Warn, v.Mute, v.MuteNext)
	c.away.Set(widgets.Warn, v.Unwatched, "")
	c.wall.Set(v.Alerts, v.Mute != "")
	title := tongue.T("Covered")
	if v.Alerts.Open == 0 && v.Alerts.Ward != "" { // else the wall names it
		title = tongue.Tf("Covered: %s", v.Alerts.Ward)
	}
	c.title.Set(title)
	c.panel.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *cover) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.panel) }

// Tapped implements fyne.Tappable. The second half of a double click is not for what lies
// below.
func (c *cover) Tapped(ev *fyne.PointEvent) {
	if ev != nil {
		widgets.Hand().Tire(press.Point{X: ev.AbsolutePosition.X, Y: ev.AbsolutePosition.Y})
	}
	c.lift()
}

// FocusGained implements fyne.Focusable.
func (c *cover) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (c *cover) FocusLost() {}

// TypedRune implements fyne.Focusable: the rune that lifts does nothing else.
func (c *cover) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *cover) TypedKey(ev *fyne.KeyEvent) {
	widgets.Hand().Once(press.Key(ev.Name), func() {
		c.lift()
		widgets.Hand().Wake()
	})
}

// MouseIn implements desktop.Hoverable: nothing below hears the pointer.
func (c *cover) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (c *cover) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *cover) MouseOut() {}

// AccessibilityLabel implements fyne.Accessible.
func (c *cover) AccessibilityLabel() string {
	s := c.title.SpotText() + ". " + c.text.SpotText()
	for _, more := range []string{c.deaf.SpotText(), c.mute.SpotText(), c.away.SpotText(), c.wall.SpotText()} {
		if more != "" {
			s += " " + more
		}
	}
	return s
}

// AccessibilityRole implements fyne.Accessible.
func (c *cover) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
