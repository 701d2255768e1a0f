package press

import "time"

// Alone is how long a letter that writes in the record waits whether it is the first of a word: as long as a hand that
// types needs from one letter to the next.
const Alone = Settle

// waiting is a letter that acts once it has turned out to stand alone.
type waiting struct {
	on    aimed
	focus aimed // what had the keyboard: where it is gone, so is what the letter was for
	key   Key
	since time.Time
	act   func()
}

// Alone is [Hand.Letter] for an act that the record keeps without a question: it runs once the hand has typed nothing
// more for a moment. A name or a number that is typed where no field has the keyboard begins with a letter like any
// other; it does nothing, and that is said. The same letter once more is the same press. Any other press, and a key
// that goes somewhere, come after the act; Esc and Backspace take it back. Without [Hand.After] it runs at once.
func (h *Hand) Alone(t, button Thing, k Key, act func()) {
	if w := h.waits; w != nil && w.key == k {
		if repeats := h.held[k]; !repeats && w.on == h.at(button) {
			h.await(*w)
		}
		h.held[k] = true
		return
	}
	h.letter(t, button, k, act, func(on aimed) {
		if h.After == nil {
			h.act(on, nil, k, act)
			return
		}
		h.await(waiting{on, h.focus, k, h.now(), act})
	})
}

// await waits for what the hand does next, from now on.
func (h *Hand) await(w waiting) {
	h.waits = &w
	mine := h.waits
	h.After(Alone, func() {
		if h.waits == mine {
			h.ripen()
		}
	})
}

// ripen runs the act that waits, unless what it was for says another thing by now.
func (h *Hand) ripen() {
	w := h.waits
	if w == nil {
		return
	}
	h.waits = nil
	was := h.aside
	h.aside = false // it is the hand's doing, whoever tells the time
	defer func() { h.aside = was }()
	if h.at(w.on.thing) != w.on || h.focus != w.focus || changed(w.on.thing).After(w.since) {
		h.refuse(w.on, nil, w.key)
		return
	}
	h.act(w.on, nil, w.key, w.act)
}

// next decides by the key that goes down what becomes of the one that waits.
func (h *Hand) next(k Key) {
	switch {
	case h.waits == nil, k == h.waits.key, k.modifies():
	case k == "Escape", k == "BackSpace", k.writes() && !h.commands():
		h.waits = nil
		h.Astray()
	default:
		h.ripen()
	}
}

// writes reports whether a key is a letter, a digit or another sign of a name or a number.
func (k Key) writes() bool { return len(k) == 1 && k != "/" || k == "Space" }

// commands reports whether a key is down beside which no other writes.
func (h *Hand) commands() bool {
	for k := range h.held {
		switch k {
		case "LeftControl", "RightControl", "LeftAlt", "LeftSuper", "RightSuper":
			return true
		}
	}
	return false
}
