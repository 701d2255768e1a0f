package press

// Unasked runs what puts something before the hand by itself, such as a question that waited: what
// gets the keyboard takes no key for a moment, and that is said.
func (h *Hand) Unasked(f func()) {
	was := h.unasked
	h.unasked = true
	defer func() { h.unasked = was }()
	f()
}

// Aside runs what another goroutine handed to the window: what moves the focus
// meanwhile is not the hand's doing.
func (h *Hand) Aside(f func()) {
	was := h.aside
	h.aside = true
	defer func() { h.aside = was }()
	f()
}

// IsAside reports whether what runs now was handed over by another goroutine.
func (h *Hand) IsAside() bool { return h.aside }
