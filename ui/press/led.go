package press

// Led says that a letter has chosen and brought the keyboard on by itself. A hand that presses Enter after each value
// presses it after this one, too: that Enter belongs to the letter, and brings the keyboard no further. Seen in use:
// "a" for air, Enter, 118, and a systolic pressure stood as the pulse.
func (h *Hand) Led() { h.led = true }

// dropLed drops the Enter that belongs to the letter before it, and reports whether it did.
func (h *Hand) dropLed(k Key) bool {
	if !h.led || !k.enters() {
		return false
	}
	h.led, h.held[k] = false, true
	return true
}

// enters reports whether a key is Enter, on either part of the keyboard.
func (k Key) enters() bool { return k == "Return" || k == "KP_Enter" }
