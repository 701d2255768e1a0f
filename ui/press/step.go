package press

// Step runs f for a key that, pressed on t, only brings the keyboard on, such as Enter in a form: it chooses nothing,
// and so is not held back by the rest that the step before it left. What it comes to rests as after any act: the one
// Enter too many does not press Save. A key that is held goes one step; one that follows others which went astray
// goes none, and that is said.
func (h *Hand) Step(t Thing, k Key, f func()) {
	acted, real := h.held[k]
	switch {
	case !real || acted:
	case h.dropLed(k):
		return
	case h.dropAstray():
		h.held[k] = true
		return
	}
	h.Once(k, func() {
		if real {
			h.tire(h.at(t), nil, k)
		}
		f()
	})
}
