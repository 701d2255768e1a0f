package press

// Counted reports whether a press of the hand did something a moment ago: one that does nothing now is a further
// one, and whoever reads that nothing was done would take the act for lost. What only selects does not count.
func (h *Hand) Counted() bool {
	return !h.counted.IsZero() && h.now().Sub(h.counted) < Pause
}

// Further is how many presses did nothing since the one that counted last.
func (h *Hand) Further() int { return h.further }
