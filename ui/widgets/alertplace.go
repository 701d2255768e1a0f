package widgets

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
)

// Tells reports whether a card says the words of an alert: its own, or one that is folded into it.
func (c *AlertCard) Tells(alertID string) bool {
	return c.ID() == alertID || c.folded(alertID) >= 0
}

func (c *AlertCard) folded(alertID string) int {
	return slices.IndexFunc(c.alert.Also, func(a alert.Alert) bool { return a.ID == alertID })
}

// Count is how many open alerts stand on the card.
func (c *AlertCard) Count() int { return 1 + c.alert.More }

// Read is how much of the card, from its top, must be on the screen for somebody to have read an
// alert on it: whose it is and what it says, and of a folded one all.
func (c *AlertCard) Read(alertID string) float32 {
	if c.folded(alertID) >= 0 {
		return c.Size().Height
	}
	return c.panel.Content.Position().Y + c.title.Position().Y + c.title.Size().Height
}

// words is the stretch of the card that says whose the alert is, where, and what it says: a key acts only where that
// is on the screen.
func (c *AlertCard) words() (y, h float32) {
	first := c.who
	if c.name.Hidden {
		first = c.title
	}
	y = c.panel.Content.Position().Y + first.Position().Y
	return y, c.Read(c.ID()) - y
}

// Tight lays the card for a column that is too low for all of it: the buttons stand right below the words, the one
// that the keyboard comes to before the others, and who is called below them. It reports whether that is new.
func (c *AlertCard) Tight(on bool) bool {
	if c.tight == on {
		return false
	}
	c.tight = on
	c.order()
	c.Refresh()
	return true
}

// order sets what the card says below each other.
func (c *AlertCard) order() {
	route, buttons, foot := Grow(c.route), objects(c.buttons()), fyne.CanvasObject(Col(0))
	if c.tight {
		route, foot = Spring(), Pad(3, 0, 0, 0, c.route)
		buttons = append([]fyne.CanvasObject{c.go1}, buttons[:len(buttons)-1]...)
	}
	c.actions.Objects = buttons
	press := Pad(6, 0, 1, 0, c.actions)
	head := []fyne.CanvasObject{Row(8, c.prio, route, c.age), c.who, c.ids, c.title}
	last := []fyne.CanvasObject{c.note, Pad(4, 0, 2, 0, c.bar), c.next}
	fold := Pad(5, 0, 0, 0, c.fold)
	if c.tight {
		c.body.Objects = append(append(append(head, press, foot), last...), fold)
		return
	}
	c.body.Objects = append(append(head, last...), press, fold)
}

// Asks reports whether the card asks this person for an answer that they have not given: it offers to accept or to
// reject the alert, and they have not turned it down.
func (c *AlertCard) Asks() bool {
	return (c.alert.May.Accept || c.alert.May.Reject) && !c.alert.Declined
}

// Reveal brings the card into view, or as much of it as there is room for: see [VScroll.bring].
func (c *AlertCard) Reveal() {
	var o fyne.CanvasObject = c
	if b := c.First(); b != nil {
		o = b
	}
	if c.In != nil {
		c.In.bring(c, o)
	}
}
