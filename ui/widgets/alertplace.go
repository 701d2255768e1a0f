package widgets

import (
	"slices"

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

// Asks reports whether the card asks this person for an answer that they have not given: it offers to accept or to
// reject the alert, and they have not turned it down.
func (c *AlertCard) Asks() bool {
	return (c.alert.May.Accept || c.alert.May.Reject) && !c.alert.Declined
}
