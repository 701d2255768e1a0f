//go:build race

package screentest

// slower is what the race detector costs.
const slower = 5
