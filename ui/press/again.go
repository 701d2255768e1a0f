package press

import "slices"

// remember keeps the act of just now until its rest is over, beside those before it: whatever is done between, the same
// once more is its second half. The monkey of ui/shell went red with the last act alone: Return on "Give back", F, and
// a click on "Give back".
func (h *Hand) remember() {
	h.did = append(slices.DeleteFunc(h.did, func(r rest) bool { return !h.now().Before(r.until) }), h.keys)
}

// again passes over a press of what has acted a moment ago, of those acts for which of holds, and reports whether it did.
func (h *Hand) again(on aimed, of func(*rest) bool) bool {
	for n := range h.did {
		if r := &h.did[n]; r.on == on && of(r) && h.passOver(r, on) {
			return true
		}
	}
	return false
}
