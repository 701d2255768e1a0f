package alerts

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/widgets"
)

// lead brings an alert into view, and the keyboard to its card, or to the card that it is folded into. Where the
// chosen list does not have it, the column turns to the open ones.
func (s *Screen) lead(alertID string) {
	if alertID == "" {
		return
	}
	c := s.holder(alertID)
	if c == nil {
		s.ShowTab(Open)
		c = s.holder(alertID)
	}
	if c != nil {
		s.goTo(c)
	}
}

// holder is the card in the list that an alert stands on, or nil.
func (s *Screen) holder(alertID string) *widgets.AlertCard {
	for _, id := range s.order {
		if c := s.cards[id]; c.Tells(alertID) {
			return c
		}
	}
	return nil
}

// goTo brings a card into view, and the keyboard to it.
func (s *Screen) goTo(c *widgets.AlertCard) {
	if b := c.First(); b != nil {
		widgets.Focus(b)
	}
	c.Reveal()
	s.look()
}

// step takes the keyboard to the next card that offers something, or to the one before it.
func (s *Screen) step(alertID string, by int) {
	for i := slices.Index(s.order, alertID) + by; i >= 0 && i < len(s.order); i += by {
		if c := s.cards[s.order[i]]; c.First() != nil {
			s.goTo(c)
			return
		}
	}
}

// FocusFirst puts the keyboard on the first card that asks this person: one that nobody has in hand and that they
// may answer and have not turned down; where there is none, on the first that nobody has in hand, and else on the
// first that offers something.
func (s *Screen) FocusFirst() bool {
	asks := func(c *widgets.AlertCard) bool { return c.Open() && c.Asks() }
	for _, is := range []func(*widgets.AlertCard) bool{asks, (*widgets.AlertCard).Open,
		func(*widgets.AlertCard) bool { return true }} {
		for _, id := range s.order {
			if c := s.cards[id]; c.First() != nil && is(c) {
				s.goTo(c)
				return true
			}
		}
	}
	return false
}

// Unseen is the line that says what the column does not show, and what leads there; "" where it is not shown.
func (s *Screen) Unseen() (text string, press *widgets.Button) {
	if s.unseen.box.Visible() {
		text = s.unseen.text.SpotText()
	}
	return text, s.unseen.press
}

// letGo takes the keyboard from a card that the column does not show after it turned by itself, such as one that was
// accepted a moment ago and stands last now: the next key, or the window coming to the front, would bring the card into
// view again, and the open alerts out of it.
func (s *Screen) letGo() {
	if c := s.cards[s.focusedCard()]; c != nil && !s.inView(c) {
		s.rest()
	}
}

// inView reports whether any of a card is on the screen.
func (s *Screen) inView(c *widgets.AlertCard) bool {
	y := s.place(c)
	top, height := s.scroll.Seen()
	return y < top+height && y+c.Size().Height > top
}

// place is where a card stands in what is scrolled.
func (s *Screen) place(c fyne.CanvasObject) float32 { return s.list.Position().Y + c.Position().Y }
