//go:build race

package screentest

// slower is what the race detector costs.
const slower = 5

// Race reports whether the race detector is on: what is tried hundreds of times is tried
// fewer times beside it.
const Race = true
