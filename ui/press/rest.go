package press

import "time"

// Rest is how long the place of an act does nothing more. It is the longest time in
// which systems take two clicks for a double click.
const Rest = 500 * time.Millisecond

// rest is a moment in which nothing more is done.
type rest struct {
	until time.Time
	where Point
	key   Key   // that acted, "" for the pointer
	on    aimed // what acted
}

// tire lets the place of a press rest, or the keyboard where it is of a key.
func (h *Hand) tire(on aimed, where *Point, k Key) {
	h.keys = rest{until: h.now().Add(Rest), on: on, key: k}
	if k != "" {
		if h.letters == nil {
			h.letters = map[Key]time.Time{}
		}
		h.letters[k] = h.keys.until
	}
	if where == nil {
		h.typed = h.keys
		return
	}
	h.place = h.keys
	h.place.where = *where
}

// refuse does nothing, and says so. The place rests: the second half of a refused
// double click is refused with it.
func (h *Hand) refuse(on aimed, where *Point, k Key) {
	h.tire(on, where, k)
	h.say()
}

// turned reports whether another of the two, pointer and keyboard, comes too soon after an
// act: nobody's hand is there so fast, unless it does the same once more.
func (h *Hand) turned(r rest, on aimed) bool {
	return r.on == on || h.now().Sub(r.until.Add(-Rest)) < Settle
}

// passOver passes over a press that comes in a rest, and reports whether it did; a hand that
// hammers has not looked, and the rest begins anew. A press on another thing than what
// acted is no second half of it, and is said.
func (h *Hand) passOver(r *rest, on aimed) bool {
	if !h.now().Before(r.until) {
		return false
	}
	r.until = h.now().Add(Rest)
	if r.on != on {
		h.say()
	}
	return true
}

// rests reports whether a key rests after an act: the one that acted, and those that press
// whatever has the keyboard. A letter is a word of its own: O for the observations may
// follow the Enter that opened the chart.
func (h *Hand) rests(k Key) bool {
	switch k {
	case "Return", "KP_Enter", "Space":
		return true
	}
	return h.now().Before(h.letters[k])
}
