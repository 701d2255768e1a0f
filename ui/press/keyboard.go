package press

import (
	"slices"
	"time"
)

// Focused says that the keyboard came to a control. Where the hand brought it there,
// by Tab, an arrow or a click, nothing rests any longer; where a program did, keys
// that act rest for a moment: they were on their way to something else.
func (h *Hand) Focused(t Thing) {
	h.focus = h.at(t)
	if h.Blind != nil {
		h.Blind(t)
	}
	switch {
	case h.unasked:
		h.keys = rest{until: h.now().Add(Rest)}
	case h.aside:
		h.keys = rest{until: h.now().Add(Rest), on: h.focus}
	case !h.acting && (h.down == nil || h.down.keyed): // a click rests, or acts, by itself
		h.keys = rest{}
		h.found()
		clear(h.letters)
	}
}

// KeyDown says that a key went down, KeyUp that it came up. One that repeats does not go down
// again; one that does although it is down has come up unheard.
func (h *Hand) KeyDown(k Key) {
	if h.held == nil {
		h.held = map[Key]bool{}
	}
	h.held[k] = false
	h.lift(k)
	if !k.modifies() {
		h.order = append(h.order, k)
	}
	h.next(k)
	h.led = h.led && (k.enters() || k.modifies())
	if h.down != nil {
		h.down.keyed = true
	}
	if len(k) != 1 && k != "Space" {
		return
	}
	now := h.now() // the hand types on
	h.wrote = now
	if now.Before(h.keys.until) {
		h.keys.until = now.Add(Rest)
	}
	if now.Before(h.missed) {
		h.astray, h.missed = now.Add(Pause), now.Add(Pause)
	}
}

// Wrote is when the hand last pressed a letter, a digit or the space bar.
func (h *Hand) Wrote() time.Time { return h.wrote }

// KeyUp says that a key came up: that one, and none of those that are down still.
func (h *Hand) KeyUp(k Key) {
	delete(h.held, k)
	h.lift(k)
}

// lift takes a key out of the order in which those that are down went down.
func (h *Hand) lift(k Key) {
	h.order = slices.DeleteFunc(h.order, func(o Key) bool { return o == k })
}

// modifies reports whether a key writes nothing, and leaves one that is down repeating; "" is one
// that the toolkit does not know.
func (k Key) modifies() bool {
	switch k {
	case "", "CapsLock", "LeftShift", "RightShift", "LeftControl", "RightControl",
		"LeftAlt", "RightAlt", "LeftSuper", "RightSuper":
		return true
	}
	return false
}

// Press runs act for a key that acts on a control. A key that is held acts once,
// however often it repeats. One that no [Hand.KeyDown] announced comes from a program,
// and acts.
func (h *Hand) Press(t Thing, k Key, act func()) { h.Letter(t, t, k, act) }

// Letter is [Hand.Press] for a letter that stands for a button, while t has the keyboard: the
// act is the button's, so that pressing both within a moment is one act, whichever comes first.
// The monkey of ui/shell went red without it: Space on "Give back", then B; and N, then a click
// on "Give to…".
func (h *Hand) Letter(t, button Thing, k Key, act func()) {
	h.letter(t, button, k, act, func(on aimed) { h.act(on, nil, k, act) })
}

// letter runs act for a key of a program, and meant with what a hand's key was pressed for.
func (h *Hand) letter(t, button Thing, k Key, act func(), meant func(aimed)) {
	acted, real := h.held[k]
	on, at := h.at(button), h.at(t)
	switch {
	case !real:
		if h.Acted != nil {
			h.Acted()
		}
		h.within(act)
		return
	case acted, h.dropAsleep(), h.dropLed(k):
		return
	}
	h.held[k] = true
	switch {
	case h.dropAstray():
	case h.unread(button):
		h.refuse(on, nil, k)
	case h.again(on, func(r *rest) bool { return t != button || r.key == k }), // after a Tab, too
		(h.rests(k) || h.keys.key == "" && h.turned(h.keys, on)) && h.passOver(&h.keys, on):
	case h.focus.thing == t && h.focus != at, h.Blind != nil && h.Blind(t):
		if h.focus.thing == t {
			h.focus = at
		}
		h.refuse(on, nil, k)
	default:
		meant(on)
	}
}

// Typed says that text was typed where the keyboard is: whoever types there knows where
// they are, and nothing rests any longer.
func (h *Hand) Typed() {
	h.keys, h.did, h.led = rest{}, nil, false
	h.found()
}

// Once runs f for a key that goes somewhere and harms nobody, such as Esc: held, it goes
// one step.
func (h *Hand) Once(k Key, f func()) {
	if acted, real := h.held[k]; real {
		if acted || h.dropAsleep() {
			return
		}
		h.held[k] = true
	}
	h.found() // whoever goes somewhere has seen where they are
	h.within(f)
}

// Spent reports whether what is typed now comes from a key that has acted: it is no
// text for the dialog that the key opened.
func (h *Hand) Spent() bool { return h.held[h.Newest()] }

// Newest is the key that went down last of those that write and are still down, or "": only a
// program types without any.
func (h *Hand) Newest() Key {
	if len(h.order) == 0 {
		return ""
	}
	return h.order[len(h.order)-1]
}
