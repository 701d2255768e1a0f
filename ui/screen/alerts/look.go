package alerts

import (
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/widgets"
)

// look says again what the column does not show, and gives it the room for that: wherever the list is longer
// than the column, as in any storm of several patients, so that it does not come and go while somebody scrolls.
func (s *Screen) look() {
	above, below, listed, to := 0, 0, 0, ""
	for _, id := range s.order {
		c := s.cards[id]
		if !c.Open() || s.tab == History {
			continue
		}
		listed += c.Count()
		switch top, _ := s.scroll.Seen(); {
		case s.whole(c, c.Read(id)):
			continue
		case s.place(c) < top:
			above += c.Count()
		default:
			below += c.Count()
		}
		if to == "" {
			to = id
		}
	}
	newest, is := s.newest()
	last := &newest
	if !is || s.reads(newest.Alert) {
		last = nil
	} else {
		to = newest.Alert.ID
	}
	s.unseen.to = to
	s.unseen.set(above, below, s.waiting()-listed, last, s.view.Now)
	s.showUnseen(is && (last != nil || s.overflows()))
}

// waiting is how many alerts are open, whichever list is chosen.
func (s *Screen) waiting() (n int) {
	for _, a := range s.view.Open {
		if a.State == alert.Open {
			n += 1 + a.More
		}
	}
	return n
}

// showUnseen shows the line below the list, or takes it away.
func (s *Screen) showUnseen(on bool) {
	if on == s.unseen.box.Visible() {
		return
	}
	s.unseen.box.Hidden = !on
	if !on && widgets.Focused(s.unseen.box) != nil {
		s.rest()
	}
	s.content.Refresh()
	if on {
		s.look() // less room
	}
}

// overflows reports whether the list is longer than the whole column.
func (s *Screen) overflows() bool {
	_, room := s.scroll.Seen()
	if s.unseen.box.Visible() {
		room += s.unseen.box.Size().Height
	}
	return room > 0 && s.list.Position().Y+s.list.Size().Height+2*s.scroll.Edge > room
}

// newest is the newest open alert, also one that is folded into a card.
func (s *Screen) newest() (alert.Card, bool) {
	var all []alert.Card
	for _, a := range s.view.Open {
		all = append(all, a.Card)
		for _, b := range a.Also {
			all = append(all, a.Folded(b))
		}
	}
	return alert.Newest(all)
}

// reads reports whether an alert's words are on the screen, with whose it is.
func (s *Screen) reads(a alert.Alert) bool {
	c := s.holder(a.ID)
	return c != nil && s.whole(c, c.Read(a.ID))
}

// whole reports whether a card is on the screen from its top for a height.
func (s *Screen) whole(c *widgets.AlertCard, height float32) bool {
	top, room := s.scroll.Seen()
	y := s.place(c)
	return y >= top-1 && y+height <= top+room-s.scroll.Edge+1
}
