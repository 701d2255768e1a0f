//go:build !race

package screentest

const slower = 1

// Race reports whether the race detector is on: what is tried hundreds of times is tried
// fewer times beside it.
const Race = false
