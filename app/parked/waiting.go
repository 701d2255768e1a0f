package parked

import "time"

// Waiting is what waits to be assigned, as a board says it.
type Waiting struct {
	Count int
	// Census is how many of them say who a patient is or where, and bring no values.
	Census int
	Since  time.Time // when the first of them began to wait, UTC; zero if none does
}

// Any reports whether something waits.
func (w Waiting) Any() bool { return w.Count > 0 }
