package patient

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/widgets"
)

// GoOn gives the keyboard back to the form of a section: to the field in which something was typed last, to its first
// where nothing was, or to what is to be decided. Without a form it does nothing.
func (s *Screen) GoOn(section chart.Section) {
	switch c := s.conflicts[section]; {
	case !s.Phase(section).form():
	case c.open():
		if s.deciding == section {
			c.focus()
		}
	case section == chart.Notes:
		widgets.Focus(s.notes.field.Entry)
	default:
		widgets.Focus(s.obs.lastInput())
	}
}

// lastInput is the field in which something was typed last.
func (c *obsCard) lastInput() fyne.Focusable {
	if f := c.fields[c.wrote]; f != nil {
		return f.Input()
	}
	return c.fields[obsform.RR].Input()
}
