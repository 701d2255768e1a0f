package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// ground lies under a dialog, over the whole window: the dimmed screen, and the dialog itself where it is neither
// button nor field. The toolkit takes the keyboard away when something is pressed that does not want it, on the
// way down and up again; what is typed then would go nowhere. So the ground gives it back: the second half of a
// double click, or a click beside the field, is no answer and ends no typing.
type ground struct {
	widget.BaseWidget
	dialog *dialog
}

var (
	_ fyne.Tappable     = (*ground)(nil)
	_ desktop.Mouseable = (*ground)(nil)
)

func newGround(g *dialog) *ground {
	o := &ground{dialog: g}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer implements fyne.Widget.
func (o *ground) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(theme.Of(theme.Shade)))
}

// AccessibilityLabel implements fyne.Accessible: it is the question that lies on it.
func (o *ground) AccessibilityLabel() string { return o.dialog.spec.Title }

// AccessibilityRole implements fyne.Accessible.
func (o *ground) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MouseDown implements desktop.Mouseable: the keyboard is where it was still.
func (o *ground) MouseDown(*desktop.MouseEvent) {
	if at := o.dialog.shell.canvas.Focused(); at != nil {
		o.dialog.at = at
	}
}

// MouseUp implements desktop.Mouseable.
func (o *ground) MouseUp(*desktop.MouseEvent) {}

// Tapped implements fyne.Tappable. It answers nothing.
func (o *ground) Tapped(*fyne.PointEvent) { o.dialog.regain() }

// regain gives the keyboard back to where it was in the dialog, if nothing has it.
func (g *dialog) regain() {
	c := g.shell.canvas
	if c.Focused() != nil {
		return
	}
	widgets.Hand().Once("", func() { // what rests goes on resting
		if g.at != nil {
			c.Focus(g.at)
		}
		if c.Focused() == nil { // it is not there any more
			g.focus()
		}
	})
}

// typesOn gives what is typed to the field that had the keyboard last, where nothing has it now: a press that was
// refused, or one that ended elsewhere, took it away and asked for nothing. It reports whether there is such a field.
func (g *dialog) typesOn(do func(*widgets.Entry)) bool {
	c := g.shell.canvas
	if c.Focused() != nil {
		return false
	}
	if _, is := g.at.(*widgets.Entry); !is {
		return false
	}
	g.regain()
	e, is := c.Focused().(*widgets.Entry)
	if is {
		do(e)
	}
	return is
}

// entries are the fields of the dialog.
func (g *dialog) entries() (all []*widgets.Entry) {
	for _, f := range append([]*widgets.Field{g.reason, g.filter}, g.fields...) {
		if f != nil {
			all = append(all, f.Entry)
		}
	}
	return all
}
