// Package parked is about messages from other systems that nobody could be found
// for: they are kept whole until a person assigns them.
package parked

import "time"

// Waiting is how many messages wait to be assigned, and since when the first does.
type Waiting struct {
	Count int
	Since time.Time
}
