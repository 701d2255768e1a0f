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

// DropAstray drops a key that follows others which went astray, says so, and reports whether it did.
func (h *Hand) DropAstray() bool {
	return h.Newest() != "" && h.dropAstray()
}

// dropAstray is [Hand.DropAstray], of a program's keys, too.
func (h *Hand) dropAstray() bool { return h.drop(&h.astray, Pause, h.lost) }

// Missed says that a press did not open what the hand goes on typing for, such as a chart: until
// it pauses, what it types without looking has gone astray. The same key again, and keys that go
// somewhere, have looked.
func (h *Hand) Missed() { h.missed = h.now().Add(Pause) }

// drop drops a key that comes before the hand has paused, which must then pause anew, says so, and reports
// whether it did.
func (h *Hand) drop(until *time.Time, pause time.Duration, say func()) bool {
	if !h.now().Before(*until) {
		return false
	}
	*until = h.now().Add(pause)
	say()
	return true
}

// dropAsleep drops a key that comes before the hand has paused since [Hand.Wake], as [Hand.drop] does.
func (h *Hand) dropAsleep() bool { return h.drop(&h.waking, Rest, h.say) }

// found says that whoever presses has seen where they are: what they press next is meant for it.
func (h *Hand) found() { h.astray, h.missed = time.Time{}, time.Time{} }
