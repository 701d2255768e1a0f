package press

import "time"

// Wake says that a key has only lifted a cover: whoever typed on did not see what is below
// it. Until the hand pauses, keys do nothing, and that is said.
func (h *Hand) Wake() { h.waking = h.now().Add(Rest) }

// Pause is how long a hand that typed where nothing is typed must pause before a key acts.
const Pause = 2 * time.Second

// Astray says that a key was typed that means nothing where the keyboard is: whoever types a
// value has not seen where they are, and the Enter or the letter that follows is not for
// what has the keyboard. Until the hand pauses, clicks, or brings the keyboard elsewhere,
// keys do nothing, and that is said.
func (h *Hand) Astray() {
	if h.Newest() != "" && !h.acting && !h.aside {
		h.astray = h.now().Add(Pause)
		h.lost()
	}
}

// Strays reports whether a key follows others that went astray: it does nothing, and that is said.
func (h *Hand) Strays() bool {
	return h.Newest() != "" && h.strays()
}

// strays is [Hand.Strays], of a program's keys, too.
func (h *Hand) strays() bool { return h.typesOn(&h.astray, Pause, h.lost) }

// Missed says that a press did not open what the hand goes on typing for, such as a chart: until
// it pauses, what it types without looking has gone astray. The same key again, and keys that go
// somewhere, have looked.
func (h *Hand) Missed() { h.missed = h.now().Add(Pause) }

// typesOn reports whether a key comes before the hand has paused: then it must pause anew,
// and that the key did nothing is said.
func (h *Hand) typesOn(until *time.Time, pause time.Duration, say func()) bool {
	if !h.now().Before(*until) {
		return false
	}
	*until = h.now().Add(pause)
	say()
	return true
}

// asleep reports whether a key comes before the hand has paused since [Hand.Wake].
func (h *Hand) asleep() bool { return h.typesOn(&h.waking, Rest, h.say) }

// found says that whoever presses has seen where they are: what they press next is meant for it.
func (h *Hand) found() { h.astray, h.missed = time.Time{}, time.Time{} }
