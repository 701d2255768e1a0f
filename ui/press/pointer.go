package press

import (
	"slices"
	"time"
)

// Box is where a control stands in the window.
type Box struct{ X, Y, Width, Height float32 }

// holds reports whether a point is in the box.
func (b Box) holds(p Point) bool {
	return p.X >= b.X && p.Y >= b.Y && p.X < b.X+b.Width && p.Y < b.Y+b.Height
}

// moving is how much later a pointer that leaves one control for another comes onto it.
const moving = 20 * time.Millisecond

// Over says that the pointer came to be on a control that stands in a box. Where it
// was before in that same box, the control came to the pointer and not the pointer to
// the control, however the hand trembled since.
func (h *Hand) Over(t Thing, where Point, box Box) {
	h.over, h.slid = h.at(t), time.Time{}
	back := !h.left.IsZero() && h.now().Sub(h.left) > moving // the pointer was elsewhere, and came
	if h.spot != nil && box.holds(*h.spot) && !back {
		h.slid = h.now()
	}
	h.left = time.Time{}
	h.Seen(where)
}

// Seen says where the pointer is, on whatever it moves.
func (h *Hand) Seen(where Point) { h.spot, h.stirred = &where, h.now() }

// Idle is for how long the pointer has not moved.
func (h *Hand) Idle() time.Duration { return h.now().Sub(h.stirred) }

// Out says that the pointer left a control, or the control the pointer.
func (h *Hand) Out(t Thing) {
	if h.over.thing == t {
		h.over, h.left = aimed{}, h.now()
	}
}

// Forget says that what the hand was brought to is out of sight.
func (h *Hand) Forget() { h.over, h.focus, h.spot = aimed{}, aimed{}, nil }

// Tire lets a place rest at which something else than a control was pressed.
func (h *Hand) Tire(where Point) { h.tire(aimed{}, &where, "") }

// Meant reports whether the press that is under way was meant for what it met; true while
// none is.
func (h *Hand) Meant() bool { return h.down == nil || h.down.keyed || h.down.meant }

// Pressing reports whether a button of the pointer is down on a control.
func (h *Hand) Pressing() bool { return h.down != nil && !h.down.keyed }

// On reports whether the pointer was moved onto a control and has not left it.
func (h *Hand) On(t Thing) bool { return h.over.thing == t }

// Scrolled says that the hand moved what is under the pointer, and so knows of it.
func (h *Hand) Scrolled() {
	if !h.aside && !h.acting {
		h.over, h.spot, h.wheel = aimed{}, nil, h.now()
	}
}

// Down says that a button of the pointer went down on a control.
func (h *Hand) Down(t Thing, where Point) {
	h.ripen()
	h.led = false
	on := h.at(t)
	h.down = &begun{on: on, where: where, since: h.now(), meant: h.meant(on)}
	h.over, h.slid, h.spot = on, time.Time{}, &where // from now on it has been looked at
	h.found()                                        // and so has where the keyboard is
}

// scrolling is how long a wheel's turn tells what the hand brought under the pointer.
const scrolling = 2 * time.Second

// meant reports whether the hand came to a thing, and had the time to read it.
func (h *Hand) meant(on aimed) bool {
	now := h.now()
	var moved time.Time
	if m, moves := on.thing.(interface{ Moved() time.Time }); moves {
		moved = m.Moved()
	}
	switch {
	case now.Sub(moved) < Settle, h.unread(on.thing):
		return false
	case h.over.thing == nil && now.Sub(h.wheel) < scrolling:
		// What has moved since the hand did not bring, and what it has only just brought nobody has read.
		return !moved.After(h.wheel) && now.Sub(h.wheel) >= Settle
	}
	return h.over == on && now.Sub(h.slid) >= Rest
}

// Tap runs act if the press that ends on a control was meant for it. A tap that no
// [Hand.Down] announced comes from a program such as a screen reader, which names the
// control itself: it acts.
func (h *Hand) Tap(t Thing, act func()) {
	d := h.down
	h.down = nil
	on := h.at(t)
	switch {
	case d == nil || d.on.thing != t:
		h.within(act)
	case d.where.near(h.place.where) && h.passOver(&h.place, on),
		h.again(on, func(*rest) bool { return true }), // wherever it is by now, or on its other end
		h.turned(h.typed, on) && h.passOver(&h.typed, on):
	case !d.meant || d.on != on || changed(t).After(d.since):
		h.refuse(on, &d.where, "")
	default:
		h.act(on, &d.where, "", act)
	}
}

// Pick runs what a press does that harms nobody, such as to select: its place does not
// rest after it. It asks as [Hand.Tap] does whether the press was meant.
func (h *Hand) Pick(t Thing, act func()) {
	place, keys, did, counted, further := h.place, h.keys, slices.Clone(h.did), h.counted, h.further
	h.Tap(t, func() {
		h.place, h.keys, h.did, h.counted, h.further = place, keys, did, counted, further
		act()
	})
}
